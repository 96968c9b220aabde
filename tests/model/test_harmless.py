from mrtrack.model.harmless import HARMFUL, clean


def test_every_sign_that_could_command_or_hide_is_replaced_and_no_other() -> None:
    every = "".join(map(chr, range(0x110000)))
    harmful = set(HARMFUL.findall(every))
    assert len(harmful) > 2_000
    assert {clean(sign) for sign in harmful} == {"\ufffd"}
    assert clean(every) == HARMFUL.sub("\ufffd", every)

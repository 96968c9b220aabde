import pytest
from two_sides import (
    LAST_OF_1_4,
    PATH,
    RECORD,
    action,
    after_1_1,
    as_read,
    both_ways,
    changed,
    entry,
    merged,
    new_lines,
    told,
)

from mrtrack.edit.operations import EditRefused
from mrtrack.merge.lines import moved, sheet_of
from mrtrack.merge.merging import merge
from mrtrack.merge.values import Named, path_to, same
from mrtrack.model.words import Status

STATUS_1_1 = "        due: 2021-07\n        status: {}\n"
INITIATED = STATUS_1_1.format("initiated")
COMPLETED = STATUS_1_1.format("completed")
VOID = STATUS_1_1.format("no-longer-applicable")
NEW_ACTION = '      - id: "1.5"\n        text: |\n          {}\n'


def at_end_of_1(lines: str) -> tuple[str, str]:
    return '  - id: "2"\n', lines + '  - id: "2"\n'


def test_news_of_different_actions_come_together() -> None:
    ours = changed(after_1_1(entry("2021-06-01", "comment: Half done.")))
    theirs = changed((LAST_OF_1_4, LAST_OF_1_4 + entry("2021-06-02", "comment: She has begun.")))
    reading = both_ways(ours, theirs)
    assert [one.comment for one in action(reading, "1.1").history][-1] == "Half done."
    assert [one.comment for one in action(reading, "1.4").history][-1] == "She has begun."


def test_entries_of_both_sides_stand_by_their_days_and_the_present_follows() -> None:
    ours = changed(
        after_1_1(entry("2021-06-01", "comment: Half done."), entry("2021-08-01", "comment: Yes."))
    )
    theirs = changed((INITIATED, COMPLETED), after_1_1(entry("2021-07-01", "status: completed")))
    found = action(both_ways(ours, theirs), "1.1")
    assert [f"{one.date}" for one in found.history[2:]] == ["2021-06-01", "2021-07-01", "2021-08-01"]
    assert found.status is Status.COMPLETED


def test_the_text_of_our_side_stays_and_the_lines_of_theirs_come_as_they_are() -> None:
    ours = changed(after_1_1(entry("2021-06-01  # late", 'comment: "Half done."')))
    theirs = changed(after_1_1(entry("2021-05-01  # early", "comment: 'Begun.'")))
    assert new_lines(ours, merged(ours, theirs)) == [
        "          - date: 2021-05-01  # early",
        "            by: M&E unit",
        "            comment: 'Begun.'",
    ]


def test_entries_of_one_day_stay_together_by_side() -> None:
    ours = changed(after_1_1(*(entry("2021-06-01", f"comment: {word}") for word in ("b one", "d two"))))
    theirs = changed(after_1_1(*(entry("2021-06-01", f"comment: {word}") for word in ("c three", "a four"))))
    found = action(both_ways(ours, theirs), "1.1")
    assert [one.comment for one in found.history[2:]] == ["b one", "d two", "c three", "a four"]


def test_the_same_entry_on_both_sides_is_one() -> None:
    shared = entry("2021-06-01", "status: completed")
    ours = changed((INITIATED, COMPLETED), after_1_1(shared, entry("2021-06-02", "comment: Seen.")))
    theirs = changed((INITIATED, COMPLETED), after_1_1(entry("2021-06-01", "comment: Before."), shared))
    found = action(both_ways(ours, theirs), "1.1")
    assert [one.comment for one in found.history[2:]] == ["Before.", None, "Seen."]


def test_the_same_status_by_two_people_is_no_conflict() -> None:
    ours = changed((INITIATED, COMPLETED), after_1_1(entry("2021-06-01", "status: completed")))
    theirs = changed(
        (INITIATED, COMPLETED), after_1_1(entry("2021-06-02", "status: completed", by="Director"))
    )
    found = action(both_ways(ours, theirs), "1.1")
    assert [one.by for one in found.history[2:]] == ["M&E unit", "Director"]


def test_different_statuses_are_a_conflict_marked_around_just_the_action() -> None:
    ours = changed((INITIATED, COMPLETED), after_1_1(entry("2021-06-01", "status: completed")))
    theirs = changed(
        (INITIATED, VOID),
        after_1_1(entry("2021-06-02", "status: no-longer-applicable", "comment: No money.")),
        ("title: Plan together", "title: Plan all together"),
    )
    result = merged(ours, theirs)
    assert told(result) == [("1.1", "status is “completed” on our side and “no-longer-applicable” on theirs")]
    assert result.content is not None
    lines = result.content.decode().splitlines()
    first, middle, last = (lines.index(mark) for mark in ("<<<<<<< ours", "=======", ">>>>>>> theirs"))
    assert lines[first + 1] == lines[middle + 1] == '      - id: "1.1"'
    assert lines[last + 1] == '      - id: "1.2"'
    chosen = [lines[:first] + lines[first + 1 : middle] + lines[last + 1 :]]
    chosen += [lines[:first] + lines[middle + 1 : last] + lines[last + 1 :]]
    title = ("title: Plan together", "title: Plan all together")
    assert "\n".join(chosen[0]) + "\n" == ours.decode().replace(*title)
    assert "\n".join(chosen[1]) + "\n" == theirs.decode()


@pytest.mark.parametrize(
    ("here", "there", "what"),
    [
        ("due: 2021-10", "due: 2021-11", "due is “2021-10” on our side and “2021-11” on theirs"),
        (
            "responsible: Field",
            "responsible: Head",
            "responsible is “Field” on our side and “Head” on theirs",
        ),
        ("due: null", "due: 2021-11", "due is “none” on our side and “2021-11” on theirs"),
        ("due: 2021-11", "due: null", "due is “2021-11” on our side and “none” on theirs"),
    ],
)
def test_dates_and_leads_that_differ_are_a_conflict(here: str, there: str, what: str) -> None:
    def side(line: str) -> bytes:
        key = line.partition(":")[0]
        old = "due: 2021-07\n        status" if key == "due" else "responsible: Director\n        due"
        new = "" if line.endswith("null") else line
        present = (
            f"        {old}",
            f"        {new}\n        {old.rsplit(maxsplit=1)[-1]}" if new else "        status",
        )
        return changed(present, after_1_1(entry("2021-06-01", line, "comment: So it is.")))

    assert told(merged(side(here), side(there))) == [("1.1", what)]


def test_verdicts_that_differ_are_a_conflict() -> None:
    ours, theirs = (
        changed((LAST_OF_1_4, LAST_OF_1_4 + entry("2021-06-01", f"verdict: {word}", by="Reader")))
        for word in ("confirmed", "not-confirmed")
    )
    assert [place for place, _ in told(merged(ours, theirs))] == ["1.4"]


def test_decisions_that_differ_are_a_conflict_of_the_response() -> None:
    ours, theirs = (
        changed(
            ("    text: |\n      Learn", f"    response:\n      decision: {word}\n    text: |\n      Learn")
        )
        for word in ("accepted", "rejected")
    )
    result = merged(ours, theirs)
    assert [place for place, _ in told(result)] == ["2 response"]
    assert result.content is not None
    halves = [b"    response:\n      decision: %b\n" % word for word in (b"accepted", b"rejected")]
    assert b"<<<<<<< ours\n%b=======\n%b>>>>>>> theirs\n" % (halves[0], halves[1]) in result.content


def test_where_the_evaluation_stands_is_a_conflict_of_those_keys_only() -> None:
    def side(word: str) -> bytes:
        logged = "\n".join(line[8:] for line in entry("2021-09-01", f"status: {word}").splitlines())
        return changed(("status: ongoing\nplanned", f"status: {word}\nplanned"), text=RECORD + logged + "\n")

    result = merged(side("completed"), side("cancelled"))
    assert [place for place, _ in told(result)] == ["status", "history"]
    assert result.content is not None
    assert (
        b"<<<<<<< ours\nstatus: completed\n=======\nstatus: cancelled\n>>>>>>> theirs\nplanned"
        in result.content
    )


def test_a_planned_end_that_both_sides_moved_is_a_conflict() -> None:
    def side(end: str) -> bytes:
        logged = "\n".join(line[8:] for line in entry("2021-09-01", f"planned_end: {end}").splitlines())
        return changed(text=RECORD + logged + "\n")

    assert ("history", "planned_end is “2022” on our side and “2023” on theirs") in told(
        merged(side("2022"), side("2023"))
    )


def test_parts_that_belong_together_are_not_mixed() -> None:
    ours, theirs = (
        changed(("\nmanagement_response:", f"\nquality:\n  {line}\nmanagement_response:"))
        for line in ("rating: satisfactory", "date: 2021-03")
    )
    assert [place for place, _ in told(merged(ours, theirs))] == ["quality"]


def test_one_key_changed_by_both_is_marked_alone_in_the_size_git_asks_for() -> None:
    ours = changed(("title: Plan together", "title: Plan all"))
    theirs = changed(("title: Plan together", "title: Plan!"), ("required: true", "required: false"))
    result = merge(RECORD.encode(), ours, theirs, PATH, marker=9)
    assert result.content is not None
    marks = f"{'<' * 9} ours\n    title: Plan all\n{'=' * 9}\n    title: Plan!\n{'>' * 9} theirs\n"
    assert result.content.decode() == ours.decode().replace("    title: Plan all\n", marks).replace(
        "required: true", "required: false"
    )


def test_new_actions_of_both_sides_stand_in_the_order_of_their_ids() -> None:
    ours = changed(at_end_of_1(NEW_ACTION.format("Measure it.").replace("1.5", "1.10")))
    theirs = changed(at_end_of_1(NEW_ACTION.format("Print it.").replace("1.5", "1.9")))
    reading = both_ways(ours, theirs)
    assert reading.evaluation
    ids = [one.id for one in (reading.evaluation.recommendations or ())[0].actions or ()]
    assert ids[-2:] == ["1.9", "1.10"]


def test_two_new_actions_of_one_id_are_a_conflict_of_both() -> None:
    ours = changed(at_end_of_1(NEW_ACTION.format("Measure it.")))
    theirs = changed(at_end_of_1(NEW_ACTION.format("Print it.")))
    result = merged(ours, theirs)
    assert told(result) == [("1.5", "both sides add an item of this id; give one of them another")]


def test_an_id_given_in_two_places_is_found_where_the_merged_record_is_read() -> None:
    ours = changed(at_end_of_1(NEW_ACTION.format("Measure it.").replace("1.5", "3")))
    theirs = changed(
        ("history:\n  - date: 2021-01-04", '  - id: "3"\n    text: Ask.\nhistory:\n  - date: 2021-01-04')
    )
    result = merged(ours, theirs)
    assert result.content is None
    assert "would not be valid" in told(result)[0][1]


def test_an_action_that_one_side_takes_out_and_the_other_changes_is_a_conflict() -> None:
    removed = changed(('      - id: "1.3"\n        text: |\n          Train the planners.\n', ""))
    kept = changed(("Train the planners.", "Train all planners."))
    for ours, theirs in ((removed, kept), (kept, removed)):
        result = merged(ours, theirs)
        assert told(result) == [("1.3", "one side takes it out, the other changes it")]
        assert result.content is not None
        block = '      - id: "1.3"\n        text: |\n          Train all planners.\n'
        halves = ("", block) if ours is removed else (block, "")
        assert f"<<<<<<< ours\n{halves[0]}=======\n{halves[1]}>>>>>>> theirs\n" in result.content.decode()


def test_lists_hold_what_both_sides_put_in_and_not_what_one_took_out() -> None:
    base = changed(("status: ongoing\nplanned", "countries: [KEN, PER]\nstatus: ongoing\nplanned"))
    ours = base.replace(b"[KEN, PER]", b"[KEN, PER, TZA]")
    theirs = base.replace(b"[KEN, PER]", b"[PER, UGA]")
    reading = both_ways(ours, theirs, base)
    assert reading.evaluation
    assert reading.evaluation.countries == ("PER", "TZA", "UGA")


def test_a_correction_still_names_its_entry_when_another_of_that_day_comes_in() -> None:
    wrong = entry("2021-06-01", "comment: Wrong.")
    ours = changed(after_1_1(wrong, entry("2021-06-02", "corrects: 2021-06-01", "comment: A slip.")))
    theirs = changed(after_1_1(entry("2021-06-01", "comment: A comes before W.")))
    found = action(both_ways(ours, theirs), "1.1")
    assert [one.comment for one in found.history[2:]] == ["Wrong.", "A comes before W.", "A slip."]


def test_corrections_that_would_name_another_entry_are_a_conflict() -> None:
    def side(word: str) -> bytes:
        slip = entry("2021-06-02", "corrects: 2021-06-01", f"comment: {word} was a slip.")
        return changed(after_1_1(entry("2021-06-01", f"comment: {word}"), slip))

    assert told(merged(side("One"), side("Two"))) == [("1.1", "the two histories cannot be united")]


def test_an_entry_that_both_rewrote_is_a_conflict() -> None:
    ours = changed(("The meeting was moved to follow the budget.", "It was moved."))
    theirs = changed(("The meeting was moved to follow the budget.", "It came later."))
    assert told(merged(ours, theirs)) == [("1.1", "the two histories cannot be united")]


def test_a_verdict_on_ones_own_status_that_only_the_merge_makes_is_a_conflict_of_the_action() -> None:
    base = RECORD.encode()
    ours = changed((LAST_OF_1_4, LAST_OF_1_4 + entry("2021-06-05", "verdict: confirmed", by="Reader")))
    redone = entry("2021-06-01", "status: initiated", "comment: Not yet.", by="Reader")
    done = entry("2021-06-02", "status: completed", by="Reader")
    theirs = changed((LAST_OF_1_4, LAST_OF_1_4 + redone + done))
    result = merge(base, ours, theirs, PATH)
    assert [place for place, _ in told(result)] == ["1.4"]
    assert "merged, it would not be valid" in told(result)[0][1]


def test_a_side_that_cannot_be_read_is_left_to_the_merge_of_lines() -> None:
    result = merged(changed(("Plan together", "Plan all")), b"<<<<<<< HEAD\n" + RECORD.encode())
    assert result.content is None
    assert told(result)[0][1].startswith("their side cannot be read (line 1: a merge stopped here")


def test_a_record_that_both_sides_add_is_merged_without_a_base() -> None:
    ours = changed(after_1_1(entry("2021-06-01", "comment: Half done.")))
    theirs = changed(after_1_1(entry("2021-05-01", "comment: Begun.")))
    found = action(both_ways(ours, theirs, None), "1.1")
    assert [one.comment for one in found.history[2:]] == ["Begun.", "Half done."]


def test_line_ends_and_the_mark_at_the_beginning_stay_those_of_our_side() -> None:
    ours = changed(after_1_1(entry("2021-06-01", "comment: Half done."))).replace(b"\n", b"\r\n")
    theirs = changed(after_1_1(entry("2021-05-01", "comment: Begun.")), ("Plan together", "Plan all"))
    base = RECORD.encode().replace(b"\n", b"\r\n")
    content = merged(b"\xef\xbb\xbf" + ours, theirs, base).content
    assert content is not None
    assert content.startswith(b"\xef\xbb\xbfschema")
    assert content.count(b"\r\n") == content.count(b"\n")
    assert b"comment: Begun.\r\n" in content


def test_what_stands_in_braces_is_marked_with_its_line() -> None:
    base = changed(("status: ongoing\nplanned", "period: {from: 2018, to: 2020}\nstatus: ongoing\nplanned"))
    ours, theirs = base.replace(b"to: 2020", b"to: 2021"), base.replace(b"from: 2018", b"from: 2017")
    content = merged(ours, theirs, base).content
    assert content is not None
    assert (
        b"<<<<<<< ours\nperiod: {from: 2018, to: 2021}\n=======\nperiod: {from: 2017, to: 2020}\n>>>"
        in content
    )


def test_what_is_new_on_their_side_alone_comes_with_its_comments() -> None:
    note = "      # Asked for by the board.\n"
    theirs = changed(at_end_of_1(note + NEW_ACTION.format("Print it.")))
    ours = changed(("Plan together", "Plan all"))
    assert new_lines(ours, merged(ours, theirs)) == (note + NEW_ACTION.format("Print it.")).splitlines()
    assert as_read(merged(theirs, ours)).evaluation == as_read(merged(ours, theirs)).evaluation


def test_a_list_that_one_side_put_in_another_order_keeps_it_beside_what_the_other_adds() -> None:
    base = changed(("status: ongoing\nplanned", "countries: [KEN, PER, TZA]\nstatus: ongoing\nplanned"))
    ours, theirs = (
        base.replace(b"[KEN, PER, TZA]", b"[TZA, KEN, PER]"),
        base.replace(b"PER, TZA", b"PER, UGA, TZA"),
    )
    reading = both_ways(ours, theirs, base)
    assert reading.evaluation
    assert reading.evaluation.countries == ("TZA", "KEN", "PER", "UGA")


def test_an_item_of_a_list_that_both_sides_rewrote_is_a_conflict() -> None:
    source = "sources:\n  - title: Page\n    retrieved: {}\nrecommendations:\n"
    base, ours, theirs = (
        changed(("recommendations:\n", source.format(day)))
        for day in ("2021-01-01", "2021-02-01", "2021-03-01")
    )
    assert told(merged(ours, theirs, base)) == [("sources", "both sides change the same item of the list")]


def test_what_one_side_takes_out_goes_and_what_nobody_knows_more_of_stays() -> None:
    ours = changed(
        ("    title: Plan together\n", ""), ("  required: true\n", "  required: true\n  unit: Front\n")
    )
    theirs = changed(("Learn from", "Learn all from"))
    reading = both_ways(ours, theirs)
    assert reading.evaluation
    first, second = reading.evaluation.recommendations or ()
    assert (first.title, second.text) == (None, "Learn all from the plan.")


def test_an_action_added_alike_on_both_sides_is_one_with_the_entries_of_both() -> None:
    logged = "        history:\n" + entry("2021-06-01", "comment: Added.")
    ours = changed(
        at_end_of_1(NEW_ACTION.format("Print it.") + logged + entry("2021-06-03", "comment: Ours."))
    )
    theirs = changed(
        at_end_of_1(NEW_ACTION.format("Print it.") + logged + entry("2021-06-02", "comment: Theirs."))
    )
    found = action(both_ways(ours, theirs), "1.5")
    assert [one.comment for one in found.history] == ["Added.", "Theirs.", "Ours."]


def test_a_history_out_of_order_keeps_its_order() -> None:
    base = changed(after_1_1(entry("2021-02-01", "comment: Entered late.")))
    ours = base.replace(b"Plan together", b"Plan all")
    both = [
        ("Entered late.", f"Entered late.\n{entry('2021-06-01', f'comment: {word}')[:-1]}")
        for word in ("A", "B")
    ]
    sides = [ours.decode().replace(*both[0]).encode(), base.decode().replace(*both[1]).encode()]
    result = merge(base, sides[0], sides[1], PATH)
    assert result.conflicts == ()
    comments = (
        [one.comment for one in action(as_read(result), "1.1").history[1:]]
        if as_read(result).evaluation
        else []
    )
    assert comments == ["The meeting was moved to follow the budget.", "Entered late.", "A", "B"]


def test_an_entry_fits_in_however_our_side_indents_and_theirs_writes() -> None:
    told_of = "        history:\n" + entry("2021-06-01", "comment: Begun.")
    base = changed(("          Train the planners.\n", "          Train the planners.\n" + told_of))
    narrow = base.replace(
        b"          - date: 2021-06-01\n            by: M&E unit\n            comment: Begun.\n",
        b"        - date: 2021-06-01\n          by: M&E unit\n          comment: Begun.\n",
    )
    assert narrow != base
    block = entry("2021-06-02", "comment: |", "  In", "  lines.")
    line = '          - {date: 2021-06-02, by: M&E unit, comment: "In\\nlines."}\n'
    for new in (block, line):
        theirs = base.replace(b"comment: Begun.\n", b"comment: Begun.\n" + new.encode())
        for result in (merged(narrow, theirs, base), merged(theirs, narrow, base)):
            assert result.conflicts == ()
            assert action(as_read(result), "1.3").history[-1].comment == "In\nlines."


def test_lists_in_brackets_and_new_items_above_them_come_to_their_places() -> None:
    base = changed(
        ("          Train the planners.\n", '          Train the planners.\n        serves: ["1", "2"]\n')
    )
    ours = base.replace(b'serves: ["1", "2"]', b'serves: ["2"]')
    early = '      - id: "1.0"\n        text: Ask.\n      - id: "1.1"\n'
    theirs = base.replace(b'      - id: "1.1"\n', early.encode()).replace(b'["1", "2"]', b'["1", "2", "3:1"]')
    reading = both_ways(ours, theirs.replace(b'"3:1"', b'"x:1"'), base)
    assert action(reading, "1.3").serves == ("2", "x:1")
    assert action(reading, "1.0").text == "Ask."


def test_an_empty_file_is_no_side_to_merge() -> None:
    result = merge(RECORD.encode(), b"", changed(("Plan together", "Plan all")), PATH)
    assert (result.content, result.conflicts[0].place) == (None, "the record")
    assert result.conflicts[0].message.startswith("our side cannot be read")


def test_what_only_one_side_changed_is_that_side_to_the_byte() -> None:
    theirs = changed(("Plan together", "Plan all")) + b"# the end\n"
    assert merge(RECORD.encode(), RECORD.encode(), theirs, PATH).content == theirs
    assert merge(RECORD.encode(), theirs, RECORD.encode(), PATH).content == theirs


def test_what_shares_its_line_with_others_is_marked_with_all_of_it() -> None:
    base = changed(("status: ongoing\nplanned", "gef: {type: FSP, phase: one}\nstatus: ongoing\nplanned"))
    ours, theirs = base.replace(b"FSP", b"MSP"), base.replace(b"FSP", b"EA").replace(b"one", b"two")
    content = merged(ours, theirs, base).content
    assert content is not None
    halves = b"gef: {type: MSP, phase: two}", b"gef: {type: EA, phase: two}"
    assert b"<<<<<<< ours\n%b\n=======\n%b\n>>>>>>> theirs\n" % halves in content


def test_a_record_on_one_line_is_marked_whole() -> None:
    base = b"{schema: 1, id: water-2021, title: Water}\n"
    ours, theirs = base.replace(b"Water", b"Rivers"), base.replace(b"Water", b"Lakes")
    content = merge(base, ours, theirs, PATH).content
    assert content == b"<<<<<<< ours\n%b=======\n%b>>>>>>> theirs\n" % (ours, theirs)


@pytest.mark.parametrize(
    ("line", "columns", "there"),
    [
        ("a: 1\n", 2, "  a: 1\n"),
        ("\n", 2, "\n"),
        ("    a: 1", -2, "  a: 1"),
        (" \n", -4, " \n"),
        ("a", 0, "a"),
    ],
)
def test_a_line_moves_with_its_indent_and_an_empty_one_stays_empty(
    line: str, columns: int, there: str
) -> None:
    assert moved(line, columns) == there


@pytest.mark.parametrize("text", ["a: [", "", "- a\nb: c"])
def test_what_is_no_yaml_has_no_lines_to_take(text: str) -> None:
    with pytest.raises(EditRefused) as refused:
        sheet_of(text)
    assert (refused.value.path, refused.value.hint) == ((), "look at both sides in an editor")
    assert refused.value.message == "the record: the text is no YAML"


def test_a_line_that_would_lose_its_beginning_is_refused() -> None:
    with pytest.raises(EditRefused, match="does not fit in here"):
        moved("  a: 1", -4)


def test_line_ends_after_texts_make_no_difference_however_deep() -> None:
    assert same({"lessons": ["Plan early.\n", {"text": "x\n"}]}, {"lessons": ["Plan early.", {"text": "x"}]})
    assert not same({"lessons": ["a\nb"]}, {"lessons": ["a b"]})


def test_an_item_is_found_by_its_id_where_a_side_has_it() -> None:
    data = {"recommendations": [{"id": "1"}, {"id": "2A", "title": "Plan"}], "title": "Water"}
    assert path_to(data, ("recommendations", Named("2a"), "title")) == ("recommendations", 1, "title")
    assert path_to(data, ("recommendations", Named("3"), "title")) is None
    assert path_to(data, ("title", Named("1"))) is None

"""What comments say of the work: done, or only to be done; in three languages, clause by clause."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mrtrack.rules.tense import only_promise, tells_of_something_done

ONLY_PUT_OFF = [
    "The unit will hold the workshop in May.",
    "This will be done next year.",
    "A manual will be developed, reviewed and rolled out.",
    "Guidance will be drafted and shared with the country offices.",
    "The Agency will take this up within the review recommended by the auditors.",
    "In line with the audit conducted in 2020, the Agency will revise its procedures.",
    "As agreed with the donor, the pumps will be replaced.",
    "The work will start once the budget has been approved.",
    "Once the budget is approved, the training shall be organised.",
    "If funds are received, the study is going to be commissioned.",
    "The Agency will address the issues that were raised by the evaluators.",
    "It is planned to hold the training in June.",
    "The training was planned for 2020 and is expected to take place in 2021.",
    "The report is being prepared. It will be published in March.",
    "The plan has not been approved. It will be submitted to the Board.",
    "No meeting was held; one will be convened in spring.",
    "Recruitment to be completed by the end of the year.",
    "The policy remains to be approved.",
    "The unit plans to train its staff.",
    "We’ll train the United Nations staff concerned.",
    "Work is ongoing and will continue.",
    "The study is expected in May.",
    "The study is planned in May.",
    "The study is scheduled in May.",
    "The study is now foreseen in May.",
    "Two studies are envisaged.",
    "Two studies are going to follow.",
    "The unit shall hold it in May.",
    "The workshop was postponed and will take place later.",
    "L’atelier sera organisé en juin.",
    "Les équipes élaboreront un guide et le diffuseront.",
    "Le bureau va élaborer un plan d’action.",
    "La formation n’a pas été organisée ; elle le sera en 2022.",
    "Il est prévu de former le personnel.",
    "Une fois le budget approuvé, le guide sera publié.",
    "El taller se realizará en junio.",
    "La guía será elaborada y difundida por la oficina.",
    "La oficina va a elaborar un plan de acción con el sector privado.",
    "No se ha aprobado el plan; se presentará a la Junta.",
    "Está previsto capacitar al personal.",
]
DONE = [
    "The workshop was held. A second one will follow.",
    "Held in May, and will be repeated.",
    "Done. The next round will be in 2023.",
    "Manual completed; it will be updated every year.",
    "The Agency has hired a consultant who will write the manual.",
    "The Agency hired a consultant who will write the manual.",
    "Guidance has been rolled out and will be kept up to date.",
    "Guidance will be kept up to date, and two trainings were given.",
    "The first report was published, which will be followed by a second.",
    "The manual is finalised. It will be printed.",
    "The database is in place and will be extended.",
    "Undertaken as planned. The work will go on.",
    "The plan was approved by the Board and the unit will carry it out.",
    "Once the plan was approved, the unit trained the staff. It will go on with it.",
    "The unit published a call, and experts are to be hired.",
    "Staff have already been trained, and new staff will be.",
    "The audit’s recommendations will be followed further; the main one has been carried out.",
    "L’atelier a été organisé et un second sera organisé en 2023.",
    "Guide élaboré et diffusé. Il sera mis à jour.",
    "Le plan est finalisé ; il sera publié.",
    "L’atelier s’est tenu en mai et sera suivi d’un second.",
    "El taller se realizó en mayo y se repetirá.",
    "Se han capacitado veinte personas; la formación continuará.",
    "Guía elaborada. Será actualizada cada año.",
    "La oficina contrató a un consultor que elaborará la guía.",
]
NOTHING_PUT_OFF = [
    "There is political will in the ministry.",
    "The Agency will not pursue this.",
    "Ongoing.",
    "Resources continue to be used well.",
    "La era digital en Panamá y en Irán.",
    "L’opéra des environs.",
]


@pytest.mark.parametrize("comment", ONLY_PUT_OFF)
def test_what_is_only_promised_is_not_taken_for_done(comment: str) -> None:
    promise = only_promise(comment)
    assert promise
    assert promise.words in promise.clause
    assert promise.clause in comment
    assert not tells_of_something_done(comment)


@pytest.mark.parametrize("comment", DONE)
def test_what_was_done_counts_although_more_will_follow(comment: str) -> None:
    assert only_promise(comment) is None
    assert tells_of_something_done(comment)


@pytest.mark.parametrize("comment", NOTHING_PUT_OFF)
def test_a_word_that_only_looks_like_the_future_promises_nothing(comment: str) -> None:
    assert only_promise(comment) is None


@pytest.mark.parametrize("comment", ONLY_PUT_OFF + DONE)
def test_the_ends_of_lines_do_not_change_what_is_said(comment: str) -> None:
    broken = comment.replace(" ", "\n")
    assert tells_of_something_done(broken) == tells_of_something_done(comment)
    assert (only_promise(broken) is None) == (only_promise(comment) is None)


@given(st.text(max_size=200))
def test_any_comment_can_be_judged(comment: str) -> None:
    promise = only_promise(comment)
    assert promise is None or promise.words in comment


@pytest.mark.parametrize(
    "word", ["will be ", "and ", "has ", "ne ", "fully ", "que se ", "to be ", "was, ", "x"]
)
def test_a_very_long_comment_is_judged_in_time(word: str) -> None:
    start = time.perf_counter()
    only_promise(f"It will be. {word * (40_000 // len(word))}")
    assert time.perf_counter() - start < 3

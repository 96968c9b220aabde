"""The pages of a made-up evaluation, in the layout of UNDP's Evaluation Resource Centre, for tests of imports."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

TITLE = "Review of the lighthouse programme"
PLAN = "2018-2022, Benin"
HEAD = "Key Action Responsible DueDate Status Comments Documents"


@dataclass(frozen=True)
class Row:
    """A row of a table of key actions as the page prints it."""

    number: str
    text: str
    tail: str
    updated: str = "2020/11/20"

    def printed(self) -> str:
        stamp = f"[Added: 2020/08/03] [Last Updated: {self.updated}]"
        return f"{self.number} {self.text}\n{stamp}\n{self.tail} History\n".lstrip()

    def now(self, tail: str, updated: str) -> "Row":
        return replace(self, tail=tail, updated=updated)


@dataclass(frozen=True)
class Point:
    """A recommendation with the answer to it and its rows."""

    text: str
    answer: str
    rows: tuple[Row, ...] = ()


SURVEY = Row(
    "1.1", "Survey the lamps of the northern coast", "Port authority 2020/10 Completed Surveyed by boat."
)
BUILDER = Row(
    "1.2", "Hire a builder for the two towers", "Port authority 2021/03 Initiated The tender is out."
)
SCHOOL = Row("2.1", "Agree with the school on a yearly course", "Training unit 2021/06 Not Initiated")
KEEPERS = Row("2.2", "Pay the keepers while they learn", "Finance 2021/09 Initiated")
POINTS = (
    Point(
        "Repair the towers before the rains set in.",
        "The office agrees and begins in the north.",
        (SURVEY, BUILDER),
    ),
    Point("Train a second keeper for every lighthouse.", "The office sees the need.", (SCHOOL, KEEPERS)),
)


def response_page(points: Sequence[Point] = POINTS, title: str = TITLE, plan: str = PLAN) -> str:
    """The management response page."""
    head = (
        f"{title}\nCommissioning Unit: Benin\nEvaluation Plan: {plan}\nEvaluation Type: Project\n"
        "Completion Date: 06/2020\nUnit Responsible for providing Management Response: Benin\n"
        "Documents Related to overall Management Response:\n\n"
    )
    return head + answers(points) + "\nContact us\n\nkeeper@example.org\n"


def evaluation_page(points: Sequence[Point] = POINTS, title: str = TITLE, plan: str = PLAN) -> str:
    """The evaluation page, which lists the recommendations and does not answer them."""
    listed = "".join(f"{number}\n\n{point.text}\n" for number, point in enumerate(points, 1))
    return (
        f"{title}\n\nEvaluation Plan:\n{plan}\nEvaluation Type:\nProject\nStatus:\nCompleted\n"
        "Evaluation Budget(US $):\n12,000\n\nTwo people looked at every tower.\n\nShare\n\n"
        f"Title {title}\nEvaluation Plan: {plan}\nEvaluation Type: Project\nStatus: Completed\n"
        "Completion Date: 06/2020\nPlanned End Date: 05/2020\nManagement Response: Yes\n"
        "Evaluation Budget(US $): 12,000\nEvaluation Team members:\nName Title Email Nationality\n"
        "Ana B. Silva Team leader ana.silva@example.org BRAZIL\nGEF Evaluation: No\nCountries: BENIN\n"
        f"Lessons\n1.\n\nLamps need keepers.\nRecommendations\n{listed}"
    )


def answers(points: Sequence[Point]) -> str:
    """The part with recommendations, answers and key actions, which both pages may have."""
    return "".join(
        f"{number}. Recommendation:\n\n{point.text}\n\nManagement Response: [Added: 2020/08/03]\n\n"
        f"{point.answer}\n\nKey Actions:\n\n{HEAD}\n{''.join(row.printed() for row in point.rows)}"
        for number, point in enumerate(points, 1)
    )

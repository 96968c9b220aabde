"""The changes that a year's work makes to a record, as operations on the records of `cases/`."""

from mrtrack.edit.operations import Append, Operation, Remove, Set

_ACTION = ("recommendations", 0, "actions", 0)
_OTHER_ACTION = ("recommendations", 0, "actions", 1)

UPDATES: dict[str, list[Operation]] = {
    "progress with everything": [
        Append(
            (*_ACTION, "history"),
            {
                "date": "2021-10-08",
                "by": "M&E unit",
                "on": "until 2021-07-15",
                "status": "completed",
                "due": "2021-09",
                "comment": "Held; the minutes are attached.\n\n  Indented: « déjà vu ».",
                "documents": [{"title": "Minutes: part 1", "url": "https://example.org/minutes#1"}],
            },
        ),
        Set((*_ACTION, "status"), "completed"),
        Set((*_ACTION, "due"), "2021-09"),
    ],
    "set the status": [Set((*_ACTION, "status"), "completed")],
    "set the due date": [Set((*_ACTION, "due"), "2022-Q1")],
    "take the due date away": [
        Remove((*_ACTION, "due")),
        Append((*_ACTION, "history"), {"date": "2021-10-08", "due": None, "comment": "No date is known."}),
    ],
    "change the lead": [Set((*_ACTION, "responsible"), "Chief: Planning # 2")],
    "name supporting units": [Set((*_ACTION, "supported_by"), ["Regional offices", "HR, and others", "no"])],
    "a first due date and entry": [
        Set((*_OTHER_ACTION, "due"), "2022"),
        Append((*_OTHER_ACTION, "history"), {"date": "2021-12-01", "status": "completed", "due": "2022"}),
    ],
    "add an action": [
        Append(
            ("recommendations", 0, "actions"),
            {
                "id": "1.10",
                "text": "Meet twice.",
                "responsible": "Director",
                "history": [{"date": "2021-12-01"}],
            },
        )
    ],
    "add a recommendation": [Append(("recommendations",), {"id": "3", "text": "Learn.\nShare."})],
    "decide where no response is": [
        Set(("recommendations", 1, "response", "decision"), "rejected"),
        Append(("recommendations", 1, "response", "history"), {"date": "2021-12-01", "decision": "rejected"}),
    ],
    "change the decision": [Set(("recommendations", 0, "response", "decision"), "partially-accepted")],
    "rewrite the response": [Set(("recommendations", 0, "response", "text"), "Management agrees.\nIn part.")],
    "postpone the evaluation": [
        Set(("planned_end",), "2022-03"),
        Append(
            ("history",), {"date": "2021-12-01", "planned_end": "2022-03", "comment": "Travel is barred."}
        ),
    ],
    "fill in the head": [
        Set(("title",), 'Evaluation of the "water" programme'),
        Set(("organisation",), "Agency: Water"),
        Append(("countries",), "NO"),
        Set(("period", "to"), "2022"),
        Set(("management_response", "submitted"), "2021-11-30"),
        Set(("management_response", "approved_by", "date"), "2021-11-30"),
    ],
    "quote an id": [Set(("recommendations", 0, "id"), "1.10")],
}

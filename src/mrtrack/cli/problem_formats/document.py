"""Problems as the JSON document of the contract, for programs."""

from mrtrack.cli import formats, problems
from mrtrack.cli.problem_formats.report import Report


def as_document(report: Report) -> str:
    """Every problem as an item of a document of kind `problems`."""
    items = [problems.as_json(problem) for problem in report.problems]
    return formats.json_document("problems", report.today, report.unread, items)

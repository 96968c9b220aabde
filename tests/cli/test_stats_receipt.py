"""`stats --receipt`: what stands in a receipt, and when there is none."""

import hashlib
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from screens_of import promised, put, put_broken

from conftest import Run, git
from mrtrack import __version__

NEW_YEAR = ("--as-of", "2024-01-01")


def receipt(mrtrack: Run, *arguments: str) -> dict[str, Any]:
    """The receipt as any reader of YAML sees it."""
    answer = mrtrack("stats", "--receipt", *arguments)
    assert (answer.code, answer.err) == (0, "")
    data = yaml.safe_load(answer.out)
    assert isinstance(data, dict)
    return data


def test_a_receipt_names_what_it_counted_and_from_what(real: Path, mrtrack: Run) -> None:
    told = receipt(mrtrack, "overdue-rate", "--evaluation", "unossc-2020", *NEW_YEAR)
    assert told["commit"] == git("rev-parse", "HEAD").strip()
    assert (told["mrtrack"], str(told["as_of"]), str(told["made"])) == (
        __version__,
        "2024-01-01",
        "2026-11-22",
    )
    assert told["asked"] == {"indicators": ["overdue-rate"], "filters": {"evaluation": ["unossc-2020"]}}
    (figure,) = told["figures"]
    assert (figure["value"], figure["made_of"], figure["exact"]) == ("21.4 %", "6 of 28", "3/14")
    assert figure["in_numerator"] == {"unossc-2020": "2.3, 3.1, 3.3, 3.4, 3.5, 4.5"}
    others = re.findall(r"[\d.]+", figure["only_in_denominator"]["unossc-2020"])
    assert len(others) == 22
    (record,) = told["records"]
    content = (real / "records" / "unossc-2020.yaml").read_bytes()
    assert (record["path"], record["sha256"]) == (
        "records/unossc-2020.yaml",
        hashlib.sha256(content).hexdigest(),
    )
    assert len(record["entries"]) == 28
    assert re.fullmatch(r"sha256:[0-9a-f]{64}", told["digest"])


@pytest.mark.usefixtures("real")
def test_what_is_uncertain_and_left_out_has_its_references(mrtrack: Run) -> None:
    told = receipt(mrtrack, "on-time-rate", "on-time-rate-original", "days-late-mean", *NEW_YEAR)
    late, on_time, original = sorted(told["figures"], key=lambda one: str(one["indicator"]))
    assert on_time["uncertain"] == {"unossc-2020": "1.1, 1.2, 1.3, 1.5, 3.2, 4.1"}
    assert [(one["reason"], list(one["refs"])) for one in original["left_out"]] == [
        ("the original due date is not known", ["unossc-2020"])
    ]
    assert late["in_numerator"] == {
        "unossc-2020": "1.1 (86), 1.2 (250), 1.3 (69), 1.5 (191), 3.2 (3), 4.1 (61)"
    }


@pytest.mark.usefixtures("real")
def test_a_figure_made_of_others_comes_with_these_and_a_group_with_its_name(mrtrack: Run) -> None:
    told = receipt(mrtrack, "undp-score", *NEW_YEAR)
    assert told["figures"][0]["indicator"] == "undp-score"
    assert {"undp-planning", "undp-responses", "undp-actions", "undp-quality"} <= {
        one["indicator"] for one in told["figures"]
    }
    told = receipt(mrtrack, "overdue-rate", "--by", "due-year", *NEW_YEAR)
    assert [str(one.get("group")) for one in told["figures"]] == ["None", "2021", "2022", "2023"]


def test_it_is_written_to_a_file_and_the_next_step_is_told(real: Path, mrtrack: Run) -> None:
    answer = mrtrack("stats", "overdue-rate", "--receipt", "-o", "overdue.receipt")
    assert (answer.code, answer.out) == (0, "")
    assert "mrtrack verify overdue.receipt" in answer.err
    assert (real / "overdue.receipt").read_text("utf-8").startswith("# Receipt of indicators")


def test_what_is_not_committed_gets_no_receipt_but_the_last_commit_does(real: Path, mrtrack: Run) -> None:
    mrtrack("update", "unossc-2020:3.1", "completed", "--by", "M&E unit")
    answer = mrtrack("stats", "implementation-rate", "--receipt")
    assert (answer.code, answer.out) == (1, "")
    assert "records/unossc-2020.yaml" in answer.err
    assert "--at HEAD" in answer.err
    (figure,) = receipt(mrtrack, "implementation-rate", "--at", "HEAD")["figures"]
    assert figure["made_of"] == "22 of 36"
    git("commit", "--quiet", "--all", "--message", "One more")
    (figure,) = receipt(mrtrack, "implementation-rate")["figures"]
    assert figure["made_of"] == "23 of 36"
    (real / "records" / "new-2026.yaml").write_text("schema: 1\nid: new-2026\n", encoding="utf-8")
    assert mrtrack("stats", "implementation-rate", "--receipt").code == 1


def test_a_receipt_needs_a_commit(folder: Path, mrtrack: Run) -> None:
    put(folder, "a-2021", promised())
    answer = mrtrack("stats", "--receipt")
    assert (answer.code, answer.out) == (1, "")
    assert "nothing is committed here" in answer.err


def test_a_record_that_cannot_be_read_is_refused_unless_partial(folder: Path, mrtrack: Run) -> None:
    put(folder, "a-2021", promised())
    put_broken(folder)
    git("add", "--all")
    git("commit", "--quiet", "--message", "One broken")
    answer = mrtrack("stats", "overdue-rate", "--receipt")
    assert (answer.code, answer.out) == (1, "")
    assert "broken-2021" in answer.err
    assert "--partial" in answer.err
    assert receipt(mrtrack, "overdue-rate", "--partial")["unread"] == ["records/broken-2021.yaml"]


def test_the_days_of_the_commit_count_not_those_of_the_work_tree(folder: Path, mrtrack: Run) -> None:
    put(folder, "a-2021", promised(due="2026-09-30"))
    git("add", "--all")
    git("commit", "--quiet", "--message", "One")
    (folder / "mrtrack.toml").write_text("[days]\nlong_overdue = 10\n", encoding="utf-8")
    assert mrtrack("stats", "long-overdue-rate", "--receipt").code == 1
    (figure,) = receipt(mrtrack, "long-overdue-rate", "--at", "HEAD")["figures"]
    assert figure["made_of"] == "0 of 1"


@pytest.mark.usefixtures("real")
@pytest.mark.parametrize(
    "arguments",
    [
        ("--receipt", "--trend", "year"),
        ("--receipt", "--json"),
        ("--receipt", "--limit", "2"),
        ("--partial",),
        ("-o", "x"),
        ("--refs",),
    ],
    ids=" ".join,
)
def test_what_would_have_no_effect_is_refused(mrtrack: Run, arguments: tuple[str, ...]) -> None:
    answer = mrtrack("stats", "overdue-rate", *arguments)
    assert (answer.code, answer.out) == (2, "")

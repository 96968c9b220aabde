"""What runs on hosting sites: pinned, with no more rights than needed, and the scripts in it do what they say."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from conftest import ROOT, Run, git
from mrtrack.reports.new_repository import beginning_files

FILES = {file.path: file.text for file in beginning_files("records", "main")}
CHECK = FILES[".github/workflows/mrtrack-check.yml"]
COMMENT = FILES[".github/workflows/mrtrack-comment.yml"]
ACTION = (ROOT / "action.yml").read_text("utf-8")
HOSTED = {"check": CHECK, "comment": COMMENT, "action": ACTION}
USES = re.compile(r"uses: (\S+)(.*)")


def loaded(text: str) -> Any:
    return YAML(typ="safe", pure=True).load(text)


def steps(text: str) -> list[dict[str, Any]]:
    data = loaded(text)
    if "runs" in data:
        return list(data["runs"]["steps"])
    return [step for job in data["jobs"].values() for step in job["steps"]]


def scripts() -> Iterator[tuple[str, str]]:
    for name, text in HOSTED.items():
        for step in steps(text):
            if "run" in step:
                yield f"{name}: {step['name']}", step["run"]


def test_actions_of_others_are_pinned_by_hash_and_name_their_version() -> None:
    pinned = {name: USES.findall(text) for name, text in HOSTED.items()}
    assert all(pinned.values())
    for uses in pinned.values():
        for action, comment in uses:
            assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", action)
            assert re.fullmatch(r" # v\d+\.\d+\.\d+", comment)
    chosen = {use for uses in pinned.values() for use in uses}
    assert len(chosen) == len({action.partition("@")[0] for action, _ in chosen})


def test_what_runs_the_change_may_only_read_and_what_may_write_never_sees_it() -> None:
    assert loaded(CHECK)["permissions"] == {"contents": "read"}
    assert "permissions" not in loaded(CHECK)["jobs"]["check"]
    comment = loaded(COMMENT)
    assert comment["permissions"] == {}
    assert comment["jobs"]["comment"]["permissions"] == {"actions": "read", "pull-requests": "write"}
    assert "checkout" not in " ".join(step.get("uses", "") for step in steps(COMMENT))
    assert [step for step in steps(COMMENT) if "run" in step] == []
    for text in (CHECK, COMMENT):
        assert "pull_request_target" not in text
        assert "secrets." not in text


def test_the_comment_follows_the_check_and_takes_what_it_leaves() -> None:
    wanted = re.search(r'workflows: \["(.*)"\]', COMMENT)
    assert wanted
    assert wanted[1] == loaded(CHECK)["name"]
    left = next(step for step in steps(CHECK) if "upload-artifact" in step.get("uses", ""))
    taken = next(step for step in steps(COMMENT) if "download-artifact" in step.get("uses", ""))
    assert left["with"]["name"] == taken["with"]["name"]
    assert f"{taken['with']['path']}/{left['with']['path']}" in COMMENT


def test_no_text_of_a_change_becomes_part_of_a_script() -> None:
    told = dict(scripts())
    assert len(told) >= 6
    assert [name for name, script in told.items() if "${{" in script] == []
    assert "${{" not in next(step["with"]["script"] for step in steps(COMMENT) if "script" in step["with"])


def test_the_whole_history_is_fetched_since_it_is_what_is_checked() -> None:
    checkout = next(step for step in steps(CHECK) if "actions/checkout" in step.get("uses", ""))
    assert checkout["with"] == {"fetch-depth": 0, "persist-credentials": False}
    assert loaded(FILES[".gitlab-ci.yml"])["check the records"]["variables"]["GIT_DEPTH"] == "0"


@pytest.fixture
def change(folder: Path, mrtrack: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The commit that a change in the folder that is entered began at; `mrtrack` is on the PATH."""
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "mrtrack").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m mrtrack "$@"\n', "utf-8")
    (programs / "mrtrack").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    assert mrtrack("init").code == 0
    git("add", "--all")
    git("commit", "--quiet", "--message", "Begin the records")
    base = git("rev-parse", "HEAD").strip()
    words = ("completed", "--comment", "Done", "--document", "https://example.org/r", "--by", "Training unit")
    assert mrtrack("update", "example-2024-wells:2.1", *words, "--commit").code == 0
    assert folder.exists()
    return base


def carried_out(script: str, base: str) -> subprocess.CompletedProcess[str]:
    """Run a script as the sites do, with what it is compared with."""
    command = ["bash", "-eo", "pipefail", "-c", script]
    return subprocess.run(
        command, env={**os.environ, "BASE": base}, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("name", ["check", "action"])
def test_the_summary_tells_what_the_change_means(name: str, change: str, tmp_path: Path) -> None:
    script = dict(scripts())[f"{name}: Tell what the change means"]
    done = carried_out(script, change)
    assert (done.returncode, done.stderr) == (0, "")
    assert "2.1 completed (was initiated)" in (tmp_path / "summary.md").read_text("utf-8")
    assert carried_out(script, "0" * 40).returncode == 0
    assert (tmp_path / "summary.md").read_text("utf-8").endswith("The first records.\n")


def rewrite(folder: Path) -> None:
    record = folder / "records" / "example-2024-wells.yaml"
    record.write_text(record.read_text("utf-8").replace("forty agreements was signed", "ten was"), "utf-8")
    git("commit", "--quiet", "--all", "--message", "Ten were enough")


@pytest.mark.parametrize("name", ["check", "action"])
def test_the_check_lets_a_good_change_through_and_annotates_a_rewritten_history(
    name: str, change: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    script = dict(scripts())[f"{name}: Check"]
    for base in (change, "0" * 40, ""):
        assert carried_out(script, base).returncode == 0
    rewrite(folder)
    done = carried_out(script, change)
    assert done.returncode == 1
    assert "::error file=records/example-2024-wells.yaml,line=" in done.stdout
    assert "git knows no commit" in carried_out(script, "1" * 40).stderr


def test_the_pipeline_tells_what_the_change_means_and_reports_a_rewritten_history(
    change: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = "\n".join(loaded(FILES[".gitlab-ci.yml"])["check the records"]["script"])
    monkeypatch.setenv("CI_COMMIT_BEFORE_SHA", "0" * 40)
    assert carried_out(script, "").returncode == 0
    assert json.loads((folder / "gl-code-quality-report.json").read_text("utf-8")) == []
    monkeypatch.setenv("CI_MERGE_REQUEST_DIFF_BASE_SHA", change)
    assert carried_out(script, "").returncode == 0
    assert "2.1 completed (was initiated)" in (folder / "mrtrack-diff.md").read_text("utf-8")
    rewrite(folder)
    assert carried_out(script, "").returncode == 1
    reported = json.loads((folder / "gl-code-quality-report.json").read_text("utf-8"))
    assert {one["location"]["path"] for one in reported} == {"records/example-2024-wells.yaml"}

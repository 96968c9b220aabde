import os
import shutil
import subprocess
from pathlib import Path

import pytest

from conftest import Run, git
from mrtrack.cli.completion import known_commands, script
from mrtrack.git.merging import DRIVER
from waterworks import begin

ATTRIBUTES = "records/**/*.yaml merge=mrtrack\n"
LACKS = "This clone merges records line by line; make it ready: mrtrack setup\n"


@pytest.fixture
def water(folder: Path, on_path: Path) -> Path:  # noqa: ARG001 - git finds the program there
    """A record under git, which finds mrtrack as a program."""
    return begin(folder)


def state() -> dict[str, bytes]:
    """All files of the clone, git's own settings and hooks among them."""
    files = [
        Path(".git/config"),
        *Path(".git/hooks").iterdir(),
        *Path().rglob("[!.]*.yaml"),
        Path(".gitattributes"),
    ]
    return {str(file): file.read_bytes() for file in files if file.is_file()}


def test_a_clone_is_made_ready_once_and_taken_back(water: Path, mrtrack: Run) -> None:
    assert water.exists()
    before = state()
    answer = mrtrack("setup")
    assert answer.code == 0
    assert answer.err == ""
    assert answer.out.splitlines()[:3] == [
        "merge driver      installed: git merges records by ids and days",
        f".gitattributes    got the line “{ATTRIBUTES.strip()}”: commit it, every clone needs it",
        "hook              installed: records are checked before each commit",
    ]
    assert git("config", "--get", "merge.mrtrack.driver").strip() == DRIVER
    assert git("check-attr", "merge", "records/a/b.yaml") == "records/a/b.yaml: merge: mrtrack\n"
    ready = state()
    again = mrtrack("setup")
    assert state() == ready
    assert again.out.count("already") == 3
    assert mrtrack("setup", "--remove").code == 0
    assert state() == before | {".gitattributes": ATTRIBUTES.encode()}
    assert mrtrack("setup", "--remove").out.count("none of mrtrack's is here") == 2


def test_the_hook_lets_news_into_a_commit_and_keeps_a_broken_record_out(water: Path, mrtrack: Run) -> None:
    mrtrack("setup")
    mrtrack("update", "water-2021:1.2", "initiated", "--by", "Field office")
    git("commit", "--all", "--quiet", "--message", "News")
    water.write_text(
        water.read_text(encoding="utf-8").replace("status: ongoing\npl", "status: gone\npl"), "utf-8"
    )
    done = subprocess.run(
        ["git", "commit", "--all", "--message", "Broken"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "“gone” is no status of an evaluation" in done.stdout + done.stderr


def test_a_hook_and_a_driver_of_somebody_else_stay(water: Path, mrtrack: Run) -> None:
    assert water.exists()
    hook = Path(".git/hooks/pre-commit")
    hook.write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    git("config", "merge.mrtrack.driver", "other %A")
    answer = mrtrack("setup")
    assert "merge driver      another one is there and stays: other %A\n" in answer.out
    assert (
        "hook              pre-commit is there and stays as it is; add: mrtrack check --base HEAD\n"
        in answer.out
    )
    mrtrack("setup", "--remove")
    assert hook.read_text(encoding="utf-8") == "#!/bin/sh\nexit 0\n"
    assert git("config", "--get", "merge.mrtrack.driver") == "other %A\n"


def test_hooks_that_several_clones_share_are_left_alone(water: Path, mrtrack: Run, tmp_path: Path) -> None:
    assert water.exists()
    git("config", "core.hooksPath", str(tmp_path / "shared-hooks"))
    assert "hooks lie outside of this clone" in mrtrack("setup").out
    assert not (tmp_path / "shared-hooks").exists()


def test_status_says_in_one_line_that_a_clone_lacks_the_driver(water: Path, mrtrack: Run) -> None:
    assert water.exists()
    assert LACKS not in mrtrack("status").err
    Path(".gitattributes").write_text(ATTRIBUTES, encoding="utf-8")
    assert mrtrack("status").err == LACKS
    assert mrtrack("status", "--json").err == ""
    git("config", "merge.mrtrack.driver", DRIVER)
    assert mrtrack("status").err == ""


def test_outside_of_git_there_is_nothing_to_set_up(
    tmp_path: Path, mrtrack: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "plain" / "records").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "plain")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    answer = mrtrack("setup")
    assert (answer.code, answer.err.splitlines()[0]) == (
        1,
        "mrtrack: this is no git repository, so there is nothing to set up",
    )


def completed(*words: str) -> list[str]:
    """What bash offers for the last word."""
    ask = f'{script("bash", known_commands())}\nCOMP_WORDS=("$@")\nCOMP_CWORD=$(($#-1))\n_mrtrack\n'
    ask += 'printf "%s\\n" "${COMPREPLY[@]}"\n'
    done = subprocess.run(["bash", "-c", ask, "bash", *words], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return done.stdout.split("\n")[:-1]


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
def test_completion_offers_commands_options_and_ids_and_runs_nothing(water: Path) -> None:
    for name in ("$(touch ran).yaml", "`touch ran`.yaml", "Upper.yaml", "-x.yaml", "a;touch ran.yaml"):
        (water.parent / name).write_text("", encoding="utf-8")
    (water.parent / "deeper").mkdir()
    assert completed("mrtrack", "sta") == ["status", "stats"] or completed("mrtrack", "sta") == ["status"]
    assert "merge" not in completed("mrtrack", "")
    assert completed("mrtrack", "update", "--ver") == ["--verdict"]
    assert completed("mrtrack", "status", "") == ["harbour-2022", "water-2021"]
    assert completed("mrtrack", "show", "wat") == ["water-2021"]
    assert completed("mrtrack", "show", "$(touch ran)") == [""]
    assert not Path("ran").exists()


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_completion_for_other_shells_can_be_read_by_them(shell: str, mrtrack: Run) -> None:
    text = mrtrack("setup", "--completion", shell).out
    assert "eval" not in text.replace("evaluation", "")
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"there is no {shell} here")
    subprocess.run([program, "-n"], input=text, text=True, check=True)


@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
def test_a_hook_that_git_could_not_run_is_made_one_that_it_can(water: Path, mrtrack: Run) -> None:
    assert water.exists()
    mrtrack("setup")
    hook = Path(".git/hooks/pre-commit")
    hook.chmod(0o644)
    assert "hook              installed" in mrtrack("setup").out
    assert os.access(hook, os.X_OK)

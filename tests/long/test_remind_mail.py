"""The drafts as another mail parser reads them: their words, their headers, and their files byte for byte."""

import hashlib
import json
import shutil
import subprocess
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from apart import node_package

from conftest import Run, git

pytestmark = pytest.mark.long

PARSER = "mailparser"
READ = """\
import {createHash} from "node:crypto";
import {readFileSync} from "node:fs";
import {simpleParser} from "mailparser";

const found = {};
for (const path of process.argv.slice(2)) {
  const mail = await simpleParser(readFileSync(path));
  found[path] = {
    headers: [...mail.headerLines.map(({key}) => key)],
    subject: mail.subject,
    to: mail.to.value.map(({address}) => address),
    text: mail.text,
    html: mail.html,
    files: mail.attachments.map(({filename, contentType, content}) => [
      filename, contentType, createHash("sha256").update(content).digest("hex"),
    ]),
  };
}
console.log(JSON.stringify(found));
"""
UNITS = [
    "Director",
    'Unit "West", the 1st; <a@b.example>',
    "Équipe Eau, Forêts & Chasse",
    "水务局",
    "إدارة المياه",
    "=?utf-8?q?=0D=0ABcc:_other=40example.org?=",
    "CON",
    "../up/" + "and on " * 15,
]


@pytest.fixture
def drafts(folder: Path, tmp_path: Path, mrtrack: Run, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """A draft for each unit, all to one address, with workbook and calendar."""
    monkeypatch.setenv("MRTRACK_DATA_DIR", str(tmp_path / "data"))
    lines = ["schema: 1", "id: wells-2024", "title: Évaluation des puits", "recommendations:", '  - id: "1"']
    lines += ["    text: |", "      Keep the wells.", "    actions:"]
    for number, unit in enumerate(UNITS, 1):
        lines += [f'      - id: "1.{number}"', "        text: |", "          Creuser « dix » puits – 十口井."]
        lines += [f"        responsible: {json.dumps(unit, ensure_ascii=False)}", "        due: 2024-06"]
    (folder / "records").mkdir()
    (folder / "records" / "wells-2024.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    git("add", "--all")
    given = [part for unit in UNITS for part in ("--address", f"{unit}=office@example.org")]
    answer = mrtrack("remind", *given, "-o", str(tmp_path / "out"))
    assert answer.code == 0, answer.err
    return sorted((tmp_path / "out").glob("*.eml"))


def test_another_parser_reads_the_same_headers_words_and_files(drafts: list[Path], tmp_path: Path) -> None:
    place = node_package(tmp_path / "node", PARSER)
    (place / "read.mjs").write_text(READ, encoding="utf-8")
    node = shutil.which("node")
    assert node, "npm is there, and node is not"
    paths = [str(path) for path in drafts]
    read = subprocess.run([node, "read.mjs", *paths], cwd=place, check=True, capture_output=True)
    found = json.loads(read.stdout)
    assert len(found) == len(UNITS)
    for path in drafts:
        _compare(found[str(path)], path.read_bytes())
    subjects = {one["subject"].partition(" – ")[2].strip() for one in found.values()}
    assert subjects == {" ".join(unit.split()).replace("=?", "= ?") for unit in UNITS}


def _compare(other: dict[str, Any], content: bytes) -> None:
    ours = message_from_bytes(content, policy=default)
    assert not ours.defects
    assert other["headers"] == [key.lower() for key in ours]
    assert "bcc" not in other["headers"]
    assert other["to"] == ["office@example.org"]
    assert other["subject"] == ours["Subject"]
    assert "« dix » puits – 十口井" in other["text"]
    assert "« dix » puits – 十口井" in other["html"]
    files: list[list[str]] = []
    for part in ours.walk():
        if part.get_content_disposition() == "attachment":
            data = part.get_payload(decode=True)
            assert isinstance(data, bytes)
            files.append(
                [str(part.get_filename()), part.get_content_type(), hashlib.sha256(data).hexdigest()]
            )
    assert [name.rpartition(".")[2] for name, _, _ in files] == ["xlsx", "ics"]
    assert other["files"] == files

"""Templates: a repository's own go first, none can do harm, and a failing one says where."""

from pathlib import Path

import pytest

from mrtrack.edit.refusal import Refused
from mrtrack.reports.templates import rendered


def test_a_repository_s_own_template_goes_before_the_one_that_ships(tmp_path: Path) -> None:
    (tmp_path / "show.md.j2").write_text("Ours: {{ title }}", encoding="utf-8")
    assert rendered("show.md.j2", tmp_path, title="Water") == "Ours: Water\n"


def test_a_missing_variable_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "page.md.j2").write_text("one\n{{ titel }}\n", encoding="utf-8")
    with pytest.raises(Refused, match=r"page\.md\.j2, line 2: 'titel' is undefined"):
        rendered("page.md.j2", tmp_path, title="Water")


def test_a_broken_template_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "page.md.j2").write_text("one\n{% if %}\n", encoding="utf-8")
    with pytest.raises(Refused, match=r"page\.md\.j2, line 2"):
        rendered("page.md.j2", tmp_path)


def test_a_template_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"there is no template other\.j2"):
        rendered("other.j2", tmp_path)


@pytest.mark.parametrize(
    "template",
    ["{{ ''.__class__.__mro__ }}", "{{ [].append(1) }}", "{{ cycler.__init__.__globals__ }}", "{{ 1 // 0 }}"],
)
def test_a_template_cannot_leave_its_sandbox(tmp_path: Path, template: str) -> None:
    (tmp_path / "page.md.j2").write_text(template, encoding="utf-8")
    with pytest.raises(Refused):
        rendered("page.md.j2", tmp_path)


@pytest.mark.parametrize(
    "name", ["../secret", "/secret", "..\\\\secret", "sub/../../secret", "link", "sub/x"]
)
@pytest.mark.parametrize("how", ["include '{}'", "extends '{}'", "import '{}' as x", "from '{}' import x"])
def test_a_template_reads_no_file_outside_of_its_folder(tmp_path: Path, name: str, how: str) -> None:
    secret = tmp_path / "secret"
    secret.write_text("classified", encoding="utf-8")
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "link").symlink_to(secret)
    (folder / "sub").symlink_to(tmp_path)
    (tmp_path / "x").write_text("classified", encoding="utf-8")
    asked = name.replace("/secret", str(secret)) if name == "/secret" else name
    (folder / "page.md.j2").write_text("{% " + how.format(asked) + " %}", encoding="utf-8")
    with pytest.raises(Refused, match="there is no template"):
        rendered("page.md.j2", folder)
    with pytest.raises(Refused, match="there is no template"):
        rendered(asked, folder)


def test_html_templates_escape_what_a_record_says(tmp_path: Path) -> None:
    (tmp_path / "page.html.j2").write_text("{{ title }}", encoding="utf-8")
    assert rendered("page.html.j2", tmp_path, title="<b>") == "&lt;b&gt;\n"

"""From a remote's address, as people write it, to the address that opens a pull request."""

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mrtrack.git.addresses import (
    CUT,
    LONGEST,
    Project,
    Site,
    printed_address,
    project_of,
    pull_request_address,
)


@pytest.mark.parametrize(
    ("remote", "address", "site"),
    [
        ("https://github.com/agency/records.git", "https://github.com/agency/records", Site.GITHUB),
        ("https://github.com/agency/records", "https://github.com/agency/records", Site.GITHUB),
        ("https://github.com/agency/records/", "https://github.com/agency/records", Site.GITHUB),
        ("https://GitHub.com/Agency/Records.git", "https://github.com/Agency/Records", Site.GITHUB),
        ("git@github.com:agency/records.git", "https://github.com/agency/records", Site.GITHUB),
        ("github.com:agency/records", "https://github.com/agency/records", Site.GITHUB),
        ("ssh://git@github.com/agency/records.git", "https://github.com/agency/records", Site.GITHUB),
        ("ssh://git@ssh.github.com:443/agency/records.git", "https://github.com/agency/records", Site.GITHUB),
        ("git://github.com/agency/records.git", "https://github.com/agency/records", Site.GITHUB),
        ("git@gitlab.com:agency/unit/records.git", "https://gitlab.com/agency/unit/records", Site.GITLAB),
        (
            "ssh://git@gitlab.agency.org:2222/unit/records.git",
            "https://gitlab.agency.org/unit/records",
            Site.GITLAB,
        ),
        (
            "https://gitlab.agency.org:8443/unit/records.git",
            "https://gitlab.agency.org:8443/unit/records",
            Site.GITLAB,
        ),
        ("git@altssh.gitlab.com:unit/records.git", "https://gitlab.com/unit/records", Site.GITLAB),
        ("https://codeberg.org/unit/records.git", "https://codeberg.org/unit/records", Site.GITEA),
        (
            "http://gitea.agency.org:3000/unit/records",
            "http://gitea.agency.org:3000/unit/records",
            Site.GITEA,
        ),
        ("git@forgejo.agency.org:unit/records.git", "https://forgejo.agency.org/unit/records", Site.GITEA),
        ("git@git.agency.org:unit/records.git", "https://git.agency.org/unit/records", None),
        ("git@[2001:db8::1]:unit/records.git", "https://[2001:db8::1]/unit/records", None),
        ("http://localhost:3000/unit/records.git", "http://localhost:3000/unit/records", None),
        ("https://notgithub.org/unit/records", "https://notgithub.org/unit/records", None),
        ("https://github.com/unit/water records.git", "https://github.com/unit/water%20records", Site.GITHUB),
    ],
)
def test_every_usual_spelling_of_a_remote_names_its_project(
    remote: str, address: str, site: Site | None
) -> None:
    assert project_of(remote) == Project(address, site)


def test_a_name_and_a_password_in_the_address_are_not_handed_on() -> None:
    assert project_of("https://officer:secret@github.com/agency/records.git") == Project(
        "https://github.com/agency/records", Site.GITHUB
    )


@pytest.mark.parametrize(
    "remote",
    [
        "/srv/git/records.git",
        "../records.git",
        "file:///srv/git/records.git",
        r"C:\records",
        "C:/records",
        "github-of-mine:agency/records.git",
        "https://github.com/",
        "https://github.com:port/agency/records",
        "",
    ],
)
def test_a_folder_or_a_host_that_only_ssh_knows_has_no_address(remote: str) -> None:
    assert project_of(remote) is None


@given(st.text())
def test_whatever_a_remote_is_called_it_does_no_harm(remote: str) -> None:
    project = project_of(remote)
    assert project is None or project.address.startswith(("http://", "https://"))


TITLE = "wells: 1.1 completed & 2.1 moved"
BODY = "- 1.1 completed (was initiated): 100 % done?\n- 2.1 due moved 2022-06 → 2022-12 #2"


@pytest.mark.parametrize(
    ("site", "path", "title", "body"),
    [
        (Site.GITHUB, "/unit/records/compare/main...wells/1.1%23a", "title", "body"),
        (Site.GITEA, "/unit/records/compare/main...wells/1.1%23a", "title", "body"),
        (
            Site.GITLAB,
            "/unit/records/-/merge_requests/new",
            "merge_request[title]",
            "merge_request[description]",
        ),
    ],
)
def test_the_page_opens_with_title_and_text_filled_in(site: Site, path: str, title: str, body: str) -> None:
    address = pull_request_address(
        Project("https://host.org/unit/records", site), "main", "wells/1.1#a", TITLE, BODY
    )
    parts = urlsplit(address or "")
    asked = parse_qs(parts.query, strict_parsing=True)
    assert (parts.path, asked[title], asked[body]) == (path, [TITLE], [BODY])
    assert "+" not in parts.query
    if site is Site.GITLAB:
        assert asked["merge_request[source_branch]"] == ["wells/1.1#a"]
        assert asked["merge_request[target_branch]"] == ["main"]
    else:
        assert asked["expand"] == ["1"]


def test_a_host_of_unknown_kind_gets_no_guessed_address() -> None:
    assert pull_request_address(Project("https://git.agency.org/x", None), "main", "b", "t", "b") is None


@pytest.mark.parametrize("body", ["- 1.1 completed → ✓\n" * 900, "é" * 9000])
def test_a_long_text_is_cut_at_a_line_and_says_so(body: str) -> None:
    project = Project("https://github.com/unit/records", Site.GITHUB)
    address = pull_request_address(project, "main", "b", "t", body) or ""
    assert len(address) <= LONGEST
    text = parse_qs(urlsplit(address).query)["body"][0]
    assert text.endswith(CUT)
    assert body.startswith(text.removesuffix(CUT))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (
            """remote:
remote: Create a pull request for 'b' on GitHub by visiting:
remote:      https://git.agency.org/unit/records/pull/new/b
To git.agency.org:unit/records.git
""",
            ("https://git.agency.org/unit/records/pull/new/b", Site.GITHUB),
        ),
        (
            "remote: View merge request for b:\nremote:   https://git.agency.org/u/r/-/merge_requests/7\n",
            ("https://git.agency.org/u/r/-/merge_requests/7", Site.GITLAB),
        ),
        (
            "remote: Create a new pull request for 'b':\nremote:   https://git.agency.org/u/r/compare/main...b\n",
            ("https://git.agency.org/u/r/compare/main...b", Site.GITEA),
        ),
        ("remote: Our rules: https://agency.org/rules\nTo https://git.agency.org/x/compare/y\n", None),
        ("", None),
    ],
)
def test_the_address_that_the_host_prints_is_found(words: str, found: tuple[str, Site] | None) -> None:
    assert printed_address(words) == found

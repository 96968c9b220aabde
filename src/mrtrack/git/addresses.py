"""The address at which a hosting site opens a pull request, from the address of a remote; pure.

GitHub, GitLab, and Gitea with its kin (Forgejo) are told by their host's name, or by the address that the host
itself printed when it was pushed to.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote, urlencode, urlsplit

LONGEST = 6000
CUT = "\n… (cut here; the commit tells it all)"
_SCP_LIKE = re.compile(r"(?:[^@/\s]+@)?(\[[0-9A-Fa-f:.]+\]|[^@:/\s\[\]]{2,}):(?!//)(.+)")
_ADDRESS = re.compile(r"https?://[^\s\x00-\x1f\x7f-\x9f]+")
_SSH_HOSTS = {"ssh.github.com": "github.com", "altssh.gitlab.com": "gitlab.com"}
_WEB = {
    "https": "https",
    "http": "http",
    "ssh": "https",
    "git+ssh": "https",
    "ssh+git": "https",
    "git": "https",
}


class Site(StrEnum):
    """The kinds of hosting site whose addresses are known."""

    GITHUB = "GitHub"
    GITLAB = "GitLab"
    GITEA = "Gitea"


_NAMES = {"github": Site.GITHUB, "gitlab": Site.GITLAB, "gitea": Site.GITEA, "forgejo": Site.GITEA}
_KNOWN = {"codeberg.org": Site.GITEA}
_PRINTED = (("/-/merge_requests/", Site.GITLAB), ("/pull/new/", Site.GITHUB), ("/compare/", Site.GITEA))


@dataclass(frozen=True, slots=True)
class Project:
    """A project on a hosting site: the address of its page, and the kind of site where that is known."""

    address: str
    site: Site | None


def project_of(remote: str) -> Project | None:
    """The project that a remote's address names; None for a folder and for a host that only ssh knows.

    Names and passwords in the address are left out. A port is kept for the web, not for ssh.
    """
    remote = remote.strip()
    scheme, host, port, path = _parts(remote)
    path = path.strip("/").removesuffix(".git").strip("/")
    host = _SSH_HOSTS.get(host, host)
    if not path or scheme not in _WEB or not ("." in host or ":" in host or host == "localhost"):
        return None
    shown_host = f"[{host}]" if ":" in host else host
    shown_port = f":{port}" if port and scheme in ("http", "https") else ""
    return Project(f"{_WEB[scheme]}://{shown_host}{shown_port}/{quote(path, safe='/~%')}", _site_of(host))


def pull_request_address(project: Project, main: str, branch: str, title: str, body: str) -> str | None:
    """The address that opens a pull request with its text filled in; None where the kind of site is not known.

    A body that would make the address longer than hosts take is cut at a line, and says so.
    """
    if project.site is None:
        return None
    text, lines = body, body[:LONGEST].splitlines()
    if len(body) > LONGEST:
        text = _cut(lines)
    while len(address := _address(project, main, branch, title, text)) > LONGEST and lines:
        text = _cut(lines)
    return address


def printed_address(words: str) -> tuple[str, Site] | None:
    """The address for a pull request that a host printed when it was pushed to, and what kind of site says so."""
    lines = [line.removeprefix("remote:") for line in words.splitlines() if line.startswith("remote:")]
    for found in _ADDRESS.findall("\n".join(lines)):
        for part, site in _PRINTED:
            if part in found:
                return found, site
    return None


def _cut(lines: list[str]) -> str:
    lines.pop()
    return "\n".join(lines).rstrip() + CUT


def _address(project: Project, main: str, branch: str, title: str, body: str) -> str:
    if project.site is Site.GITLAB:
        asked = {"source_branch": branch, "target_branch": main, "title": title, "description": body}
        query = urlencode({f"merge_request[{key}]": value for key, value in asked.items()}, quote_via=quote)
        return f"{project.address}/-/merge_requests/new?{query}"
    query = urlencode({"expand": "1", "title": title, "body": body}, quote_via=quote)
    return f"{project.address}/compare/{quote(main)}...{quote(branch)}?{query}"


def _parts(remote: str) -> tuple[str, str, int | None, str]:
    if "://" not in remote:
        found = _SCP_LIKE.fullmatch(remote)
        return ("ssh", found[1].strip("[]").lower(), None, found[2]) if found else ("", "", None, "")
    try:
        parts = urlsplit(remote)
        return parts.scheme.lower(), parts.hostname or "", parts.port, parts.path
    except ValueError:
        return "", "", None, ""


def _site_of(host: str) -> Site | None:
    if host in _KNOWN:
        return _KNOWN[host]
    labels = re.split(r"[.-]", host)
    return next((site for name, site in _NAMES.items() if name in labels), None)

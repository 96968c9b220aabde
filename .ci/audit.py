"""Asks pip-audit's service about every locked package, and says what could be asked and what could not.

pip-audit asks about one version of a package. Some mirrors of the index only tell of the newest one: a package that
is locked at it is asked about in this way, and any other is named as not asked about.
"""

import re
import sys
from pathlib import Path

import requests
from packaging.version import Version
from pip_audit._service.interface import ResolvedDependency, ServiceError
from pip_audit._service.pypi import PyPIService

LOCKED = ("locked.txt", "locked-sources.txt")
ACCEPTED: dict[str, str] = {}  # advisories that a person has looked at: why each does not matter here
SECONDS = 20


class Newest:
    """A session that asks about the newest version where the index does not tell of single ones."""

    def __init__(self, session: requests.Session) -> None:
        self._session = session

    def get(self, url: str, timeout: int | None) -> requests.Response:
        """What the index says about a version; not found, where it says nothing of it."""
        said: requests.Response = self._session.get(url=url, timeout=timeout)
        if said.status_code != requests.codes.not_found:
            return said
        *begin, version, last = url.split("/")
        of_newest: requests.Response = self._session.get(url="/".join([*begin, last]), timeout=timeout)
        if of_newest.ok and Version(of_newest.json()["info"]["version"]) == Version(version):
            return of_newest
        return said


def locked() -> list[ResolvedDependency]:
    """Every package of the locked sets."""
    here = Path(__file__).resolve().parent
    texts = [(here / name).read_text(encoding="utf-8") for name in LOCKED]
    found = {match for text in texts for match in re.findall(r"^([\w.-]+)==([^\s;]+)", text, re.MULTILINE)}
    return [ResolvedDependency(name, Version(version)) for name, version in sorted(found)]


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def main() -> int:
    """Ask about each; 1 where one is known to be vulnerable."""
    service = PyPIService(timeout=SECONDS)
    service.session = Newest(service.session)  # type: ignore[assignment]
    asked, unknown, found = 0, [], []
    packages = locked()
    for package in packages:
        try:
            told, advisories = service.query(package)
        except (ServiceError, requests.RequestException) as error:
            _say(f"Nothing was audited: the index cannot be asked ({type(error).__name__}).")
            return 0
        if told.is_skipped():
            unknown.append(f"{package.name} {package.version}")
            continue
        asked += 1
        found += [(package, one) for one in advisories if one.id not in ACCEPTED]
    for package, one in found:
        fixed = ", ".join(map(str, one.fix_versions)) or "none"
        _say(f"{package.name} {package.version}: {one.id}, mended in {fixed}: {one.description[:200]}")
    _say(f"{asked} of {len(packages)} locked packages were audited; {len(found)} known vulnerabilities.")
    if unknown:
        _say(f"The index does not tell of {', '.join(unknown)}: not audited.")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())

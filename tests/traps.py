"""A repository in which everything that git can be told to run would leave a mark: what a stranger could hand over."""

import os
import stat
from pathlib import Path

from conftest import git

_HOOKS = (
    "applypatch-msg", "commit-msg", "fsmonitor-watchman", "post-applypatch", "post-checkout", "post-commit",
    "post-index-change", "post-merge", "post-rewrite", "pre-applypatch", "pre-auto-gc", "pre-commit",
    "pre-merge-commit", "pre-push", "pre-rebase", "prepare-commit-msg", "reference-transaction",
)  # fmt: skip
_PROGRAMS = (
    "core.fsmonitor", "core.sshCommand", "core.pager", "core.editor", "core.askPass", "core.gitProxy",
    "core.alternateRefsCommand", "diff.external", "diff.trap.command", "diff.trap.textconv", "filter.trap.clean",
    "filter.trap.smudge", "filter.a=b.process", "merge.trap.driver", "merge.default.driver", "gpg.program",
    "gpg.ssh.program", "sequence.editor", "interactive.diffFilter", "remote.origin.uploadpack",
    "remote.origin.receivepack", "pager.diff", "pager.log", "pager.status", "trailer.trap.command",
    "uploadpack.packObjectsHook",
)  # fmt: skip
_SHELL = ("credential.helper", "alias.status", "alias.diff", "alias.log", "alias.rev-parse", "alias.ls-files")
_SWITCHES = {
    "filter.trap.required": "true",
    "log.showSignature": "true",
    "commit.gpgSign": "true",
    "diff.autoRefreshIndex": "true",
    "diff.submodule": "log",
    "diff.ignoreSubmodules": "none",
    "status.submoduleSummary": "true",
    "submodule.recurse": "true",
    "core.untrackedCache": "true",
    "protocol.allow": "always",
    "protocol.ext.allow": "always",
    "protocol.file.allow": "always",
    "core.repositoryFormatVersion": "1",
    "extensions.partialClone": "origin",
    "remote.origin.promisor": "true",
    "remote.origin.fetch": "+refs/heads/*:refs/remotes/origin/*",
}
_ATTRIBUTES = (
    "*.yaml filter=trap diff=trap merge=trap\nmrtrack.toml filter=a=b\n*.toml filter=a=b\n* text=auto\n"
)


class Traps:
    """The traps that were laid in a repository, and which of them something walked into."""

    def __init__(self, marks: Path) -> None:
        self._marks = marks
        marks.mkdir()

    @property
    def sprung(self) -> set[str]:
        """The names of those that were run."""
        return {mark.name for mark in self._marks.iterdir()}

    def forget(self) -> None:
        """Lay them all anew."""
        for mark in self._marks.iterdir():
            mark.unlink()

    def lay(self, work_tree: Path, git_folder: Path | None = None, within: str = "") -> None:
        """Fill the configuration, the hooks and the attributes of a repository that has at least one commit.

        `within` goes before the name of each mark.
        """
        held = git_folder or work_tree / ".git"
        hooks = held / "hooks"
        hooks.mkdir(exist_ok=True)
        for name in _HOOKS:
            self._program(hooks / name, f"{within}hook {name}")
        keys = {key: str(self._program(hooks / f"run-{key}", f"{within}{key}")) for key in _PROGRAMS}
        keys |= {key: f"!touch '{self._marks}/{within}{key}'" for key in _SHELL}
        keys |= _SWITCHES
        keys["core.hooksPath"] = str(hooks)
        keys["remote.origin.url"] = f"ext::touch {self._marks}/{within.strip()}ext"
        with (held / "config").open("a", encoding="utf-8") as file:
            file.writelines(_setting(key, value) for key, value in keys.items())
        (held / "info").mkdir(exist_ok=True)
        (held / "info" / "attributes").write_text(_ATTRIBUTES, encoding="utf-8")
        (work_tree / ".gitattributes").write_text(_ATTRIBUTES, encoding="utf-8")
        stir(work_tree)

    def _program(self, path: Path, name: str) -> Path:
        passing_on = "cat\n" if "filter." in name or "textconv" in name else ""
        path.write_text(f"#!/bin/sh\n: > '{self._marks}/{name}'\n{passing_on}", encoding="utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return path


def stir(work_tree: Path) -> None:
    """Have git look into every record anew: what it noted of their size and hour no longer holds."""
    for path in (*work_tree.rglob("*.yaml"), *work_tree.rglob("*.toml")):
        hour = path.stat().st_mtime_ns // 1_000_000_000 % 1000 + 1
        os.utime(path, (hour, hour))


def _setting(key: str, value: str) -> str:
    section, _, rest = key.partition(".")
    within, _, name = rest.rpartition(".")
    quoted = value.replace("\\", "\\\\").replace('"', '\\"')
    head = f'[{section} "{within}"]' if within else f"[{section}]"
    return f'{head}\n\t{name} = "{quoted}"\n'


def sign_last_commit() -> None:
    """Have the last commit bear something that git would show to `gpg.program`."""
    told = git("cat-file", "commit", "HEAD")
    head, _, message = told.partition("\n\n")
    signed = f"{head}\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n\n{message}"
    Path(".git/signed").write_text(signed, encoding="utf-8")
    name = git("hash-object", "-t", "commit", "-w", ".git/signed").strip()
    git("update-ref", "HEAD", name)


def lose(revision: str) -> None:
    """Take the object of a revision out of the store, as a clone that left it at the remote has not got it."""
    name = git("rev-parse", revision).strip()
    path = Path(".git/objects", name[:2], name[2:])
    path.chmod(0o600)
    path.unlink()

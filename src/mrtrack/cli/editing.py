"""An item in the person's editor: what they save becomes the record, or is refused and put aside."""

import os
import shlex
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import typer

from mrtrack import git
from mrtrack.cli import terminal
from mrtrack.cli.found import Target
from mrtrack.cli.problems import shown
from mrtrack.cli.session import Session
from mrtrack.edit.excerpt import cut_out, put_back
from mrtrack.edit.refusal import Refused
from mrtrack.edit.verify import encode
from mrtrack.problems import Problem, is_error
from mrtrack.rules.checking import check
from mrtrack.rules.history_kinds import CHANGED_WITHOUT_ENTRY
from mrtrack.rules.rewriting import rewritten_history
from mrtrack.source.reader import Reading, read
from mrtrack.store.writing import Written, rewrite

SHOWN = 5


def edit_in_editor(session: Session, target: Target) -> Written | None:
    """Let the person change an item, and write what they saved; None where they changed nothing.

    Text that is not kept stays in a file of its own, which the refusal names.

    Raises:
        Refused: where the editor fails, what was saved is no valid record or rewrites a history that is
            committed, and as `store.writing.rewrite` does.
    """
    with tempfile.TemporaryDirectory(prefix="mrtrack-") as folder:
        file = Path(folder) / f"{target.ref.replace(':', '-')}.yaml"
        file.write_text(cut_out(target.reading, target.path), encoding="utf-8", newline="")
        while True:
            _open_editor(file)
            saved = file.read_bytes()
            try:
                after = _put_back(target, saved)
                if after is None:
                    return None
                problems = _new_problems(session, target.reading, after)
                if not problems:
                    return _keep(session, target.reading, after)
                _offer_another_turn(problems)
            except Refused as error:
                raise Refused(error.message, f"{error.hint}; your text is in {_put_aside(saved)}") from None


def _open_editor(file: Path) -> None:
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ("notepad" if os.name == "nt" else "vi")
    try:
        done = subprocess.run([*shlex.split(editor), str(file)], check=False)  # noqa: S603 - the person's own
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise Refused(f"the editor “{editor}” cannot be started: {reason}", "set VISUAL or EDITOR") from None
    if done.returncode:
        raise Refused(
            f"the editor left with {done.returncode}; nothing was changed",
            "save and leave it to keep a change",
        )


def _put_back(target: Target, saved: bytes) -> Reading | None:
    before = target.reading
    if not saved.strip():
        raise Refused("what was saved is empty, and was not kept", "nothing is removed from a record")
    try:
        text = put_back(before, target.path, saved.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Refused("what was saved is not UTF-8, and was not kept", "let the editor save UTF-8") from None
    return None if text == before.text else read(encode(before, text), before.path)


def _new_problems(session: Session, before: Reading, after: Reading) -> Sequence[Problem]:
    settings = session.repository.settings
    known = {(problem.code, problem.ref, problem.message) for problem in check(before, settings)}
    return [
        problem
        for problem in check(after, settings)
        if is_error(problem) and (problem.code, problem.ref, problem.message) not in known
    ]


def _offer_another_turn(problems: Sequence[Problem]) -> None:
    terminal.remark("".join(shown(problem) for problem in problems[:SHOWN]))
    if not (terminal.is_dialogue() and typer.confirm("Edit again?", default=True)):
        raise Refused("what was saved is not valid, and was not kept", "edit again")


def _keep(session: Session, before: Reading, after: Reading) -> Written:
    committed = git.content_at_head(session.repository.root, before.path)
    lost = rewritten_history(read(committed, before.path), after) if committed else ()
    first = next((one for one in lost if is_error(one) and one.code != CHANGED_WITHOUT_ENTRY.code), None)
    if first:
        raise Refused(
            f"{first.ref}: {first.message}, and it is committed",
            "a history only grows: record a correction with mrtrack update --corrects",
        )

    def change(now: Reading) -> Reading:
        if now.content != before.content:
            raise Refused(f"{before.path} was changed while you edited", "edit again")
        return after

    return rewrite(session.repository, before.path, change)


def _put_aside(saved: bytes) -> str:
    handle, path = tempfile.mkstemp(prefix="mrtrack-", suffix=".yaml")
    with os.fdopen(handle, "wb") as file:
        file.write(saved)
    return path

"""The layers of the program, proven by reading the imports of every module (DESIGN.md, section 4)."""

import ast
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent / "src" / "mrtrack"

ROWS = (
    ("model", "timeline", "problems"),
    ("source", "edit"),
    ("query", "changes", "rules", "indicators", "merge"),
    ("config", "git", "store", "index"),
    ("importers", "reports"),
    ("cli",),
)
TOP = len(ROWS)
PLACE = {layer: (row, column) for row, layers in enumerate(ROWS) for column, layer in enumerate(layers)}
TOUCHES_THE_WORLD = {"config", "git", "store", "index", "importers", "reports", "cli", "__main__"}

WORLDLY_MODULES = {
    *("os", "subprocess", "sqlite3", "shutil", "tempfile", "glob", "fcntl", "socket", "urllib", "time"),
    *("logging", "signal", "threading", "multiprocessing", "getpass", "locale", "filelock", "platformdirs"),
}
WORLDLY_PATHS = {"Path", "PosixPath", "WindowsPath"}
WORLDLY_CALLS = {"open", "print", "input", "exec", "eval", "__import__", "breakpoint", "exit", "quit"}
WORLDLY_METHODS = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "today", "now", "utcnow"}
HEAVY = {"rich", "ruamel", "jinja2", "pydantic", "pydantic_core", "yaml", "sqlite3"}


def modules() -> dict[str, str]:
    """The text of every module of the program, by its dotted name below mrtrack."""
    found = {}
    for file in sorted(SOURCE.rglob("*.py")):
        parts = file.relative_to(SOURCE).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = file.read_text(encoding="utf-8")
    return found


def violations(name: str, text: str) -> list[str]:
    """What a module does that its layer must not do."""
    tree = ast.parse(text)
    layer = name.partition(".")[0]
    found = [f"{name} imports {target}, {why}" for target, why in _wrong_imports(layer, tree)]
    if layer not in TOUCHES_THE_WORLD:
        found += [f"{name} uses {what}, and is pure" for what in _worldly(tree)]
    if layer == "cli" and not name.startswith("cli.screens."):
        found += [
            f"{name} imports {heavy} before it is needed" for heavy in _heavy(_loaded_at_once(tree.body))
        ]
    return found


def loaded_with(name: str, texts: dict[str, str]) -> set[str]:
    """Every package that loading a module loads, through whichever modules of ours."""
    loaded: set[str] = set()
    waiting = [name]
    seen: set[str] = set()
    while waiting:
        module = waiting.pop()
        if module in seen or module not in texts:
            continue
        seen.add(module)
        for target in _loaded_at_once(ast.parse(texts[module]).body):
            loaded.add(target)
            parts = target.split(".")[1:] if target.startswith("mrtrack.") else []
            waiting += [".".join(parts[:length]) for length in range(1, len(parts) + 1)]
    return loaded


def _heavy(targets: set[str]) -> list[str]:
    return sorted(
        target
        for target in targets
        if target.split(".")[0] in HEAVY or target.startswith("mrtrack.cli.screens")
    )


def _wrong_imports(layer: str, tree: ast.Module) -> Iterator[tuple[str, str]]:
    for target in _imported(tree):
        if not target.startswith("mrtrack."):
            continue
        other = target.split(".")[1]
        if other not in PLACE:
            yield target, "which belongs to no layer"
        elif layer in (other, "__main__"):
            continue
        elif layer not in PLACE:
            yield target, "and belongs to no layer itself"
        elif PLACE[other][0] > PLACE[layer][0]:
            yield target, "which lies below it"
        elif PLACE[other][0] == PLACE[layer][0] and PLACE[other][1] > PLACE[layer][1]:
            yield target, "which lies to its right"


def _imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = f"{'mrtrack.' if node.level else ''}{node.module or ''}".rstrip(".")
            whole = (f"{base}.{alias.name}" for alias in node.names)
            yield from (name for name in whole if name != "mrtrack.__version__")


def _worldly(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names if alias.name.split(".")[0] in WORLDLY_MODULES)
            case ast.ImportFrom(module=str(module)) if module.split(".")[0] in WORLDLY_MODULES:
                yield module
            case ast.ImportFrom(module="pathlib", names=names):
                yield from (alias.name for alias in names if alias.name in WORLDLY_PATHS)
            case ast.Call(func=ast.Name(id=called)) if called in WORLDLY_CALLS:
                yield f"{called}()"
            case ast.Call(func=ast.Attribute(attr=method)) if method in WORLDLY_METHODS:
                yield f".{method}()"
            case ast.Attribute(value=ast.Name(id="sys"), attr=name) if name != "maxsize":
                yield f"sys.{name}"
            case ast.Attribute(value=ast.Name(id="pathlib"), attr=method) if method in WORLDLY_PATHS:
                yield f"pathlib.{method}"


def _loaded_at_once(body: list[ast.stmt]) -> set[str]:
    """What a module imports when it is itself loaded."""
    found: set[str] = set()
    for statement in body:
        if isinstance(statement, ast.If) and "TYPE_CHECKING" in ast.unparse(statement.test):
            found |= _loaded_at_once(statement.orelse)
        elif isinstance(statement, (ast.Import, ast.ImportFrom)):
            found |= set(_imported(ast.Module([statement], [])))
        elif not isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
            for inner in ("body", "orelse", "finalbody", "handlers"):
                found |= _loaded_at_once(getattr(statement, inner, []))
    return found


def test_every_module_imports_only_from_above_and_from_its_left() -> None:
    found = modules()
    assert "model.record" in found
    assert [problem for name, text in found.items() for problem in violations(name, text)] == []


def test_every_module_belongs_to_a_layer() -> None:
    layers = {name.partition(".")[0] for name in modules()} - {"", "__main__"}
    assert layers <= set(PLACE)


def test_the_command_line_starts_without_loading_what_only_some_commands_need() -> None:
    assert _heavy(loaded_with("cli.main", modules())) == []


def test_what_is_loaded_through_another_module_is_found() -> None:
    texts = {"cli.main": "from mrtrack.model import record", "model": "", "model.record": "import pydantic"}
    assert _heavy(loaded_with("cli.main", texts)) == ["pydantic"]
    texts = {"cli.main": "from mrtrack.model.dates import x", "model": "import yaml", "model.dates": ""}
    assert _heavy(loaded_with("cli.main", texts)) == ["yaml"]
    texts = {"cli.main": "def f():\n    import mrtrack.model.record", "model.record": "import pydantic"}
    assert _heavy(loaded_with("cli.main", texts)) == []


def test_an_import_from_below_is_found() -> None:
    assert violations("model.record", "from mrtrack.source.reader import read") == [
        "model.record imports mrtrack.source.reader.read, which lies below it"
    ]
    assert violations("source.tree", "def f():\n    from mrtrack import store") == [
        "source.tree imports mrtrack.store, which lies below it"
    ]
    assert violations("query.rows", "if TYPE_CHECKING:\n    import mrtrack.cli.main") == [
        "query.rows imports mrtrack.cli.main, which lies below it"
    ]
    assert violations("query.rows", "from ..store.records import x") == [
        "query.rows imports mrtrack.store.records.x, which lies below it"
    ]
    assert violations("rules.rule", "from mrtrack.query import rows\nfrom mrtrack import timeline") == []


def test_an_import_from_the_right_is_found() -> None:
    assert violations("source.reader", "from mrtrack.edit import splice") == [
        "source.reader imports mrtrack.edit.splice, which lies to its right"
    ]
    assert violations("edit.splice", "from mrtrack.source.reader import read") == []


def test_a_module_outside_the_layers_is_found() -> None:
    assert violations("cli.show", "from mrtrack.helpers import tidy") == [
        "cli.show imports mrtrack.helpers.tidy, which belongs to no layer"
    ]
    assert violations("helpers", "from mrtrack.model import record") == [
        "helpers imports mrtrack.model.record, and belongs to no layer itself"
    ]
    assert violations("cli.show", "from mrtrack import __version__") == []


def test_a_pure_layer_that_touches_files_processes_or_the_clock_is_found() -> None:
    for text, what in {
        "import os": "os",
        "import os.path as p": "os.path",
        "from subprocess import run": "subprocess",
        "def f():\n    import sqlite3": "sqlite3",
        "from pathlib import Path": "Path",
        "import pathlib\npathlib.Path('x')": "pathlib.Path",
        "open('x')": "open()",
        "f.read_text()": ".read_text()",
        "print('x')": "print()",
        "sys.stdout.write('x')": "sys.stdout",
        "date.today()": ".today()",
    }.items():
        assert violations("query.rows", text) == [f"query.rows uses {what}, and is pure"]
        assert violations("store.records", text) == []
    assert violations("query.rows", "from pathlib import PurePosixPath") == []


def test_a_heavy_import_at_the_top_of_a_command_is_found() -> None:
    for text in (
        "import rich.text",
        "try:\n    import rich.text\nexcept ImportError:\n    pass",
        "try:\n    pass\nexcept ImportError:\n    import rich.text",
        "class A:\n    import rich.text",
        "if x:\n    pass\nelse:\n    import rich.text",
    ):
        assert violations("cli.show", text) == ["cli.show imports rich.text before it is needed"]
        assert violations("cli.screens.whole", text) == []
        assert violations("reports.page", text) == []
    assert violations("cli.show", "from mrtrack.cli.screens import whole") == [
        "cli.show imports mrtrack.cli.screens.whole before it is needed"
    ]
    assert violations("cli.show", "def show():\n    import rich") == []
    assert violations("cli.show", "if TYPE_CHECKING:\n    import rich") == []

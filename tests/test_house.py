"""The rooms of the house: who may look at whom, and who may use what from outside."""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "symcount"

ORDER = {
    "records": (),
    "errors": (),
    "grammar": (),
    "catalogue": ("errors", "records"),
    "arithmetic": ("records",),
    "syntax": ("errors", "records"),
    "layers": ("errors", "records", "arithmetic"),
    "algebra": ("errors", "records", "arithmetic"),
    "program": ("errors", "records", "catalogue", "arithmetic", "syntax", "layers"),
    "trace": ("errors", "records", "arithmetic", "syntax", "layers", "algebra", "program"),
    "quantities": ("errors", "records", "arithmetic", "layers", "trace"),
    "counts": (
        "errors", "records", "catalogue", "arithmetic", "syntax", "layers", "algebra", "program", "trace", "quantities",
    ),
    "answers": (
        "errors", "records", "catalogue", "arithmetic", "layers", "algebra", "program", "trace", "quantities", "counts",
    ),
    "derivation": ("errors", "records", "arithmetic", "layers", "algebra", "trace", "quantities", "counts"),
    "drawing": (
        "errors", "records", "arithmetic", "layers", "algebra", "program", "trace", "quantities", "counts",
    ),
    "render": (
        "errors", "records", "catalogue", "arithmetic", "layers", "algebra", "program", "quantities", "counts",
        "answers", "derivation", "drawing",
    ),
    "compiled": ("records", "answers", "render"),
    "formula": ("errors", "records", "arithmetic", "algebra", "counts", "answers", "render", "compiled"),
    "solution": ("records", "quantities", "counts", "derivation", "render"),
    "comparison": ("answers", "render"),
    "answered": ("records",),
    "proof": ("answered", "answers", "render"),
    "solutions": ("answered", "arithmetic", "answers", "render"),
    "listing": ("catalogue", "counts", "render"),
    "picture": ("records", "counts", "drawing", "render"),
    "given": ("errors", "counts"),
    "architecture": (
        "errors", "records", "algebra", "quantities", "counts", "answers", "derivation", "drawing", "render",
        "compiled", "formula", "solution", "solutions", "listing", "picture", "given",
    ),
    "questions": (
        "errors", "quantities", "answers", "comparison", "proof", "solutions", "given", "architecture",
    ),
    "interop": (
        "errors", "records", "catalogue", "arithmetic", "syntax", "layers", "algebra", "program", "trace",
        "quantities", "counts", "answers", "architecture",
    ),
    "exam": (
        "errors", "records", "arithmetic", "syntax", "layers", "program", "trace", "quantities", "counts", "answers",
        "derivation", "render", "formula", "architecture",
    ),
    "playground": (
        "errors", "records", "catalogue", "arithmetic", "syntax", "layers", "program", "quantities", "counts",
        "answers", "render", "formula", "solution", "architecture", "interop",
    ),
    "cli": (
        "errors", "records", "catalogue", "program", "quantities", "counts", "answers", "drawing", "render",
        "picture", "architecture", "interop", "exam", "playground",
    ),
    "__main__": ("cli",),
    "start": ("quantities", "counts", "answers", "listing", "architecture"),
    "symcount": (
        "errors", "quantities", "counts", "formula", "solution", "solutions", "proof", "architecture", "questions",
        "interop", "start",
    ),
}  # fmt: skip
"""Each room, and those that it may look into; the package itself stands last."""

ALONE = {"sympy": {"algebra"}, "lark": {"syntax"}, "click": {"cli"}, "sys": {"cli"}, "rich": {"render.terminal"}}
"""What comes from outside, and the only room or module that imports it."""

COSTLY = frozenset(
    ("sympy", "rich", "typst", "genanki", "numpy", "duckdb", "distributed", "torch", "keras", "flax", "jax", "onnx")
)
"""What is imported when it is needed: an answer on numbers must come fast, and an extra may be missing."""

VAGUE = frozenset("utils util helpers helper manager handler data info common misc".split())
TOP = frozenset(
    "pyproject.toml README.md LICENSE CHANGELOG.md CITATION.cff CONTRIBUTING.md SECURITY.md "
    "grammar symcount tests docs".split()
)


class Import(NamedTuple):
    """One import of a module: of what, on which line, whether for annotations alone, and whether inside a function."""

    module: str
    line: int
    for_types: bool
    when_called: bool = False
    by_name: bool = False


def imports(source: str) -> Iterator[Import]:
    """Every import in a module's text, also those inside functions and for annotations."""
    pending: list[tuple[ast.AST, bool, bool]] = [(ast.parse(source), False, False)]
    while pending:
        node, for_types, when_called = pending.pop()
        match node:
            case ast.Import(names=names):
                yield from (Import(each.name, node.lineno, for_types, when_called) for each in names)
            case ast.ImportFrom(module=module, names=names, level=level):
                if level:
                    raise AssertionError(f"line {node.lineno}: imports are written in full")
                found = dict.fromkeys(_imported(module or "", each.name) for each in names)
                yield from (Import(each, node.lineno, for_types, when_called) for each in found)
            case ast.If(test=ast.Name(id="TYPE_CHECKING"), body=body, orelse=orelse):
                pending += ((each, True, when_called) for each in body)
                pending += ((each, for_types, when_called) for each in orelse)
                continue
            case ast.Call(func=ast.Name(id="__import__" | "import_module"), args=[ast.Constant(value=str() as name)]):
                yield Import(name, node.lineno, for_types, when_called, by_name=True)
        inside = when_called or isinstance(node, ast.FunctionDef)
        pending += [(child, for_types, inside) for child in ast.iter_child_nodes(node)]


def _imported(module: str, name: str) -> str:
    """What ``from module import name`` imports: a module of a room, or something in one."""
    inner = f"{module}.{name}"
    path = ROOT.joinpath(*inner.split("."))
    is_module = path.is_dir() or path.with_suffix(".py").exists()
    return inner if module == "symcount" or (module.startswith("symcount.") and is_module) else module


def room_of(module: str) -> str:
    """The room of a module of the package: ``symcount.layers.dense`` is in layers."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else parts[0]


def complaints(module: str, source: str) -> list[str]:
    """What is wrong with the imports of a module."""
    room, place = room_of(module), module.removeprefix("symcount.")
    found = []
    for each in imports(source):
        first = each.module.split(".")[0]
        other = room_of(each.module)
        if first == "symcount" and other != room and other not in ORDER[room]:
            found.append(f"{module}:{each.line}: {room} looks into {other}")
        if first in ALONE and not {room, place} & ALONE[first]:
            found.append(f"{module}:{each.line}: {first} is imported outside {', '.join(ALONE[first])}")
        own = each.by_name and other == room  # a room may load a module of its own by its name
        if each.when_called and not own and first not in sys.stdlib_module_names and not is_costly(each.module):
            found.append(f"{module}:{each.line}: {each.module} is imported inside a function")
    return found


@cache
def is_costly(module: str) -> bool:
    """Whether to import a module is to import what is costly."""
    pending, met = [module], {module}
    while pending:
        found = {each.module for each in of_module(pending.pop()) if not (each.for_types or each.when_called)}
        pending += found - met
        met |= found
    return any(each.split(".")[0] in COSTLY for each in met)


@cache
def of_module(module: str) -> list[Import]:
    """The imports of a module of the package; none of what comes from outside."""
    return [*imports(modules().get(module, ""))]


def circle(graph: Mapping[str, set[str]]) -> list[str]:
    """Modules that import each other in a circle, if any do."""
    try:
        list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        found: list[str] = error.args[1]
        return found
    return []


@cache
def modules() -> dict[str, str]:
    """The text of every module of the package, by name; the grammar's folder is one of them."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = path.read_text(encoding="utf-8")
    found["symcount.grammar"] = (ROOT / "grammar" / "__init__.py").read_text(encoding="utf-8")
    return found


@pytest.mark.parametrize("module", modules())
def test_a_room_looks_only_into_those_before_it(module: str) -> None:
    assert complaints(module, modules()[module]) == []


def test_the_order_has_no_circle() -> None:
    places = {room: place for place, room in enumerate(ORDER)}
    assert all(places[other] < places[room] for room, others in ORDER.items() for other in others)


def test_no_module_is_imported_in_a_circle() -> None:
    """Not even for types, and not when a function is called."""
    known = modules()
    graph: dict[str, set[str]] = {
        module: {each.module for each in of_module(module) if each.module in known} for module in known
    }
    assert circle(graph) == []
    assert circle({**graph, "symcount.records": {"symcount.render.count"}}) != []


def test_every_room_is_real_and_every_door_is_used() -> None:
    real = {room_of(module) for module in modules()}
    assert real == set(ORDER)
    used: dict[str, set[str]] = {room: set() for room in ORDER}
    for module, source in modules().items():
        used[room_of(module)] |= {room_of(each.module) for each in imports(source) if "symcount." in each.module}
    # the grammar is read as a file of its package
    assert [(room, door) for room in ORDER for door in ORDER[room] if door not in used[room] | {"grammar"}] == []


@pytest.mark.parametrize(
    ("module", "source", "complaint"),
    [
        ("symcount.layers.dense", "import symcount.program", "layers looks into program"),
        ("symcount.layers.dense", "from symcount.syntax import tree", "layers looks into syntax"),
        ("symcount.layers.dense", "from symcount import syntax", "layers looks into syntax"),
        ("symcount.arithmetic.terms", "from symcount.errors import near", "arithmetic looks into errors"),
        ("symcount.algebra.closed", "from symcount.counts import Count", "algebra looks into counts"),
        ("symcount.program.scope", "def f():\n    from symcount.algebra import equal", "program looks into algebra"),
        (
            "symcount.trace",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from symcount.render import table",
            "trace looks into render",
        ),
        ("symcount.counts.count", "from symcount.architecture import Architecture", "counts looks into architecture"),
        ("symcount.counts.count", "from symcount.derivation import case", "counts looks into derivation"),
        ("symcount.derivation.case", "from symcount.render import page", "derivation looks into render"),
        ("symcount.render.count", "from symcount.formula import Formula", "render looks into formula"),
        ("symcount.render.count", "def f():\n    import sympy", "sympy is imported outside algebra"),
        ("symcount.architecture", "from sympy import Symbol", "sympy is imported outside algebra"),
        ("symcount.render.count", "if TYPE_CHECKING:\n    import sympy", "sympy is imported outside algebra"),
        ("symcount.program.resolve", "import lark.lexer", "lark is imported outside syntax"),
        ("symcount.render.table", "import rich", "rich is imported outside render.terminal"),
        ("symcount.architecture", "import os, sys", "sys is imported outside cli"),
        ("symcount.errors", "__import__('click')", "click is imported outside cli"),
        (
            "symcount.counts.count",
            "def f():\n    from symcount.trace.walk import Walk",
            "symcount.trace.walk is imported inside a function",
        ),
        (
            "symcount.counts.count",
            "def f():\n    import_module('symcount.trace.walk')",
            "symcount.trace.walk is imported inside a function",
        ),
        (
            "symcount.architecture",
            "class A:\n    def f(self):\n        from symcount.derivation import Derivation",
            "symcount.derivation is imported inside a function",
        ),
    ],
)
def test_a_door_that_should_be_shut_is_seen(module: str, source: str, complaint: str) -> None:
    assert [complaint in found for found in complaints(module, source)] == [True]


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("symcount.render.terminal", "from rich.table import Table"),
        ("symcount.cli.commands", "import sys, click"),
        ("symcount.algebra.floors", "import sympy"),
        ("symcount.counts.count", "def f():\n    from symcount.counts.closed_sizes import ClosedSizes"),
        ("symcount.trace.repeats", "def f():\n    from symcount.algebra import iterate"),
        ("symcount.cli.count", "def f():\n    from symcount.render.terminal import show"),
        ("symcount.syntax.parser", "def f():\n    import_module('symcount.syntax.diagnosis')"),
        ("symcount.errors", "def near():\n    from difflib import get_close_matches"),
        ("symcount.layers.dense", "from symcount.layers.layer import Layer\nimport os"),
    ],
)
def test_a_door_that_may_be_open_is_not_complained_of(module: str, source: str) -> None:
    assert complaints(module, source) == []


def test_imports_are_written_in_full() -> None:
    with pytest.raises(AssertionError, match="written in full"):
        list(imports("from . import dense"))


def packages() -> set[str]:
    """Every folder of the package that holds modules."""
    folders = {path.parent for path in PACKAGE.rglob("*.py")}
    return {".".join(folder.relative_to(ROOT).parts) for folder in folders} | {"symcount.grammar"}


def unlisted(listed: list[str], found: set[str]) -> set[str]:
    return found ^ set(listed)


def test_every_folder_is_in_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    listed = project["tool"]["setuptools"]["packages"]
    assert unlisted(listed, packages()) == set()
    assert unlisted(listed[1:], packages()) == {listed[0]}
    assert unlisted([*listed, "symcount.attic"], packages()) == {"symcount.attic"}


def vague(names: list[str]) -> list[str]:
    """The names of modules that say nothing of what is in them."""
    return [name for name in names if VAGUE & set(name.split(".")[-1].split("_"))]


def test_every_module_says_what_is_in_it() -> None:
    assert vague([*modules()]) == []
    assert vague(["symcount.utils", "symcount.layers.conv_helpers", "symcount.layers.dense"]) == [
        "symcount.utils",
        "symcount.layers.conv_helpers",
    ]


def strangers(names: list[str]) -> list[str]:
    """What does not belong at the top of the repository; hidden things and what tools leave do."""
    left = ("build", "dist")
    return [name for name in names if name not in TOP | set(left) and name[0] != "." and ".egg-info" not in name]


def test_the_top_of_the_repository_is_tidy() -> None:
    assert strangers([path.name for path in ROOT.iterdir()]) == []
    assert strangers(["symcount", "notes.txt", ".git"]) == ["notes.txt"]

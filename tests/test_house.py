"""The rooms of the house: who may look at whom, and who may use what from outside."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
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
    "algebra": ("errors", "arithmetic"),
    "network": ("errors", "records", "arithmetic", "syntax", "layers"),
    "trace": ("errors", "records", "arithmetic", "syntax", "layers", "algebra", "network"),
    "quantities": ("errors", "records", "arithmetic", "layers", "trace"),
    "formulas": ("errors", "arithmetic", "layers", "algebra", "trace", "quantities"),
    "architecture": (
        "errors", "arithmetic", "syntax", "layers", "network", "trace", "quantities", "formulas",
    ),
    "derivation": ("errors", "records", "arithmetic", "layers", "algebra", "trace", "quantities", "architecture"),
    "render": (
        "errors", "records", "arithmetic", "layers", "algebra", "trace", "quantities", "architecture", "catalogue",
        "derivation",
    ),
    "cli": ("errors", "syntax", "network", "algebra", "architecture", "catalogue", "derivation", "render"),
    "symcount": ("errors", "architecture", "catalogue"),
}  # fmt: skip
"""Each room, and those that it may look into; the package itself stands last."""

ALONE = {"sympy": {"algebra"}, "lark": {"syntax"}, "click": {"cli"}, "sys": {"cli"}, "rich": {"render.terminal"}}
"""What comes from outside, and the only room or module that imports it."""

FACE = {("architecture", "derivation"), ("architecture", "render"), ("derivation", "render")}
"""Doors that open upwards, when a method of the public face is called and never on import: `derive`, `to`, and a
notebook's table."""

FOR_TYPES = {("architecture.architecture", "sympy")}
"""What a module may import under TYPE_CHECKING, for annotations alone."""

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
                if module == "symcount":
                    yield from (Import(f"symcount.{each.name}", node.lineno, for_types, when_called) for each in names)
                else:
                    yield Import(module or "", node.lineno, for_types, when_called)
            case ast.If(test=ast.Name(id="TYPE_CHECKING"), body=body, orelse=orelse):
                pending += ((each, True, when_called) for each in body)
                pending += ((each, for_types, when_called) for each in orelse)
                continue
            case ast.Call(func=ast.Name(id="__import__" | "import_module"), args=[ast.Constant(value=str() as name)]):
                yield Import(name, node.lineno, for_types, when_called)
        inside = when_called or isinstance(node, ast.FunctionDef)
        pending += [(child, for_types, inside) for child in ast.iter_child_nodes(node)]


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
        if first == "symcount":
            other = room_of(each.module)
            opened_late = (room, other) in FACE and (each.when_called or each.for_types)
            if other != room and other not in ORDER[room] and not opened_late:
                found.append(f"{module}:{each.line}: {room} looks into {other}")
        elif (
            first in ALONE and not {room, place} & ALONE[first] and not (each.for_types and (place, first) in FOR_TYPES)
        ):
            found.append(f"{module}:{each.line}: {first} is imported outside {', '.join(ALONE[first])}")
    return found


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
        ("symcount.layers.dense", "import symcount.network", "layers looks into network"),
        ("symcount.layers.dense", "from symcount.syntax import tree", "layers looks into syntax"),
        ("symcount.layers.dense", "from symcount import syntax", "layers looks into syntax"),
        ("symcount.arithmetic.terms", "from symcount.errors import near", "arithmetic looks into errors"),
        (
            "symcount.algebra.closing",
            "from symcount.architecture import Architecture",
            "algebra looks into architecture",
        ),
        ("symcount.network.scope", "def f():\n    from symcount.algebra import closed", "network looks into algebra"),
        (
            "symcount.trace",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from symcount.render import table",
            "trace looks into render",
        ),
        ("symcount.render.count", "def f():\n    import sympy", "sympy is imported outside algebra"),
        ("symcount.architecture", "import sympy", "sympy is imported outside algebra"),
        ("symcount.architecture", "from sympy import Symbol", "sympy is imported outside algebra"),
        ("symcount.render.count", "if TYPE_CHECKING:\n    import sympy", "sympy is imported outside algebra"),
        ("symcount.network.build", "import lark.lexer", "lark is imported outside syntax"),
        ("symcount.render.table", "import rich", "rich is imported outside render.terminal"),
        ("symcount.architecture", "import os, sys", "sys is imported outside cli"),
        ("symcount.errors", "__import__('click')", "click is imported outside cli"),
        ("symcount.architecture", "from symcount.derivation import derivation", "architecture looks into derivation"),
        ("symcount.derivation.case", "from symcount.render import page", "derivation looks into render"),
    ],
)
def test_a_door_that_should_be_shut_is_seen(module: str, source: str, complaint: str) -> None:
    assert [complaint in found for found in complaints(module, source)] == [True]


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("symcount.architecture.architecture", "if TYPE_CHECKING:\n    import sympy"),
        ("symcount.render.terminal", "from rich.table import Table"),
        ("symcount.cli.main", "import sys, click"),
        ("symcount.algebra.floors", "import sympy"),
        ("symcount.architecture", "def f():\n    from symcount.derivation import derivation"),
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

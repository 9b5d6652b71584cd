"""How the modules of the syntax look at each other: in no circle, and at the diagnosis when there is an error."""

from __future__ import annotations

import ast
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.test_house import modules

ROOM = {name: source for name, source in modules().items() if name.startswith("symcount.syntax")}


def looked_at(source: str) -> set[str]:
    """The modules of the room that a module imports, anywhere and for annotations too."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.ImportFrom(module=str() as module, names=names):
                found |= {whole if (whole := f"{module}.{each.name}") in ROOM else module for each in names}
            case ast.Constant(value=str() as name):
                found.add(name)
    return found & set(ROOM)


def in_order(sources: dict[str, str]) -> list[str]:
    return [*TopologicalSorter({name: looked_at(source) for name, source in sources.items()}).static_order()]


def test_the_modules_look_at_each_other_in_no_circle() -> None:
    order = in_order(ROOM)
    assert order.index("symcount.syntax.diagnosis") < order.index("symcount.syntax.parser")
    assert order.index("symcount.syntax.parser") < order.index("symcount.syntax.build")


def test_a_circle_would_be_seen() -> None:
    door = '\nimport_module("symcount.syntax.parser")'
    with pytest.raises(CycleError):
        in_order(ROOM | {"symcount.syntax.tree": ROOM["symcount.syntax.tree"] + door})


_PROBE = """
import sys
from symcount.syntax import parse
parse("I-C(32,5)")
print([name for name in sys.modules if name.startswith(("symcount.syntax.diagnosis", "symcount.syntax.build"))])
try:
    parse("I--C")
except ValueError:
    print("symcount.syntax.diagnosis" in sys.modules)
"""


def test_what_explains_a_mistake_is_loaded_when_there_is_one() -> None:
    done = subprocess.run([sys.executable, "-c", _PROBE], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["[]", "True"]

"""The groups of the algebra: each looks only into those before it, and others come in by its one door."""

from __future__ import annotations

import doctest
import importlib
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.test_house import imports, modules

DOOR = "symcount.algebra"
GROUPS = ("poly", "functions", "terms", "domain", "region", "sums", "closed")
"""From the first to the last: each may look into itself and into those before it."""

MODULES = {name: source for name, source in modules().items() if name.startswith(f"{DOOR}.")}


def complaints(module: str, source: str) -> list[str]:
    """What is wrong with the imports of a module of the algebra."""
    group = module.split(".")[2]
    found = []
    for each in imports(source):
        parts = each.module.split(".")
        if each.when_called and parts[0] != "sympy":
            found.append(f"{module}:{each.line}: {each.module} is imported inside a function")
        if parts[0] == "sympy" and group == "poly":
            found.append(f"{module}:{each.line}: poly needs sympy")
        if parts[:2] == DOOR.split("."):
            if len(parts) == 2:
                found.append(f"{module}:{each.line}: {group} looks into its own door")
            elif GROUPS.index(parts[2]) > GROUPS.index(group):
                found.append(f"{module}:{each.line}: {group} looks into {parts[2]}")
    return found


def test_the_groups_are_the_folders() -> None:
    assert {name.split(".")[2] for name in MODULES} == set(GROUPS)


@pytest.mark.parametrize("module", MODULES)
def test_a_group_looks_only_into_those_before_it(module: str) -> None:
    assert complaints(module, MODULES[module]) == []


@pytest.mark.parametrize(
    ("module", "source", "complaint"),
    [
        ("poly.division", "from symcount.algebra.functions.floors import FloorDiv", "poly looks into functions"),
        ("domain.equality", "import symcount.algebra.sums.summation", "domain looks into sums"),
        ("terms.to_term", "from symcount.algebra import FloorDiv", "terms looks into its own door"),
        ("terms.to_term", "from symcount import algebra", "terms looks into its own door"),
        ("poly.division", "import sympy", "poly needs sympy"),
        ("poly.division", "def f():\n    from sympy import Add", "poly needs sympy"),
        ("sums.for_all", "def f():\n    from symcount.errors import near", "is imported inside a function"),
    ],
)
def test_a_look_upwards_is_seen(module: str, source: str, complaint: str) -> None:
    assert [complaint in found for found in complaints(f"{DOOR}.{module}", source)] == [True]


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("closed.conversion", "from symcount.algebra.closed.closed_form import ClosedForm"),
        ("closed.conversion", "from symcount.algebra.poly.division import quotient"),
        ("functions.floors", "def f():\n    import sympy"),
        ("poly.division", "from symcount.errors import near"),
    ],
)
def test_a_look_downwards_is_not_complained_of(module: str, source: str) -> None:
    assert complaints(f"{DOOR}.{module}", source) == []


def order(sources: dict[str, str]) -> list[str]:
    """The modules, each after those that it imports; an error where there is a circle."""
    graph = {name: {each.module for each in imports(source)} & sources.keys() for name, source in sources.items()}
    return list(TopologicalSorter(graph).static_order())


def test_no_modules_import_each_other() -> None:
    assert set(order(MODULES)) == set(MODULES)


def test_a_circle_would_be_noticed() -> None:
    with pytest.raises(CycleError):
        order({"a": "import b", "b": "import c", "c": "import a"})


def intruders(sources: dict[str, str]) -> list[str]:
    """The modules of other rooms that pass by the door."""
    return [
        name
        for name, source in sources.items()
        if not name.startswith(DOOR) and any(each.module.startswith(f"{DOOR}.") for each in imports(source))
    ]


def test_other_rooms_come_in_by_the_door() -> None:
    assert intruders(modules()) == []


def test_an_intruder_is_noticed() -> None:
    sources = {
        "symcount.trace": "from symcount.algebra.poly.polynomial import ONE",
        "symcount.formulas": "from symcount.algebra import equal",
        "symcount.algebra.closed.closed_form": "from symcount.algebra.poly.polynomial import ONE",
    }
    assert intruders(sources) == ["symcount.trace"]


_WITHOUT_SYMPY = """
import sys, types
from importlib import import_module
sys.modules["sympy"] = None
algebra = sys.modules["symcount.algebra"] = types.ModuleType("symcount.algebra")
algebra.__path__ = [sys.argv[1]]
for name in sys.argv[2:]:
    import_module(name)
"""


def _loads_without_sympy(*names: str) -> bool:
    folder = importlib.import_module(DOOR).__path__[0]
    done = subprocess.run([sys.executable, "-c", _WITHOUT_SYMPY, folder, *names], capture_output=True, text=True)
    assert not done.returncode or "ModuleNotFoundError" in done.stderr, done.stderr
    return not done.returncode


def test_polynomials_need_no_sympy() -> None:
    assert _loads_without_sympy(*(name for name in MODULES if name.startswith(f"{DOOR}.poly")))
    assert not _loads_without_sympy(f"{DOOR}.functions.floors")


def test_the_examples_of_the_algebra_hold() -> None:
    results = [doctest.testmod(importlib.import_module(name)) for name in MODULES]
    assert sum(result.failed for result in results) == 0
    assert sum(result.attempted for result in results) > 90

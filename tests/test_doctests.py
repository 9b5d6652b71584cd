"""Every example in a docstring of the package holds."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import symcount

MODULES = [
    "symcount",
    *(
        each.name
        for each in pkgutil.walk_packages(symcount.__path__, "symcount.")
        if not each.name.endswith("__main__")
    ),
]


def test_every_example_holds() -> None:
    results = {name: doctest.testmod(importlib.import_module(name)) for name in MODULES}
    assert [name for name, result in results.items() if result.failed] == []
    assert sum(result.attempted for result in results.values()) > 200


def test_the_face_has_an_example_of_each_thing_that_is_done_with_it() -> None:
    face = [symcount.Architecture, symcount.Formula, symcount.LayerRow, symcount.Convention]
    for shown in (*face, symcount.parse, symcount.zoo, symcount.compare, symcount.layer_kinds):
        assert ">>>" in (shown.__doc__ or ""), shown

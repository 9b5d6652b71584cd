"""Exact parameter counts, shapes and closed formulas of neural networks, from one line of text.

What is public is loaded when it is first asked for: the command counts without any of it.

>>> import symcount as sc
>>> sc.parse("I(1,28x28)-C(32,5)-P2-C(32,3)-P2-H256-O10").params
217706
"""

from importlib import import_module
from typing import TYPE_CHECKING

__all__ = [
    "Architecture",
    "ArchitectureError",
    "BlockRow",
    "Convention",
    "Formula",
    "LayerRow",
    "Proof",
    "Solution",
    "Solutions",
    "compare",
    "count_batch",
    "export",
    "from_config",
    "from_file",
    "from_torch",
    "layer_kinds",
    "parse",
    "prove",
    "solve",
    "zoo",
]

if TYPE_CHECKING:
    from symcount.architecture import Architecture
    from symcount.counts import BlockRow, LayerRow
    from symcount.errors import ArchitectureError
    from symcount.formula import Formula
    from symcount.interop.networks import from_config, from_file
    from symcount.interop.torch_trace import from_torch
    from symcount.interop.writing.targets import export
    from symcount.proof import Proof
    from symcount.quantities import Convention
    from symcount.questions import compare, prove, solve
    from symcount.solution import Solution
    from symcount.solutions import Solutions
    from symcount.start import count_batch, layer_kinds, parse, zoo

    __version__: str
else:

    def __getattr__(name: str) -> object:
        for room, names in _PUBLIC.items():
            if name in names:
                globals()[name] = getattr(import_module(f"symcount.{room}"), name)
                return globals()[name]
        if name != "__version__":
            raise AttributeError(f"module 'symcount' has no attribute {name!r}")
        from importlib.metadata import version

        return version("symcount")


_PUBLIC = {
    "architecture": ("Architecture",),
    "counts": ("BlockRow", "LayerRow"),
    "errors": ("ArchitectureError",),
    "formula": ("Formula",),
    "proof": ("Proof",),
    "interop.networks": ("from_config", "from_file"),
    "interop.torch_trace": ("from_torch",),
    "interop.writing.targets": ("export",),
    "quantities": ("Convention",),
    "questions": ("compare", "prove", "solve"),
    "solution": ("Solution",),
    "solutions": ("Solutions",),
    "start": ("count_batch", "layer_kinds", "parse", "zoo"),
}
"""Where each public name is."""


def __dir__() -> list[str]:
    return [*__all__, "__version__"]

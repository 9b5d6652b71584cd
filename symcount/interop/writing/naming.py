"""Names for the code: of classes, parameters and attributes, each used once."""

from __future__ import annotations

from collections.abc import Container
from keyword import iskeyword

_PRELUDE = {"cb": "ConvNorm", "cbr": "ConvNormReLU", "dbr": "DepthwiseNormReLU"}


def class_name(macro: str) -> str:
    """Return the name of the class of a macro.

    >>> class_name("fused_stage"), class_name("cbr")
    ('FusedStage', 'ConvNormReLU')
    """
    return _PRELUDE.get(macro) or "".join(word[:1].upper() + word[1:] for word in macro.split("_") if word) or "Block"


_MEANT = frozenset(
    "self super nn torch functional keras layers ops nnx jnp jax partial rngs range float sum total".split()
)
"""Names that stand for something in the code."""


def free(name: str) -> str:
    """Return a name that is no word of Python's, and means nothing else in the code.

    >>> free("self"), free("d_model")
    ('self_', 'd_model')
    """
    return f"{name}_" if iskeyword(name) or name in _MEANT else name


def unused(name: str, used: Container[str]) -> str:
    """Return a name, with a number behind it where it is used already.

    >>> unused("norm", {"norm", "norm2"}), unused("lambda", ())
    ('norm3', 'lambda_')
    """
    return attribute(free(name), used)


def attribute(name: str, used: Container[str]) -> str:
    """Return a name for an attribute, which may be that of a variable or a class in the code.

    >>> attribute("layers", {"norm"}), attribute("norm", {"norm"})
    ('layers', 'norm2')
    """
    name = f"{name}_" if iskeyword(name) else name
    number = 2
    found = name
    while found in used:
        found = f"{name}{number}"
        number += 1
    return found

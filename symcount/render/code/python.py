"""A formula as a function in Python, of ints alone."""

from __future__ import annotations

import builtins
import keyword
from collections.abc import Iterator

from symcount.answers.code import Code
from symcount.arithmetic.notation import PYTHON
from symcount.render.code.language import Language, title, tuple_of

RESERVED = frozenset((*keyword.kwlist, *dir(builtins), "each"))

_PYTHON = Language("Python", PYTHON, " and ", "not ({1}) or {0}", RESERVED)


def write(code: Code) -> str:
    """Return a typed function that refuses what is no int, and sizes for which the formula does not hold."""
    return "\n".join(_lines(code))


def _lines(code: Code) -> Iterator[str]:
    names = _PYTHON.names(code)
    writer = _PYTHON.writer(code, names)
    result = "int" if code.is_number else f"tuple[{', '.join(['int'] * len(code.sizes))}]"
    yield f"def {code.name}({', '.join(f'{name}: int' for name in names.values())}) -> {result}:"
    yield f'    """{docstring(code)}"""'
    if names:
        yield f"    if not all(type(each) is int for each in {tuple_of(names.values())}):"
        yield '        raise TypeError("sizes are ints")'
    for condition in writer.conditions(code, names):
        yield f"    if not ({condition}):"
        yield f'        raise ValueError("needs {condition}")'
    sizes = [writer.size(size) for size in code.sizes]
    yield f"    return {sizes[0] if code.is_number else tuple_of(sizes)}"


def docstring(code: Code) -> str:
    """Return what a docstring says."""
    return title(code).replace("\\", "\\\\").replace('"', "'")

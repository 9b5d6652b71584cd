"""A formula as a function in Python of numpy's columns of integers: exact, or refused where int64 could overflow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from symcount.answers.code import Code, Requirement, with_fewest_operations
from symcount.arithmetic import Symbol, by_name
from symcount.arithmetic.notation import PYTHON, called
from symcount.arithmetic.notation.numpy import NUMPY
from symcount.render.code.language import LARGEST_INT64, Language, bound, refuse_large, refuse_sums, tuple_of
from symcount.render.code.python import RESERVED, docstring

_NUMPY = Language("numpy", NUMPY, " & ", "{} | ~({})", RESERVED | {"np"})


def write(code: Code) -> str:
    """Return a function of columns, or of anything that numpy makes columns of; nothing in it is a float."""
    refuse_sums(code, "numpy")
    refuse_large(code, LARGEST_INT64, "64 bits")
    return "\n".join(_lines(with_fewest_operations(code)))


def _lines(code: Code) -> Iterator[str]:
    names = _NUMPY.names(code)
    writer = _NUMPY.writer(code, names)
    most = {name: f"{called_}_" for name, called_ in names.items()}
    while {*most.values()} & {*names.values()}:
        most = {name: f"{each}_" for name, each in most.items()}
    yield "import numpy as np"
    yield ""
    yield ""
    yield f"def {code.name}({', '.join(names.values())}):"
    yield f'    """{docstring(code)}"""'
    if names:
        yield f"    {_listed(names.values())} = (np.asarray(each) for each in {tuple_of(names.values())})"
        yield f'    if any(each.dtype.kind not in "iu" for each in {tuple_of(names.values())}):'
        yield '        raise TypeError("sizes are columns of integers")'
        for name, called_ in names.items():
            least = code.lows[name]
            yield f"    if {called_}.min(initial={least}) < {least}:"
            yield f'        raise ValueError("needs {called_} >= {least}")'
        pairs = (f"{most[name]} = max(1, int({names[name]}.max(initial=1)))" for name in names)
        yield from (f"    {pair}" for pair in pairs)
        largest = by_name(bound(code, Symbol), called(PYTHON, most))
        yield f"    if {largest} >= 2**63:"
        yield '        raise OverflowError("a number on the way may be larger than 64 bits hold")'
        columns = f"each.astype(np.int64, copy=False) for each in {tuple_of(names.values())}"
        yield f"    {_listed(names.values())} = ({columns})"
    for condition in (writer.requirement(each) for each in code.requirements if not _is_told(each, code)):
        yield f"    if not np.all({condition}):"
        yield f'        raise ValueError("needs {condition}")'
    sizes = [writer.size(size) for size in code.sizes]
    yield f"    return {sizes[0] if code.is_number else tuple_of(sizes)}"


def _is_told(requirement: Requirement, code: Code) -> bool:
    """Whether the least value of a symbol says what is required."""
    match requirement:
        case Requirement(">=", Symbol(name), int(least), ()):
            return least <= code.lows[name]
        case _:
            return False


def _listed(names: Iterable[str]) -> str:
    listed = [*names]
    return ", ".join(listed) + "," * (len(listed) == 1)

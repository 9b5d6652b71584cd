"""A formula as two rows of a spreadsheet: the names of its sizes, and cells for their values with the result behind."""

from __future__ import annotations

from symcount.answers.code import Code
from symcount.arithmetic import Symbol, by_name
from symcount.arithmetic.notation import called
from symcount.arithmetic.notation.excel import EXCEL
from symcount.errors import ArchitectureError
from symcount.render.code.language import Language, Writer, bound, refuse_large, refuse_several, refuse_sums

_LARGEST = 2**53
_LONGEST = 8_192
"""The most characters of one formula in a cell."""

_EXCEL = Language("Excel", EXCEL, ",", "OR({},NOT(AND({})))", frozenset())


def write(code: Code) -> str:
    """Return rows to paste into A1, parted by tabs: the result is #N/A where the formula does not hold."""
    refuse_several(code, "a cell")
    refuse_sums(code, "a spreadsheet")
    refuse_large(code, _LARGEST, "the numbers of a spreadsheet")
    cells = {name: f"{_column(place)}2" for place, name in enumerate(code.least)}
    writer = Writer(_EXCEL, called(EXCEL, cells), code.lows)
    whole = [f"{cell}=INT({cell})" for cell in cells.values()]
    most = by_name(bound(code, Symbol), writer.notation)
    needed = [*whole, *writer.conditions(code, cells), f"{most}<{_LARGEST}"]
    size = writer.size(code.sizes[0])
    formula = f"=IF(AND({','.join(needed)}),{size},NA())" if cells else f"={size}"
    if len(formula) > _LONGEST:
        message = f"this formula has {len(formula):,} characters, and a cell takes {_LONGEST:,}"
        raise ArchitectureError("limit", message, hint="give some of the sizes a number")
    return "\t".join((*code.least, code.name)) + "\n" + "\t" * len(cells) + formula


def _column(place: int) -> str:
    letter = chr(ord("A") + place % 26)
    return letter if place < 26 else _column(place // 26 - 1) + letter

"""A formula as a query in SQL over a table with a column for each symbol: exact, or an error where numbers overflow."""

from __future__ import annotations

from collections.abc import Iterator

from symcount.answers.code import Code
from symcount.arithmetic import Size, Symbol, by_name
from symcount.arithmetic.notation.sql import DIALECTS
from symcount.errors import ArchitectureError
from symcount.render.code.language import (
    LARGEST_INT64,
    Language,
    Writer,
    bound,
    refuse_large,
    refuse_powers,
    refuse_sums,
    title,
)

_OVERFLOWS_SILENTLY = ("sqlite",)
_KNOWS_CASES = ("postgres",)
_NEEDS = {"spark": "spark.sql.ansi.enabled must be true, so that an overflow is an error"}


def write(code: Code, dialect: str) -> str:
    """Return a query that leaves out the rows for which the formula does not hold."""
    refuse_sums(code, "SQL")
    refuse_powers(code, "SQL")
    refuse_large(code, LARGEST_INT64, "64 bits")
    if dialect not in _KNOWS_CASES:
        _refuse_alike(code, dialect)
    return "\n".join(_lines(code, dialect))


def language(dialect: str) -> Language:
    """Return a dialect as a language."""
    return Language(dialect, DIALECTS[dialect], " AND ", "({} OR NOT ({}))", frozenset(), truncates=True)


def columns(code: Code, writer: Writer, dialect: str) -> Iterator[str]:
    """Yield what is selected: each number of the result, under a name."""
    for place, size in enumerate(code.sizes, 1):
        name = code.name if code.is_number else f"{code.name}_{place}"
        yield f"{_guarded(code, size, writer, dialect)} AS {name}"


def _guarded(code: Code, size: Size, writer: Writer, dialect: str) -> str:
    """The arithmetic of a size; where an overflow would go unnoticed, only below a bound, and else an error."""
    text = writer.size(size)
    if dialect not in _OVERFLOWS_SILENTLY:
        return text
    most = by_name(bound(code, Symbol), writer.notation)
    return f"CASE WHEN {most} < {LARGEST_INT64} THEN {text} ELSE abs(-{LARGEST_INT64} - 1) END"


def _lines(code: Code, dialect: str) -> Iterator[str]:
    written = language(dialect)
    names = written.names(code)
    writer = written.writer(code, names)
    yield f"-- {title(code)}".replace("\n", " ")
    if dialect in _NEEDS:
        yield f"-- {_NEEDS[dialect]}"
    yield "SELECT *, " + ",\n  ".join(columns(code, writer, dialect))
    yield "FROM sizes"
    shown = {name: writer.notation.name(name) for name in names}
    conditions = [*writer.conditions(code, shown)]
    if conditions:
        yield "WHERE " + " AND ".join(conditions)


def _refuse_alike(code: Code, dialect: str) -> None:
    """Refuse symbols that a dialect takes for one, since it makes no difference between small and large letters."""
    seen: dict[str, str] = {}
    for name in (*code.least, *(() if len(code.sizes) > 1 else (code.name,))):
        before = seen.setdefault(name.lower(), name)
        if before != name:
            message = f"{dialect} makes no difference between {before} and {name}"
            raise ArchitectureError("bad-form", message, hint=f"call one of them otherwise, as in {name}={name}_1")

"""A formula as a function in C of 64-bit integers, which says where it does not hold and where they could overflow."""

from __future__ import annotations

import re
from collections.abc import Iterator

from symcount.answers.code import Code
from symcount.arithmetic import Symbol, by_name
from symcount.arithmetic.notation import called
from symcount.arithmetic.notation.c import C
from symcount.records import replace
from symcount.render.code.language import (
    LARGEST_INT64,
    Language,
    bound,
    refuse_large,
    refuse_several,
    refuse_sums,
    title,
)

_RESERVED = frozenset(
    "auto break case char const continue default do double else enum extern float for goto if inline int long register "
    "restrict return short signed sizeof static struct switch typedef union unsigned void volatile while bool true "
    "false power floor_div floor_mod min max result errno y0 y1 j0 j1 jn yn asm typeof".split()
)

_C = Language("C", C, " && ", "(!({1}) || {0})", _RESERVED, truncates=True)

_LARGEST = f"{LARGEST_INT64 * 0.999:.3e}L"
"""What a bound that is reckoned in floats must stay below."""

_HELPERS = {
    "power": """static inline int64_t power(int64_t base, int64_t exponent)
{
    int64_t result = 1;
    while (exponent-- > 0) result *= base;
    return result;
}""",
    "floor_div": """static inline int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b != 0 && (a % b < 0) != (b < 0));
}""",
    "floor_mod": """static inline int64_t floor_mod(int64_t a, int64_t b)
{
    return (a % b + b) % b;
}""",
    "min": "static inline int64_t min(int64_t a, int64_t b) { return a < b ? a : b; }",
    "max": "static inline int64_t max(int64_t a, int64_t b) { return a > b ? a : b; }",
}


def write(code: Code) -> str:
    """Return a function that returns 0, or 1 where the formula does not hold, or 2 where a number may be too large."""
    refuse_several(code, "C")
    refuse_sums(code, "C")
    refuse_large(code, LARGEST_INT64, "64 bits")
    body = "\n".join(_lines(code))
    helpers = [text for name, text in _HELPERS.items() if re.search(rf"\b{name}\(", body)]
    headers = "#include <math.h>\n#include <stdint.h>" if "powl(" in body else "#include <stdint.h>"
    return "\n\n".join((headers, *helpers, body))


def _lines(code: Code) -> Iterator[str]:
    names = _C.names(code)
    writer = _C.writer(code, names)
    yield f"/* {title(code).replace('*/', '* /')}"
    yield "   Returns 0, or 1 where it does not hold, or 2 where a number on the way may be beyond 64 bits. */"
    yield f"int {code.name}({''.join(f'int64_t {name}, ' for name in names.values())}int64_t *result)"
    yield "{"
    if names:
        least = (f"{names[name]} < {least}" for name, least in code.least.items())
        yield f"    if ({' || '.join(least)}) return 1;"
        most = {name: f"(long double){each}" for name, each in names.items()}
        floats = replace(C, power=replace(C.power, template="powl({}, {})"), integer=lambda number: f"{number}.0L")
        largest = by_name(bound(code, Symbol), called(floats, most))
        yield f"    if (!({largest} < {_LARGEST})) return 2;"
    for condition in map(writer.requirement, code.requirements):
        yield f"    if (!({condition})) return 1;"
    yield f"    *result = {writer.size(code.sizes[0])};"
    yield "    return 0;"
    yield "}"

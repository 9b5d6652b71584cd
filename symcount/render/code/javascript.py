"""A formula as a function in JavaScript, of BigInt."""

from __future__ import annotations

import re
from collections.abc import Iterator

from symcount.answers.code import Code
from symcount.arithmetic.notation.javascript import JAVASCRIPT
from symcount.render.code.language import Language, title

_RESERVED = frozenset(
    "arguments await break case catch class const continue debugger default delete do else enum eval export extends "
    "false finally for function if implements import in instanceof interface let new null package private protected "
    "public return static super switch this throw true try typeof undefined var void while with yield "
    "BigInt Number floorDiv floorMod least largest sum size".split()
)

_JAVASCRIPT = Language("JavaScript", JAVASCRIPT, " && ", "!({1}) || {0}", _RESERVED, truncates=True)

_HELPERS = {
    "floorDiv": "const floorDiv = (a, b) => a / b - (a % b !== 0n && a % b < 0n !== b < 0n ? 1n : 0n);",
    "floorMod": "const floorMod = (a, b) => ((a % b) + b) % b;",
    "least": "const least = (...sizes) => sizes.reduce((a, b) => (a < b ? a : b));",
    "largest": "const largest = (...sizes) => sizes.reduce((a, b) => (a > b ? a : b));",
    "sum": """const sum = (first, last, term) => {
  let total = 0n;
  for (let i = first; i <= last; i++) total += term(i);
  return total;
};""",
}


def write(code: Code) -> str:
    """Return a function that takes BigInt and safe integers, and gives BigInt, of any size."""
    body = "\n".join(_lines(code))
    helpers = [text for name, text in _HELPERS.items() if re.search(rf"\b{name}\(", body)]
    return "\n\n".join(("\n".join(helpers), body)) if helpers else body


def _lines(code: Code) -> Iterator[str]:
    names = _JAVASCRIPT.names(code)
    writer = _JAVASCRIPT.writer(code, names)
    listed = ", ".join(names.values())
    yield f"// {title(code)}"
    yield f"function {code.name}({listed}) {{"
    if names:
        yield f"  [{listed}] = [{listed}].map((size) => {{"
        yield '    if (typeof size === "bigint" || Number.isSafeInteger(size)) return BigInt(size);'
        yield '    throw new TypeError("sizes are BigInt or safe integers");'
        yield "  });"
    for condition in writer.conditions(code, names):
        yield f'  if (!({condition})) throw new RangeError("needs {condition}");'
    sizes = [writer.size(size) for size in code.sizes]
    result = sizes[0] if code.is_number else "[" + ", ".join(sizes) + "]"
    yield f"  return {result};"
    yield "}"

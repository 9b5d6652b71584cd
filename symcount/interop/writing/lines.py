"""Lays code out in lines, as a formatter would: one call a line where it fits, else its arguments one a line."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence

from symcount.records import record

WIDTH = 88
"""The most characters of a line, those of a formatter that nobody told otherwise."""

_INDENT = 4


@record
class Item:
    """One thing between brackets, and the comment beside it."""

    code: Code
    prefix: str = ""
    comment: str = ""


@record
class Brackets:
    """Code with a list in brackets at its end, such as a call; ``tall`` puts each item on a line of its own."""

    head: str
    items: tuple[Item, ...]
    brackets: str = "()"
    tail: str = ""
    tall: bool = False


@record
class Comprehension:
    """An expression for each value of names, in square brackets."""

    each: Code
    clause: str


Code = str | Brackets | Comprehension
"""An expression: what cannot be parted, or what can stand on several lines."""


def flat(code: Code) -> str | None:
    """Return code on one line, None where it wants several.

    >>> flat(Brackets("nn.Linear", (Item("784"), Item("False", "bias="))))
    'nn.Linear(784, bias=False)'
    """
    match code:
        case str():
            return code
        case Comprehension(each, clause):
            inner = flat(each)
            return None if inner is None else f"[{inner} {clause}]"
        case Brackets(head, items, brackets, tail, tall):
            inside = _joined(items)
            return None if inside is None or (tall and items) else f"{head}{brackets[0]}{inside}{brackets[1]}{tail}"


def _joined(items: Iterable[Item]) -> str | None:
    found = []
    for item in items:
        inner = flat(item.code)
        if inner is None or item.comment:
            return None
        found.append(item.prefix + inner)
    return ", ".join(found)


def lines(code: Code, indent: int = 0, before: str = "", after: str = "") -> Iterator[str]:
    """Yield the lines of code at an indentation, with something written before and after it."""
    whole = flat(code)
    if isinstance(code, str) or (whole is not None and indent + len(f"{before}{whole}{after}") <= WIDTH):
        yield f"{' ' * indent}{before}{whole}{after}"
        return
    match code:
        case Comprehension(each, clause):
            yield f"{' ' * indent}{before}["
            yield from lines(each, indent + _INDENT)
            yield f"{' ' * (indent + _INDENT)}{clause}"
            yield f"{' ' * indent}]{after}"
        case Brackets(head, items, brackets, tail, tall):
            yield f"{' ' * indent}{before}{head}{brackets[0]}"
            inside = None if tall else _joined(items)
            if inside is not None and indent + _INDENT + len(inside) <= WIDTH:
                yield f"{' ' * (indent + _INDENT)}{inside}"
            else:
                yield from _one_a_line(items, indent + _INDENT)
            yield f"{' ' * indent}{brackets[1]}{tail}{after}"


def _one_a_line(items: Sequence[Item], indent: int) -> Iterator[str]:
    comma = "" if len(items) == 1 and _is_list(items[0]) else ","
    for item in items:
        *first, last = lines(item.code, indent, item.prefix, comma)
        beside = f"{last}  # {item.comment}" if item.comment else last
        if len(beside) > WIDTH:
            yield f"{' ' * indent}# {item.comment}"
            beside = last
        yield from first
        yield beside


def _is_list(item: Item) -> bool:
    """Whether an item is a list alone, behind which a formatter writes no comma."""
    is_list = isinstance(item.code, Comprehension) or (isinstance(item.code, Brackets) and not item.code.head)
    return is_list and not item.prefix and not item.comment


def sum_lines(before: str, total: str, indent: int) -> Iterator[str]:
    """Yield the lines of a sum that is too long for one, in parentheses, at an indentation that is not written.

    >>> print(*sum_lines("total = ", "a + b", 0), sep="")
    total = (    a + b)
    """
    yield f"{before}("
    room = WIDTH - indent - _INDENT
    parts = [total] if len(total) <= room else _addends(ast.parse(total, mode="eval").body)
    skipped = "  # fmt: skip" if max(map(len, parts)) > room else ""
    yield from (f"{' ' * _INDENT}{part}" for part in parts)
    yield f"){skipped}"


def _addends(node: ast.expr) -> list[str]:
    """The terms of a sum, each but the first behind its sign."""
    match node:
        case ast.BinOp(left, ast.Add() | ast.Sub() as sign, right):
            text = tidy(ast.unparse(right))
            text = f"({text})" if isinstance(right, ast.BinOp) and isinstance(right.op, ast.Add | ast.Sub) else text
            return [*_addends(left), f"{'+' if isinstance(sign, ast.Add) else '-'} {text}"]
        case _:
            return [tidy(ast.unparse(node))]


def tidy(expression: str) -> str:
    """Return arithmetic as a formatter leaves it: spaces around signs, but for a power of simple things.

    >>> tidy("(32*(n//4)-2**i)"), tidy("2*d"), tidy("(a+1)**2")
    ('32 * (n // 4) - 2**i', '2 * d', '(a + 1) ** 2')
    """
    spaced = ast.unparse(ast.parse(expression, mode="eval"))
    return re.sub(r"(?<![\w.)\]])([\w.]+) \*\* (-?[\w.]+)(?![\w.(\[])", r"\1**\2", spaced)

"""A reader of written arithmetic, for every notation but Python's, which Python reads itself.

It reads as a person does, and refuses what a person could read in two ways: ``2*a mod b``, ``a^b^c``.
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Mapping
from fractions import Fraction

Value = Fraction
Sizes = Mapping[str, Value]

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")

_PLAIN = {
    "unicode": [("−", "-"), ("·", "*"), (r"([⁰¹²³⁴⁵⁶⁷⁸⁹]+)", r"^\1")],
    "latex": [
        (r"\\left|\\right", ""), (r"\\(frac|min|max)", r" \1 "), (r"\\bmod", " mod "),
        (r"\\sum_", "Σ"), (r"\\cdot", "*"), (r"\\ge\b", "≥"), (r"\\le\b", "≤"),
        (r"\\lfloor", "⌊"), (r"\\rfloor", "⌋"), (r"\\lceil", "⌈"),
        (r"\\rceil", "⌉"),
    ],
    "typst": [(r" dot ", "*"), (">=", "≥"), ("<=", "≤"), (r"sum_", "Σ"), (r'"mod"', "mod")],
    "mathml": [
        (r"<munderover>|</(munderover|msup|mfrac|mo|mi|mn)>|<mn>", ""), (r"<mo[^>]*>|<mi>", " "), (r"<mrow>", "{"),
        (r"</mrow>", "}"), (r"<msup>", " sup "), (r"<mfrac>", " frac "), ("∑", "Σ"), ("−", "-"), ("⋅", "*"),
    ],
}  # fmt: skip
"""How the signs of a notation are those of plain text."""

_COMPARISONS: dict[str, Callable[[Value, Value], bool]] = {
    "≥": operator.ge, ">": operator.gt, "≤": operator.le, "<": operator.lt, "=": operator.eq, "≠": operator.ne,
}  # fmt: skip

_TOKEN = re.compile(r"\s*(\d+|[A-Za-z]+|\.\.|\S)")


def read(text: str, notation: str, sizes: Sizes) -> Value:
    """The value of a text at these sizes."""
    for sign, plain in _PLAIN.get(notation, []):
        text = re.sub(sign, plain, text)
    reader = _Reader(_TOKEN.findall(text.translate(_SUPERSCRIPTS)), side_by_side=notation in ("latex", "typst"))
    tree = reader.sum()
    assert reader.next == "", f"{reader.rest} is left of {text}"
    return tree(sizes)


_Tree = Callable[[Sizes], Value]


class _Reader:
    def __init__(self, tokens: list[str], *, side_by_side: bool) -> None:
        self.rest = tokens[::-1]
        self.side_by_side = side_by_side

    @property
    def next(self) -> str:
        return self.rest[-1] if self.rest else ""

    def take(self, *tokens: str) -> str:
        assert self.next in tokens, f"{self.next!r} stands where {tokens} should"
        return self.rest.pop()

    def inside(self, opening: str, closing: str) -> _Tree:
        self.take(opening)
        tree = self.sum()
        self.take(closing)
        return tree

    def group(self) -> _Tree:
        """What a notation sets off by its place: between braces, or parentheses."""
        return self.inside("{", "}") if self.next == "{" else self.inside("(", ")")

    def sum(self) -> _Tree:
        sign = self.take("-") if self.next == "-" else "+"
        total = _signed(sign, self.addend())
        while self.next in ("+", "-"):
            sign = self.take("+", "-")
            if sign == "+" and self.next == "-":  # a negative value of a name
                sign = self.take("-")
            total = _added(total, _signed(sign, self.addend()))
        return total

    def addend(self) -> _Tree:
        if self.next == "Σ":
            return self.summation()
        first, is_power = self.product()
        if self.next != "mod":
            return first
        self.take("mod")
        second, is_power_too = self.product()
        is_plain = is_power and is_power_too and self.next != "mod"
        assert is_plain, "a product beside mod can be read in two ways"
        return lambda sizes: first(sizes) % second(sizes)

    def summation(self) -> _Tree:
        self.take("Σ")
        opening = self.take("(", "{")
        index = self.rest.pop()
        self.take("=")
        first = self.sum()
        if opening == "(" and self.next == "..":
            self.take("..")
            last = self.sum()
            self.take(")")
        else:
            self.take("}" if opening == "{" else ")")
            if self.next == "^":
                self.take("^")
            last = self.group()
        term = self.summation() if self.next == "Σ" else self.product()[0]
        return lambda sizes: _summed(index, first(sizes), last(sizes), term, sizes)

    def product(self) -> tuple[_Tree, bool]:
        """A product, and whether it is a single power."""
        found, is_power = self.power(), True
        while self.next in ("*", "/") or self.begins:
            sign = self.take("*", "/") if self.next in ("*", "/") else "*"
            found, is_power = _multiplied(sign, found, self.power()), False
        return found, is_power

    @property
    def begins(self) -> bool:
        """Whether another factor begins here: side by side is multiplied, unless a digit would run on."""
        named = self.next.isalpha() and self.next not in ("mod", "Σ")
        return self.side_by_side and (named or self.next in ("(", "⌊", "⌈"))

    def power(self) -> _Tree:
        if self.next == "sup":
            self.take("sup")
            self.take("{")
            is_fraction, base = self.next == "frac", self.atom()
            self.take("}")
            assert not is_fraction, "a fraction that is raised needs parentheses"
            return _raised(base, self.group())
        is_fraction, base = self.next == "frac", self.atom()
        if self.next != "^":
            return base
        assert not is_fraction, "a fraction that is raised needs parentheses"
        self.take("^")
        exponent = self.atom() if self.next not in ("{", "(") else self.group()
        assert self.next != "^", "a power of a power can be read in two ways"
        return _raised(base, exponent)

    def atom(self) -> _Tree:
        match self.next:
            case "(":
                return self.inside("(", ")")
            case "{":
                self.take("{")
                tree = self.atom()
                self.take("}")
                return tree
            case "⌊" | "⌈" as opening:
                return _whole(opening, self.inside(opening, "⌋" if opening == "⌊" else "⌉"))
            case "[":
                return self.comparison()
            case "floor" | "ceil" as rounding:
                self.take(rounding)
                return _whole("⌊" if rounding == "floor" else "⌈", self.inside("(", ")"))
            case "min" | "max" as chosen:
                return self.extreme(chosen)
            case "frac":
                return self.fraction()
        token = self.rest.pop() if self.rest else ""
        is_size = token.isalnum() and token not in ("mod", "sup")
        assert is_size, f"{token!r} is no size"
        return lambda sizes: Value(token) if token.isdigit() else sizes[token]

    def comparison(self) -> _Tree:
        self.take("[")
        left = self.sum()
        sign = self.take(*_COMPARISONS)
        right = self.sum()
        self.take("]")
        return lambda sizes: Value(_COMPARISONS[sign](left(sizes), right(sizes)))

    def extreme(self, chosen: str) -> _Tree:
        self.take(chosen)
        in_a_row = self.next == "{"
        if in_a_row:
            self.take("{")
        self.take("(")
        sizes_in = [self.sum()]
        while self.next == ",":
            self.take(",")
            sizes_in.append(self.sum())
        self.take(")")
        if in_a_row:
            self.take("}")
        best = min if chosen == "min" else max
        return lambda sizes: best(each(sizes) for each in sizes_in)

    def fraction(self) -> _Tree:
        self.take("frac")
        if self.next == "{":
            return _multiplied("/", self.group(), self.group())
        self.take("(")
        above = self.sum()
        self.take(",")
        below = self.sum()
        self.take(")")
        return _multiplied("/", above, below)


def _signed(sign: str, tree: _Tree) -> _Tree:
    return tree if sign == "+" else lambda sizes: -tree(sizes)


def _added(left: _Tree, right: _Tree) -> _Tree:
    return lambda sizes: left(sizes) + right(sizes)


def _multiplied(sign: str, left: _Tree, right: _Tree) -> _Tree:
    if sign == "*":
        return lambda sizes: left(sizes) * right(sizes)
    return lambda sizes: left(sizes) / right(sizes)


def _raised(base: _Tree, exponent: _Tree) -> _Tree:
    return lambda sizes: raised(base(sizes), exponent(sizes))


def _whole(opening: str, tree: _Tree) -> _Tree:
    return lambda sizes: Value(math.floor(tree(sizes)) if opening == "⌊" else math.ceil(tree(sizes)))


def _summed(index: str, first: Value, last: Value, term: _Tree, sizes: Sizes) -> Value:
    return summed(first, last, lambda i: term({**sizes, index: i}))


def raised(base: Value, exponent: Value) -> Value:
    """A power, where it is not too large to be of use."""
    if exponent.denominator != 1 or not 0 <= exponent <= 6 or abs(base) > 10**9:
        raise ArithmeticError(f"{base} to the power of {exponent}")
    return Value(base**exponent.numerator)


def summed(first: Value, last: Value, term: Callable[[Value], Value]) -> Value:
    """The sum of a term for every whole number from the first to the last."""
    if first.denominator != 1 or last.denominator != 1 or last - first > 30:
        raise ArithmeticError(f"a sum from {first} to {last}")
    return sum(map(term, map(Value, range(first.numerator, last.numerator + 1))), Value(0))

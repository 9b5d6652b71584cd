"""Formulas of random networks, read back with nothing but what their page says, against a count in plain Python."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest

import symcount as sc
from tests.drawn_edges import FAMILIES, Network
from tests.reading import Value, read
from tests.seeds import chosen_seed

_VALUE = {
    "latex": re.compile(r"\\text\{parameters\} =(?:\{\}&)?(.*?)[,.]?\n?\\end\{", re.DOTALL),
    "typst": re.compile(r'"parameters" =&? (.*?)[,.]? \$', re.DOTALL),
    "markdown": re.compile(r"\\text\{parameters\} =(?:\{\}&)?(.*?)[,.]?\n(?:```|\\end\{)", re.DOTALL),
    "text": re.compile(r"params = (.*?)\n"),
}
_STATEMENT = re.compile(r"\b(where|for|assuming)\b|\$`?(.+?)`?\$", re.DOTALL)
_RELATIONS = {"≥": r"\\ge\b|>=|≥", "≤": r"\\le\b|<=|≤", "∣": r"\\mid\b|\bdivides\b|∣", "=": "="}
_COMPARED = re.compile(r"\[[^\]]*\]")
_IF = r"\\text\{ if \}|\" if \"| if "
_AND = r"\\text\{ and \}|\" and \"| and "


@dataclass(frozen=True)
class Read:
    """A formula as its page has it: texts in the notation of the page."""

    notation: str
    value: str
    letters: tuple[tuple[str, str], ...]
    statements: tuple[str, ...]

    def holds(self, sizes: dict[str, Value]) -> bool:
        """Whether all holds that the page states."""
        return all(self._holds(each, sizes) for each in self.statements)

    def _holds(self, statement: str, sizes: dict[str, Value]) -> bool:
        said, *where = re.split(_IF, statement)
        if where and not all(self._holds(each, sizes) for each in re.split(_AND, where[0])):
            return True
        sign, (left, right) = self._sides(said)
        one, other = (read(side, self.notation, sizes) for side in (left, right))
        return {
            "≥": lambda: one >= other, "≤": lambda: one <= other, "=": lambda: one == other,
            "∣": lambda: one != 0 and (other / one).denominator == 1,
        }[sign]()  # fmt: skip

    def _sides(self, said: str) -> tuple[str, list[str]]:
        outside = _COMPARED.sub(lambda match: "?" * len(match[0]), said)
        for sign, pattern in _RELATIONS.items():
            found = [*re.finditer(pattern, outside)]
            if len(found) == 1:
                return sign, [said[: found[0].start()], said[found[0].end() :]]
        raise AssertionError(said)

    def at(self, sizes: dict[str, Value]) -> Value:
        """The value, each letter worked out where it is defined."""
        for name, text in self.letters:
            sizes = {**sizes, name: read(text, self.notation, sizes)}
        return read(self.value, self.notation, sizes)


def read_page(page: str, medium: str) -> Read:
    """Read the page of a formula."""
    page = re.sub(r'\\\\\s*&\{\}|\\\s*& ""', " ", page)
    page = re.sub(
        r"([A-Za-z])_\{?(\d+)\}?", lambda match: match[1] + "".join("abcdefghij"[int(d)] for d in match[2]), page
    )
    found = _VALUE[medium].search(page)
    assert found is not None, page
    letters, statements = [], []
    for word, said in _lines(page[found.end() :], medium):
        if word == "where":
            name, _, text = said.partition(" = ")
            letters.append((name.strip(), text))
        else:
            statements.append(said)
    notation = {"markdown": "latex", "text": "text"}.get(medium, medium)
    return Read(notation, found[1], tuple(letters), tuple(statements))


def _lines(rest: str, medium: str) -> list[tuple[str, str]]:
    """What is said below a formula, each with the word before it."""
    if medium == "text":
        lines = [line.partition(" ") for line in rest.splitlines() if re.match("(where|for|assuming) ", line)]
        return [(word, each) for word, _, said in lines for each in ([said] if word == "where" else _parted(said))]
    found, word = [], ""
    for match in _STATEMENT.finditer(rest):
        word = match[1] or word
        if match[2]:
            found.append((word, match[2]))
    return found


def _parted(said: str) -> list[str]:
    """What stands between commas outside of parentheses."""
    parts = [""]
    for piece in said.split(", "):
        parts[-1] += piece
        parts += [""] if parts[-1].count("(") == parts[-1].count(")") else []
        parts[-1] += "" if not parts[-1] else ", "
    return parts[:-1]


def check_family(family: Callable[[random.Random], Network], medium: str, networks: int) -> tuple[int, int]:
    """Compare random networks with their pages at random points; return how many points were inside and outside."""
    seed = chosen_seed()
    print("seed", seed)
    draw = random.Random(f"{seed} {medium}")
    inside = outside = 0
    for _ in range(networks):
        drawn = family(draw)
        text = drawn.text()
        try:
            page = sc.Architecture(text).formula().to(medium)
        except sc.ArchitectureError:
            continue
        print(text, page, sep="\n")
        found = read_page(page, medium)
        for _ in range(5):
            values = {**{name: draw.randint(1, 9) for name in "uvwN"}, "p": draw.randint(0, 4)}
            sizes = {name: Value(value) for name, value in values.items()}
            counted = drawn.count(values)
            try:
                if not found.holds(sizes):
                    outside += 1
                    assert counted is None or drawn.is_empty(values), values
                    continue
                value = found.at(sizes)
            except ArithmeticError:
                continue
            inside += 1
            assert value == counted, values
    return inside, outside


@pytest.mark.parametrize("medium", _VALUE)
@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: str(family.__name__))
def test_a_formula_reads_back_from_its_page(family: Callable[[random.Random], Network], medium: str) -> None:
    inside, outside = check_family(family, medium, 12)
    assert inside > 2
    assert inside + outside > 10


def test_a_page_that_says_something_else_would_be_noticed() -> None:
    page = sc.parse("I(v,w)-C(u,3,s=2)-P3-C((u+1)/2,1)-F-O2").formula().to("latex")
    sizes = {name: Value(value) for name, value in {"u": 3, "v": 2, "w": 9}.items()}
    found = read_page(page, "latex")
    assert found.holds(sizes)
    assert found.at(sizes) == sc.parse("I(2,9)-C(3,3,s=2)-P3-C(2,1)-F-O2").params
    assert not read_page(page.replace("w \\ge 7", "w \\ge 17"), "latex").holds(sizes)
    assert not read_page(page.replace("u + 1$", "u$"), "latex").holds(sizes)
    assert read_page(page.replace("frac{w}{6}", "frac{w}{5}"), "latex").at(sizes) == found.at(sizes)
    assert read_page(page.replace("frac{w}{6}", "frac{w}{4}"), "latex").at(sizes) != found.at(sizes)

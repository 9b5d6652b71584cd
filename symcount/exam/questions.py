"""`Exam` and `Question`: what a teacher writes, read from TOML; what is unknown is refused with the nearest known."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from symcount.errors import ArchitectureError, near, visible
from symcount.exam.bank import bank_table
from symcount.exam.conditions import Condition, read_condition
from symcount.exam.keys import check_keys, flag, listed, one_of, refused, whole, words
from symcount.exam.ranges import read_range
from symcount.exam.wording import LANGUAGES
from symcount.layers import CONVENTIONS
from symcount.quantities import QUANTITIES
from symcount.records import record

FORMS = {
    "number": "a number that is written in",
    "shape": "the sizes of a shape, each written in",
    "choice": "one of several options, among them what mistakes give",
    "value": "the value of a symbol that was asked for with solve, one of several options",
    "line": "which of several networks has this number",
    "formula": "which of several formulas is right",
    "difference": "how many more one network has than another",
}
"""The forms of a question, and how it is answered."""

UNITS = {"kB": 10**3, "KB": 10**3, "MB": 10**6, "GB": 10**9, "KiB": 2**10, "MiB": 2**20, "GiB": 2**30}
"""What a size in bytes is told in."""

OTHER_UNITS = {"kB": "KiB", "KB": "KiB", "MB": "MiB", "GB": "GiB", "KiB": "kB", "MiB": "MB", "GiB": "GB"}
"""With which each is mistaken."""


@record
class Question:
    """One question: a network with ranges for its symbols, conditions, and what is asked of it.

    ``ask`` is a quantity, ``at`` a layer, ``form`` how it is answered, ``unit`` what memory is told in. ``solve``
    is the symbol whose value is asked for, ``other`` the network that it is compared with. ``text`` stands in place
    of the question that a language has for it, and ``topic`` is for whoever sorts questions. ``after`` is the question
    of whose network and values this one asks more.
    """

    name: str
    architecture: str
    ranges: Mapping[str, tuple[int, ...]]
    where: tuple[Condition, ...] = ()
    ask: str = "params"
    at: str | None = None
    form: str = "number"
    points: int = 1
    options: int = 4
    exact: bool = False
    unit: str = ""
    solve: str = ""
    other: str = ""
    text: str = ""
    topic: str = ""
    convention: str = "textbook"
    costs: Mapping[str, Any] = {}
    after: str = ""


@record
class Exam:
    """A list of questions, with a title, a language, a seed, and the credit for an answer of one known mistake.

    ``source`` is the text that it was read from.
    """

    title: str
    questions: tuple[Question, ...]
    language: str = "en"
    seed: int = 1
    partial: int = 50
    instructions: str = ""
    source: str = ""


_EXAM = ("title", "language", "seed", "partial", "instructions", "convention", "question")
_QUESTION = (
    "name", "architecture", "with", "where", "ask", "at", "as", "points", "options", "exact", "unit", "solve", "other",
    "text", "topic", "convention", "costs", "bank", "after",
)  # fmt: skip
_COSTS = ("training", "per", "held", "memory_of", "dtype", "adam_dtype", "batch", "scheme")


def read_exam(text: str, name: str = "exam") -> Exam:
    r"""Read an exam from the text of a TOML file; ``name`` is that of the file.

    >>> exam = read_exam('[[question]]\nname = "q"\narchitecture = "I784-H(h)"\nwith = {h = "10..20"}')
    >>> exam.questions[0].ranges["h"][-1]
    20
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ArchitectureError("bad-exam", f"{visible(name)} is not TOML: {error}") from None
    check_keys(table, _EXAM, "an exam")
    given = table.get("question", [])
    if not isinstance(given, list) or not given or not all(isinstance(each, dict) for each in given):
        raise refused("an exam has no question", "write [[question]], or begin with: symcount exam new")
    language = one_of(table, "language", LANGUAGES, "en")
    convention = one_of(table, "convention", CONVENTIONS, "textbook")
    tables = _tables(given)
    questions = tuple(_question(each, place, convention) for place, each in enumerate(tables, 1))
    _unlike([each.name for each in questions])
    return Exam(
        words(table, "title", "an exam") or name,
        questions,
        language,
        whole(table, "seed", 1, "an exam", 0, 2**63),
        whole(table, "partial", 50, "an exam", 0, 100),
        words(table, "instructions", "an exam"),
        text,
    )


def _tables(given: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The tables of all questions, each with what it takes from the bank, or from the question that it follows."""
    found: list[dict[str, Any]] = []
    for place, table in enumerate(given, 1):
        where = f"question {place}"
        check_keys(table, _QUESTION, where)
        if "bank" in table:
            table = {**bank_table(str(table["bank"])), **{key: value for key, value in table.items() if key != "bank"}}
        if "after" in table:
            table = {**_network_of(table, found, where), **table}
        found.append(table)
    return found


def _network_of(table: dict[str, Any], before: list[dict[str, Any]], where: str) -> dict[str, Any]:
    """What a question has in common with the one that it follows: the network, its values and what settles it."""
    own = [key for key in ("architecture", "with", "where") if key in table]
    if own:
        raise refused(f"{where}: after takes the network and its values from another question", f"leave {own[0]} out")
    names = [str(each.get("name", f"q{place}")) for place, each in enumerate(before, 1) if "after" not in each]
    name = str(table["after"])
    if name not in names:
        close = near(name, names)
        hint = f"did you mean {close}?" if close else "after names a question before it, which follows none itself"
        raise refused(f"{where}: no question before it is called {name!r}", hint)
    first = next(each for place, each in enumerate(before, 1) if each.get("name", f"q{place}") == name)
    shared = {key: first[key] for key in _SHARED if key in first}
    if "where" in shared:  # what is said of the answer there is not said of the answer here
        shared["where"] = [each for each in listed(shared, "where", where) if not _OF_ANSWER.search(str(each))]
    return shared


_OF_ANSWER = re.compile(r"\banswer\b")


_SHARED = ("architecture", "with", "where", "exact", "convention", "costs")


def _question(table: dict[str, Any], place: int, convention: str) -> Question:
    where = f"question {place}"
    if not words(table, "architecture", where):
        raise refused(f"{where} has no architecture", 'write architecture = "I784-H(h)-O10"')
    ask = one_of(table, "ask", QUANTITIES, "params", where)
    form = one_of(table, "as", FORMS, "shape" if ask == "output" else "number", where)
    found = Question(
        words(table, "name", where) or f"q{place}",
        words(table, "architecture", where),
        _ranges(table, where),
        tuple(map(read_condition, listed(table, "where", where))),
        ask,
        words(table, "at", where) or None,
        form,
        whole(table, "points", 1, where, 0, 1000),
        whole(table, "options", 4, where, 2, 8),
        flag(table, "exact", where),
        one_of(table, "unit", UNITS, "", where),
        words(table, "solve", where),
        words(table, "other", where),
        words(table, "text", where),
        words(table, "topic", where),
        one_of(table, "convention", CONVENTIONS, convention, where),
        _costs(table, where),
        words(table, "after", where),
    )
    _fits(found, where)
    return found


def _fits(question: Question, where: str) -> None:
    """Refuse what does not go together."""
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9 ._-]*", question.name):
        raise refused(f"{where}: {question.name!r} cannot be a name", "letters, digits and - . _ do")
    if (question.form == "value") != bool(question.solve):
        raise refused(f"{where}: solve names the symbol that is asked for", 'write as = "value" and solve = "p"')
    if question.solve and question.solve not in question.ranges:
        raise refused(f"{where}: {question.solve} has no range", f'write it into with: {question.solve} = "0..5"')
    if (question.form == "difference") != bool(question.other):
        raise refused(f"{where}: other is the network to compare with", 'write as = "difference" and other = "I…"')
    if question.unit and question.ask != "memory":
        raise refused(f"{where}: a unit is for memory", 'write ask = "memory"')
    if question.ask == "output" and question.form not in ("shape", "choice", "value", "line"):
        raise refused(f"{where}: a shape is no {question.form}", 'write as = "shape" or as = "choice"')
    if question.form == "shape" and question.ask != "output":
        raise refused(f"{where}: {question.ask} is no shape", 'write as = "number", or ask = "output"')


def _ranges(table: dict[str, Any], where: str) -> dict[str, tuple[int, ...]]:
    given = table.get("with", {})
    if not isinstance(given, dict):
        raise refused(f"{where}: with is a table of symbols", 'write with = {n = "28, 32", f = "16..64 step 16"}')
    return {name: read_range(name, values) for name, values in given.items()}


def _costs(table: dict[str, Any], where: str) -> dict[str, Any]:
    given = table.get("costs", {})
    if not isinstance(given, dict):
        raise refused(f"{where}: costs is a table", 'write costs = {dtype = "float16"}')
    check_keys(given, _COSTS, f"costs of {where}")
    return given


def _unlike(names: list[str]) -> None:
    twice = [name for place, name in enumerate(names) if name in names[:place]]
    if twice:
        raise refused(f"two questions are called {twice[0]!r}", "give each its own name")

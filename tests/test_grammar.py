from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from lark.exceptions import GrammarError
from lark.grammar import Rule

from symcount.syntax import tables
from symcount.syntax.parser import parse

if TYPE_CHECKING:
    from lark import Lark

GRAMMAR = tables.read("architecture.lark")


def test_the_grammar_has_no_conflict() -> None:
    tables.build(GRAMMAR, strict=True)


def test_a_conflict_would_be_seen() -> None:
    # With an expression for a count, [C]*N-P could be a count of N-P.
    ambiguous = GRAMMAR.replace("?count: NUMBER                           -> number", "?count: calculation")
    assert ambiguous != GRAMMAR
    with pytest.raises(GrammarError):
        tables.build(ambiguous, strict=True)


def meaning(parser: Lark) -> object:
    """What the tables say, whatever numbers their states have: those differ from run to run."""
    table = parser.parser.parser._parse_table
    numbers = dict.fromkeys(table.start_states.values(), 0)
    waiting, rows = list(numbers), []
    for state in waiting:
        row = []
        for token, (action, target) in sorted(table.states[state].items(), key=lambda entry: str(entry[0])):
            if isinstance(target, Rule):
                row.append((str(token), str(action), f"{target} {target.alias}"))
                continue
            if target not in numbers:
                numbers[target] = len(numbers)
                waiting.append(target)
            row.append((str(token), str(action), str(numbers[target])))
        rows.append(row)
    words = sorted((word.name, word.pattern.to_regexp(), word.priority) for word in parser.terminals)
    return rows, words, sorted(parser.lexer_conf.ignore)


def test_the_saved_tables_are_those_of_the_grammar() -> None:
    saved = tables.saved_tables()
    assert saved is not None
    if saved["made from"]["lark"] != tables.origin(GRAMMAR)["lark"]:
        pytest.skip("the tables are of another lark, and are not used")
    assert saved["made from"] == tables.origin(GRAMMAR), "run python -m symcount.syntax"
    assert meaning(tables.load(saved)) == meaning(tables.build(GRAMMAR)), "run python -m symcount.syntax"


def test_other_tables_would_be_seen() -> None:
    other = GRAMMAR.replace('| link "?" ', '| link "!" ')
    assert other != GRAMMAR
    assert tables.origin(other) != tables.origin(GRAMMAR)
    assert meaning(tables.build(other)) != meaning(tables.build(GRAMMAR))


def test_tables_that_do_not_fit_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    class BuiltError(Exception):
        pass

    def build(*_: object, **__: object) -> None:
        raise BuiltError

    saved = tables.saved_tables()
    monkeypatch.setattr(tables, "build", build)
    if saved is not None and saved["made from"] == tables.origin(GRAMMAR):
        tables.parser(object())
    for broken in ("", "[]", '{"made from": {"lark": "0", "grammar": ""}}', "\x00"):
        monkeypatch.setattr(tables, "read", lambda name, broken=broken: broken if name.endswith("tables") else GRAMMAR)
        with pytest.raises(BuiltError):
            tables.parser(object())


def test_no_layer_is_named_in_the_grammar() -> None:
    rules = re.sub("//.*", "", GRAMMAR)
    assert set(re.findall('"([A-Za-z]+)"', rules)) == {"def", "let", "in"}


def test_the_parser_may_be_asked_again() -> None:
    assert parse("I-C") == parse("I-C")

"""The parser's tables: built from the grammar once, and saved beside it, as building takes longest.

Tables of another lark, or of another grammar, are not used, and damaged ones neither: the grammar is then
read instead. The first line of the file is the hash of the rest.
``python -m symcount.syntax`` saves them anew; a test holds them equal to the grammar.
"""

from __future__ import annotations

import json
from hashlib import sha256
from os.path import dirname, exists, join
from typing import Any

import lark

_HERE = dirname(__file__)
_PLACES = (join(_HERE, "..", "grammar"), join(_HERE, "..", "..", "grammar"))
"""Where the grammar is: in an installed package, and in the tree of the project."""

_START = "program"


def parser(rules: object) -> lark.Lark:
    """Return the parser whose nodes are made by ``rules``, from saved tables where they fit."""
    grammar = read("architecture.lark")
    saved = saved_tables()
    if saved is None or saved.get("made from") != origin(grammar):
        return build(grammar, rules)
    return load(saved, rules)


def load(saved: dict[str, Any], rules: object = None) -> lark.Lark:
    """Make the parser of saved tables, as the standalone parsers of lark do."""
    made: lark.Lark = lark.Lark._load_from_dict(saved["data"], saved["memo"], transformer=rules)  # type: ignore[no-untyped-call]
    return made


def build(grammar: str, rules: object = None, *, strict: bool = False) -> lark.Lark:
    """Build the parser from the text of the grammar; ``strict`` refuses any conflict in it."""
    return lark.Lark(
        grammar,
        start=_START,
        parser="lalr",
        lexer="basic",
        keep_all_tokens=True,
        strict=strict,
        transformer=rules,
    )


def dump(grammar: str) -> str:
    """Return the tables of a grammar, in the form in which they are saved."""
    data, memo = build(grammar).memo_serialize([lark.lexer.TerminalDef, lark.grammar.Rule])
    saved = {"made from": origin(grammar), "data": data, "memo": memo}
    content = json.dumps(saved, separators=(",", ":"), default=sorted) + "\n"
    return f"{_hash(content)}\n{content}"


def origin(grammar: str) -> dict[str, str]:
    """Return what the tables depend on."""
    return {"lark": lark.__version__, "grammar": _hash(grammar)}


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def save() -> str:
    """Save the tables beside the grammar that they are made from, and return where."""
    place = _path("architecture.tables")
    text = dump(read("architecture.lark"))
    with open(place, "w", encoding="utf-8") as file:
        file.write(text)
    return place


def read(name: str) -> str:
    """Return the text of a file that ships with the grammar."""
    with open(_path(name), encoding="utf-8") as file:
        return file.read()


def _path(name: str) -> str:
    place = next((place for place in _PLACES if exists(join(place, "architecture.lark"))), _PLACES[-1])
    return join(place, name)


def saved_tables() -> dict[str, Any] | None:
    """Return the saved tables, or None where there are none that are as they were saved."""
    try:
        stated, _, content = read("architecture.tables").partition("\n")
        if stated != _hash(content):
            return None
        saved = json.loads(content, object_pairs_hook=_numbered)
        return saved if isinstance(saved, dict) else None
    except (OSError, ValueError):
        return None


def _numbered(pairs: list[tuple[str, Any]]) -> dict[str | int, Any]:
    """Return an object of the saved tables: the states are numbers, which JSON keeps as text."""
    return {int(key) if key.isdigit() else key: value for key, value in pairs}

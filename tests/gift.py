"""A reader of GIFT, from its description at https://docs.moodle.org/en/GIFT_format: the kinds that an exam has."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PLAIN = r"(?:\\.|[^\\])"


@dataclass(frozen=True)
class Answer:
    """One answer: its text, what it is worth in percent, its tolerance and what is said of it."""

    text: str
    worth: float
    tolerance: float
    feedback: str


@dataclass(frozen=True)
class Asked:
    """One question: its category, name, text, whether it is numerical, and its answers."""

    category: str
    name: str
    text: str
    numerical: bool
    answers: tuple[Answer, ...]


def read_gift(source: str) -> list[Asked]:
    """Return the questions of a text, or fail at what is none."""
    category, found = "", []
    for block in re.split(r"\n\s*\n", source.strip()):
        if block.startswith("$CATEGORY: "):
            category = block.removeprefix("$CATEGORY: ").strip()
            continue
        match = re.fullmatch(rf"::({_PLAIN}+?)::\[html\]((?:\\.|[^\\{{}}])*)\{{({_PLAIN}*)\}}", block, re.DOTALL)
        assert match is not None, block
        body = match[3]
        numerical = body.startswith("#")
        answers = tuple(_answer(each, numerical) for each in _parts(body.removeprefix("#")))
        found.append(Asked(category, _plain(match[1]), _plain(match[2]), numerical, answers))
    return found


def _parts(body: str) -> list[str]:
    parts = re.split(r"(?<!\\)(?=[=~])", body)
    assert parts[0].strip() == ""
    return [part.strip() for part in parts[1:]]


def _answer(part: str, numerical: bool) -> Answer:
    sign, rest = part[0], part[1:]
    worth = 100.0 if sign == "=" else 0.0
    credit = re.match(r"%(-?[0-9.]+)%", rest)
    if credit is not None:
        worth, rest = float(credit[1]), rest[credit.end() :]
    text, _, feedback = _split(rest, "#")
    tolerance = 0.0
    if numerical:
        text, _, given = _split(text, ":")
        tolerance = float(given)
        assert re.fullmatch(r"-?\d+(\.\d+)?", text), text
    return Answer(_plain(text), worth, tolerance, _plain(feedback))


def _split(text: str, sign: str) -> tuple[str, str, str]:
    parts = re.split(rf"(?<!\\){sign}", text, maxsplit=1)
    return (parts[0], sign, parts[1]) if len(parts) == 2 else (text, "", "")


def _plain(text: str) -> str:
    assert not re.search(r"(?<!\\)[~=#{}]", text), text
    return re.sub(r"\\(.)", r"\1", text).strip()

"""A deck for Anki: a card for each variant, the solution on its back; needs the extra ``symcount[anki]``.

A card keeps its name from one export to the next, so that Anki updates it and keeps what it knows of the learner.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from html import escape
from io import BytesIO

from symcount.errors import not_installed
from symcount.exam.platforms.pieces import html, solution
from symcount.exam.questions import Exam
from symcount.exam.told import reason
from symcount.exam.variant import Sheet, Variant, letter

_MODEL = 1_607_392_319
"""The number by which Anki knows the fields of these cards."""

_STYLE = ".card { font-family: serif; font-size: 18px; text-align: left; } pre { font-size: 14px; overflow-x: auto; }"


def write(exam: Exam, sheets: Sequence[Sheet]) -> bytes:
    """Return the deck as an apkg file."""
    try:
        import genanki
    except ModuleNotFoundError:
        raise not_installed("a deck for Anki", "genanki", "anki") from None
    template = {"name": "card", "qfmt": "{{Question}}", "afmt": "{{FrontSide}}<hr id=answer>{{Answer}}"}
    model = genanki.Model(
        _MODEL, "symcount", fields=[{"name": "Question"}, {"name": "Answer"}], templates=[template], css=_STYLE
    )
    deck = genanki.Deck(_number(exam.title), exam.title)
    for sheet in sheets:
        for each in sheet.variants:
            guid = genanki.guid_for(exam.title, each.question.name, each.code)
            tags = [each.question.topic.replace(" ", "-")] if each.question.topic else []
            deck.add_note(
                genanki.Note(model=model, fields=[_front(exam, each), _back(exam, each)], guid=guid, tags=tags)
            )
    out = BytesIO()
    genanki.Package(deck).write_to_file(out, timestamp=_TIME)
    return out.getvalue()


_TIME = 1_577_836_800
"""When cards are said to be made: a deck is the same each time."""


def _number(title: str) -> int:
    """A number for a deck of this title, the same each time."""
    return int.from_bytes(sha256(title.encode()).digest()[:4], "big") | 1 << 31


def _front(exam: Exam, variant: Variant) -> str:
    options = "".join(f"<p>{letter(at)}) {escape(each.shown)}</p>" for at, each in enumerate(variant.options))
    return html(exam, variant) + options


def _back(exam: Exam, variant: Variant) -> str:
    mark = f"{variant.letter}) " if variant.options else ""
    wrong = "".join(
        f"<p>{escape(each.shown)}: {escape(reason(each, exam.language))}</p>"
        for each in (*variant.options, *variant.known[:_MOST_KNOWN])
        if each.made
    )
    return (
        f"<p><strong>{mark}{escape(variant.key.shown)}</strong></p>{wrong}<pre>{escape(solution(exam, variant))}</pre>"
    )


_MOST_KNOWN = 5

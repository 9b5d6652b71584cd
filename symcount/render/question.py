"""The question that a worked solution answers, as a sheet to be filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from symcount.arithmetic import by_name
from symcount.derivation import Derivation
from symcount.quantities import Sum
from symcount.render.equations import joined
from symcount.render.page import Page
from symcount.render.table import Column, Table


def question(derivation: Derivation, page: Page, title: str) -> str:
    """Return the question: the network, what is asked of it, and a table of its layers with room for the answers."""
    return page.between.join(map(page.block, _blocks(derivation, page, title)))


def _blocks(derivation: Derivation, page: Page, title: str) -> Iterator[str]:
    kind, convention = page.medium, derivation.count.setting.convention
    yield page.title(title or "Question", derivation.general.text)
    values = derivation.count.values.items()
    if values:
        shown = (
            joined((kind.notation.name(name), by_name(size, kind.notation)), kind.notation) for name, size in values
        )
        yield page.paragraph(kind.escape("Given: ") + kind.escape(", ").join(map(kind.maths, shown)) + kind.escape("."))
    yield page.paragraph(kind.escape(f"{_asked(derivation)} Show the working."))
    yield page.table(_table(derivation, page))
    yield page.paragraph(kind.escape(f"Convention: {convention.name} ({convention.summary})."))


def _asked(derivation: Derivation) -> str:
    quantity = derivation.quantity
    of = "each layer" if derivation.whole else derivation.layers[0].name
    if quantity is None:
        return f"Which shape does {of} give?"
    if not isinstance(quantity.fold, Sum):
        return f"What is the {quantity.words.replace('-', ' ')} of {of}?"
    what = quantity.noun or re.split("[:;,]", quantity.summary)[0]
    return f"How many {what} does {of} have{', and how many the network' * derivation.whole}?"


def _table(derivation: Derivation, page: Page) -> Table:
    """The layers with blanks for what leaves them, and for what is counted."""
    kind = page.medium
    blank, quantity = page.blank, derivation.quantity
    rows = [
        (
            kind.indent * str(each.index).count(".") + kind.escape(each.name),
            kind.escape(each.noun),
            "" if each.inside else kind.escape(each.text),
            *[blank] * (1 if quantity is None else 2),
        )
        for each in derivation.every
    ]
    headings = ("", "", "layer", "output") + (() if quantity is None else (quantity.words,))
    columns = tuple(Column(heading, at == 4, code=at == 2) for at, heading in enumerate(headings))
    asks_for_a_sum = derivation.whole and quantity is not None and isinstance(quantity.fold, Sum)
    total = ("", "total", "", "", blank) if asks_for_a_sum else None
    return Table(columns, tuple(rows), total)

"""One architecture a line as one JSON object a line: what is told of a link is written once, its numbers put in."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from symcount.counts import KnownRow, Row, convention_named, said_once
from symcount.counts.chains import LinkCounter, Passages, placed
from symcount.program.marks import Mark, Template, template
from symcount.quantities import setting
from symcount.render.count_json import row_json
from symcount.render.view import View

_INSIDE = 1_000_000
"""The mark of the first known link that is inside of a row."""


class Lines:
    """Answers for many lines under one view: those that are chains of known sizes, link by link."""

    def __init__(self, view: View, convention: str, costs: Mapping[str, Any], *, exact: bool) -> None:
        self.view = view
        self.setting = setting(convention_named(convention), **costs)
        self._counter: LinkCounter[Template] = LinkCounter(
            view.totals, self._shown, self.setting, exact=exact, parted=view.depth is None
        )
        self._is_apt = self._counter.is_apt and not view.letters and view.at is None

    def answer(self, line: str, number: int) -> str | None:
        """Return the answer for a line as JSON; None where the line must be counted as a whole.

        >>> lines = Lines(View(), "textbook", {}, exact=False)
        >>> json.loads(lines.answer("I784-H100-O10", 1))["total"]["params"], lines.answer("I(n)-O10", 2)
        (79510, None)
        """
        passages = self._counter.passages(line) if self._is_apt else None
        if passages is None:
            return None
        counts: Counter[str] = Counter()
        rows, notes = [], []
        for place, passage in enumerate(passages):
            link, piece = passage.link, passage.made
            numbers = [place, "", *(counts[token] + ordinal for token, ordinal in link.layers)]
            for token, count in link.counts.items():
                counts[token] += count
            rows.append(piece.shown.filled(numbers))
            notes += [note.filled(numbers) for note in piece.notes]
        return self._object(number, passages, rows[1:], notes)

    def _object(self, number: int, passages: Passages[Template], rows: Iterable[str], notes: Iterable[str]) -> str:
        first, last = passages[0], passages[-1]
        head = {
            "line": number,
            "architecture": "-".join(passage.link.text for passage in passages),
            "bindings": {},
            "symbols": [],
            "convention": self.setting.convention.name,
            "input": self.view.sizes(first.output),
        }
        totals = zip(self._counter.quantities, self._counter.totals(passages), strict=True)
        tail = {
            "total": {quantity.key: total for quantity, total in totals},
            "output": self.view.sizes(last.output),
            "notes": said_once(notes),
        }
        return f'{_json(head)[:-1]}, "layers": [{", ".join(rows)}], {_json(tail)[1:]}'

    def _shown(self, row: Row) -> Template:
        """The row of a link as JSON, and in it what is shown of the links inside that are known."""
        inside: dict[int, Template] = {}

        def known(each: Row) -> str | None:
            if not isinstance(each, KnownRow):
                return None
            mark = _INSIDE + len(inside)
            inside[mark] = placed(each.part, each.part.made.shown)
            return str(Mark(mark))

        written = json.dumps(row_json(row, self.view, known=known), ensure_ascii=False, default=str)
        return template(written).around(inside)


def _json(answer: object) -> str:
    return json.dumps(answer, ensure_ascii=False)

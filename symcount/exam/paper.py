"""Sheets on paper: questions with a head to be filled in, answer sheets, and solutions, in any medium with pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symcount.exam.questions import Exam
from symcount.exam.said import Network, said, title
from symcount.exam.solved import solved
from symcount.exam.told import reason
from symcount.exam.variant import THIN, Option, Sheet, Variant, letter
from symcount.exam.wording import wording
from symcount.records import record, replace
from symcount.render.media import page_named
from symcount.render.page import About, Page
from symcount.render.table import Column, Table

SHEETS = ("questions", "cover", "answers", "solutions", "all")
"""What is printed; of all, every student's cover and questions come first, then answers, then solutions."""

MEDIA = ("text", "markdown", "latex", "html", "typst")


def paper(exam: Exam, sheets: Sequence[Sheet], medium: str, which: str = "questions") -> str:
    """Return the sheets of an exam as a document."""
    page = page_named(medium)
    page = page.alone or page
    page = replace(page, medium=page.medium.parted("space"))
    setting = _Paper(exam, page)
    kinds = {
        "questions": (setting.questions,),
        "cover": (setting.cover,),
        "answers": (setting.answers,),
        "solutions": (setting.solutions,),
        "all": (setting.cover, setting.questions),
    }
    piles = [kinds[which], kinds["answers"], kinds["solutions"]] if which == "all" else [kinds[which]]
    body = page.apart.join(page.between.join(make(each)) for pile in piles for each in sheets for make in pile)
    return page.document(body, About(exam.title, ""))


@record
class _Paper:
    exam: Exam
    page: Page

    def questions(self, sheet: Sheet) -> Iterator[str]:
        """The sheet with the questions of a student."""
        yield from self._head(sheet, "")
        if self.exam.instructions:
            yield self._words(self.exam.instructions)
        for number, variant in enumerate(sheet.variants, 1):
            asked = self.page.between.join((*self._question(number, variant), *self._room(variant)))
            yield self.page.whole(asked) if _is_short(variant, self.exam.language) else asked

    def cover(self, sheet: Sheet) -> Iterator[str]:
        """The sheet that lies on top: whose it is, what is allowed, and a line for the points of each question."""
        words = self._named
        yield from self._head(sheet, "")
        if self.exam.instructions:
            yield self._words(self.exam.instructions)
        columns = (
            Column(words["question"]),
            Column(words["points"].capitalize(), numeric=True),
            Column(words["reached"]),
        )
        rows = [
            (str(number), str(each.question.points), self.page.blank) for number, each in enumerate(sheet.variants, 1)
        ]
        total = self.page.medium.escape(words["total"]), str(_points(sheet)), self.page.blank
        yield self.page.table(Table(columns, tuple(rows), total))

    def answers(self, sheet: Sheet) -> Iterator[str]:
        """The sheet on which answers alone are written."""
        words, kind = self._named, self.page.medium
        yield from self._head(sheet, words["answers"])
        points = Column(words["points"].capitalize(), numeric=True)
        columns = (Column(words["question"]), Column(words["answer"]), points)
        rows = [
            (str(number), self._boxes(each), str(each.question.points)) for number, each in enumerate(sheet.variants, 1)
        ]
        yield self.page.table(Table(columns, tuple(rows), (kind.escape(words["total"]), "", str(_points(sheet)))))

    def solutions(self, sheet: Sheet) -> Iterator[str]:
        """The sheet with the keys, what makes other answers wrong, and the calculation."""
        yield from self._head(sheet, self._named["solutions"])
        for number, variant in enumerate(sheet.variants, 1):
            yield from self._question(number, variant)
            mark = f"{variant.letter}) " if variant.options else ""
            key = self.page.medium.escape(f"{self._named['solution']}: {mark}") + self._answer_shown(variant.key)
            yield self.page.paragraph(key)
            yield from map(self._words, _reasons(variant, self.exam.language))
            yield from solved(variant, self.exam.language, self.page)

    @property
    def _named(self) -> dict[str, str]:
        return wording(self.exam.language)["words"]

    def _words(self, text: str) -> str:
        return self.page.paragraph(self._safe(text))

    def _safe(self, text: str) -> str:
        """Words in the medium; a narrow space is none that LaTeX knows."""
        return self.page.medium.escape(text.replace(THIN, " "))

    def _head(self, sheet: Sheet, what: str) -> Iterator[str]:
        words = self._named
        running = self.page.running(f"{self.exam.title}, {words['version']} {sheet.code}")
        if running:
            yield running
        yield self.page.title(f"{self.exam.title}{': ' * bool(what)}{what}", f"{words['version']} {sheet.code}")
        if what != words["solutions"]:
            blank = self.page.blank
            fields = [f"{self.page.medium.escape(words[each])}: {blank}" for each in ("name", "number")]
            fields.append(self.page.medium.escape(f"{words['points'].capitalize()}: ____ / {_points(sheet)}"))
            yield self.page.paragraph(f" {self.page.medium.indent}".join(fields))

    def _question(self, number: int, variant: Variant) -> Iterator[str]:
        told = said(variant, self.exam.language)
        yield self.page.heading(title(self.exam, number, variant))
        if variant.question.after:
            number = [each.name for each in self.exam.questions].index(variant.question.after) + 1
            yield self._words(wording(self.exam.language)["form"]["same"].format(number=number))
        else:
            for network in told.networks:
                yield from self._network(network)
        yield self.page.kept(self._safe(told.question))
        if told.hangs:
            yield self.page.kept(self._safe(" ".join(told.hangs)))
        if variant.options:
            yield from self._options(variant)

    def _network(self, network: Network) -> Iterator[str]:
        escape = self.page.medium.escape
        yield self.page.kept(self._safe(network.given))
        if network.layers:
            rows = tuple((escape(name), escape(phrase)) for name, phrase in network.layers)
            columns = (Column(self._named["layer"]), Column(self._named["what"]))
            yield self.page.table(Table(columns, rows))

    def _options(self, variant: Variant) -> Iterator[str]:
        """The options: short ones on one line, others on a line each."""
        shown = [
            self.page.medium.escape(f"{letter(place)}) ") + self._answer_shown(each)
            for place, each in enumerate(variant.options)
        ]
        if max(len(each.shown) for each in variant.options) > _SHORT:
            yield from map(self.page.paragraph, shown)
        else:
            yield self.page.paragraph(f" {self.page.medium.indent}{self.page.medium.indent}".join(shown))

    def _room(self, variant: Variant) -> Iterator[str]:
        """A line for the answer, where none is to be marked."""
        if not variant.options:
            label = self.page.medium.escape(f"{self._named['answer']}: ")
            yield self.page.paragraph(label + self._boxes(variant))

    def _boxes(self, variant: Variant) -> str:
        """Where an answer is written: letters to choose from, or a line for each size."""
        kind = self.page.medium
        if variant.options:
            return f" {kind.indent}".join(letter(place) for place in range(len(variant.options)))
        return kind.escape(" × ").join([self.page.blank] * max(1, len(variant.key.answer)))

    def _answer_shown(self, option: Option) -> str:
        kind = self.page.medium
        if option.formula is not None:
            return kind.size(option.formula)
        if option.plain != "x".join(map(str, option.answer)):
            return self._safe(option.shown)
        return kind.shape(option.answer) if len(option.answer) > 1 else kind.size(option.answer[0])


def _points(sheet: Sheet) -> int:
    return sum(each.question.points for each in sheet.variants)


def _is_short(variant: Variant, language: str) -> bool:
    """Whether a question has room on a page."""
    networks = () if variant.question.after else said(variant, language).networks
    return sum(len(each.layers) for each in networks) + len(variant.options) <= _MOST_ON_A_PAGE


_MOST_ON_A_PAGE = 24
"""The most layers and options of a question that is not parted between two pages."""


def _reasons(variant: Variant, language: str) -> Iterator[str]:
    """What makes other answers wrong: those that are offered, or those that most often are written in."""
    words = wording(language)["marks"]
    for place, option in enumerate(variant.options):
        if option.made:
            yield words["wrong-option"].format(letter=letter(place), reason=reason(option, language))
    for option in variant.known[:_MOST_KNOWN]:
        yield words["wrong-answer"].format(answer=option.shown, reason=reason(option, language))


_MOST_KNOWN = 5
"""The most wrong answers to an open question that a solution tells."""

_SHORT = 16
"""How wide the options may be that stand on one line, in characters."""

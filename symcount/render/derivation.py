"""A derivation in a medium: the one place that says what a worked solution shows, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from symcount.arithmetic import Size, by_name
from symcount.arithmetic.notation import UNICODE, Notation
from symcount.derivation import Case, Derivation, Worked
from symcount.layers import Sentence
from symcount.records import Unchanging, record
from symcount.render.equations import Side, Signs, addition, bounded, joined, letter, lines, sides, word
from symcount.render.length import within_length
from symcount.render.medium import Medium
from symcount.render.naming import notation_for
from symcount.render.page import Page, Row
from symcount.render.short import short_table
from symcount.render.words import Words, english


def worked(derivation: Derivation, page: Page, title: str, words: Words | None = None) -> str:
    """Return a derivation on a page that has its names; ``title`` stands before what it says of itself.

    ``words`` are those of another language, for a derivation in the short form.
    """
    setting = _Setting(derivation, page, title, words or english(derivation))
    return page.between.join(within_length(page.block(block) for block in setting.blocks() if block))


@record
class _Setting(Unchanging):
    derivation: Derivation
    page: Page
    title: str
    says: Words

    @property
    def notation(self) -> Notation:
        return self.page.medium.notation

    @cached_property
    def signs(self) -> Signs:
        plain = notation_for(self.derivation.general, UNICODE, self.derivation.letters.values())
        return Signs(self.notation, plain)

    def blocks(self) -> Iterator[str]:
        yield from self.head()
        if self.derivation.detail == "short":
            yield self.page.table(short_table(self.derivation, self.page.medium, self.says))
        else:
            yield from self.legend()
            yield from self.parts()
        yield from self.remarks()
        yield from self.total()
        if self.derivation.case is not None:
            yield from self.case(self.derivation.case)

    def head(self) -> Iterator[str]:
        words = self.says.headline
        if self.title:
            words = f"{self.title}: {words[:1].lower()}{words[1:]}"
        yield self.page.title(words, self.derivation.general.text)
        if self.derivation.general.bindings:
            yield self.page.paragraph(self.given("With ", self.derivation.general.values.items()) + ".")

    def legend(self) -> Iterator[str]:
        renamed = self.derivation.letters
        kind = self.page.medium
        parts = (
            kind.maths(self.notation.name(renamed.get(name, name))) + kind.escape(f" {'is ' * (not i)}{meaning}")
            for i, (name, meaning) in enumerate(self.derivation.meanings.items())
        )
        shown = kind.escape(", ").join(parts)
        if shown:
            yield self.page.paragraph(kind.escape("In the rules of a layer, ") + shown + kind.escape("."))

    def parts(self) -> Iterator[str]:
        """Each layer and block at work, a block before what is inside it; one that came before is not worked again."""
        pending = [*reversed(self.derivation.layers)]
        before: dict[object, Worked] = {}
        idle: list[str] = []
        while pending:
            found = pending.pop()
            if found.idle:
                idle += [each.name for each in found.every if not each.inside]
                continue
            if found.only is not found:
                pending.extend(reversed(found.inside))
                continue
            # the text alone does not tell what its names stand for
            amount = None if found.amount is None else found.amount.result
            same = before.setdefault((found.text, found.input, found.output, found.label, amount), found)
            if found.inside and same is not found:
                yield from self.again(found, same)
                continue
            yield from self.layer(found)
            pending.extend(reversed(found.inside))
        if idle:
            yield self.idle(idle)

    def idle(self, names: list[str]) -> str:
        quantity = self.derivation.quantity
        words = "No change of shape" if quantity is None else f"No {quantity.words}, and no change of shape"
        return self.page.paragraph(self.page.medium.escape(f"{words}: {', '.join(dict.fromkeys(names))}."))

    def again(self, block: Worked, before: Worked) -> Iterator[str]:
        """A block that is worked out already: what it comes to, and where."""
        kind = self.page.medium
        came_to = "" if block.amount is None else f": {block.amount.what} "
        amount = "" if block.amount is None else kind.maths(by_name(block.amount.result, self.notation))
        reason = kind.escape(f"The same as {before.name}{came_to}") + amount + kind.escape(".")
        yield self.together(self.heading(block), self.page.reason(reason))

    def layer(self, layer: Worked) -> Iterator[str]:
        kind = self.page.medium
        parts = [self.heading(layer)]
        if layer.steps:
            parts.append(self.page.working(tuple(self.rows(layer))))
        if layer.reason:
            parts.append(self.page.reason(self.sentence(layer.reason) + kind.escape(".")))
        yield self.together(*parts)

    def heading(self, layer: Worked) -> str:
        name = layer.name if layer.label is None else f"{layer.name} @{layer.label}"
        if not layer.output:  # what a quantity is made of has no shape
            return self.page.paragraph(self.page.medium.escape(f"{name}: {layer.noun}"))
        shapes = dict.fromkeys((self.shape(layer.input), self.shape(layer.output)))
        return self.page.layer(name, layer.noun, layer.text, self.page.medium.maths(self.notation.to.join(shapes)))

    def rows(self, layer: Worked) -> Iterator[Row]:
        for step in layer.steps:
            chain = sides(step, self.signs, self.derivation.letters, self.page.widest)
            how = self.words(step.how, self.page.remarks)
            yield Row(step.what, tuple(self.lines(chain)), how)

    def remarks(self) -> Iterator[str]:
        escape = self.page.medium.escape
        yield self.page.kept(escape(self.says.convention))
        for note in self.derivation.notes if self.says.notes else ():
            yield self.page.kept(escape(f"Note: {note}."))

    def total(self) -> Iterator[str]:
        total = self.derivation.total
        if self.derivation.quantity is not None and total is not None and self.derivation.whole:
            chain = [word(self.says.noun, self.notation)]
            if len(self.derivation.addends) > 1:
                chain.append(addition(self.derivation.addends, self.signs))
            chain.append(letter(total, self.signs))
            yield self.together(self.page.heading(self.says.total), self.page.display(self.lines(chain)))
        for where in self.derivation.where:
            chain = [letter(size, self.signs) for size in (where.rule, where.result)]
            if max(chain[-1].widths) > self.page.widest:
                chain = sides(where, self.signs, {}, self.page.widest)
            yield self.page.display(self.lines(chain))
        yield from self.rests_on()

    def rests_on(self) -> Iterator[str]:
        if not self.derivation.general.is_open:
            return
        domain, short = self.derivation.domain, []
        for condition in domain.conditions:
            shown = [condition.text(self.notation)]
            if not condition.where:
                left, right = (letter(size, self.signs) for size in condition.sizes())
                shown = bounded(left, right, self.notation, self.page.widest)
            if len(shown) > 1:
                held = self.page.paragraph(self.page.medium.escape(self.says.holds))
                yield self.together(held, self.page.display(shown))
            else:
                short += shown
        yield from self.listed(self.says.holds, short)
        assumed = (*domain.assumptions, *self.derivation.general.assumed)
        yield from self.listed(self.says.assumed, [each.text(self.notation) for each in assumed])

    def listed(self, words: str, statements: list[str]) -> Iterator[str]:
        """One sentence for all statements; none where there are none."""
        if statements:
            escape = self.page.medium.escape
            *before, last = map(self.page.medium.maths, statements)
            said = escape(", ").join(before) + escape(self.says.conjunction) + last if before else last
            yield self.page.paragraph(escape(words) + said + escape("."))

    def case(self, case: Case) -> Iterator[str]:
        kind = self.page.medium
        given = self.given("With ", ((each.name, each.value) for each in case.given)) + kind.escape(":")
        yield self.together(self.page.heading("This case"), self.page.paragraph(given))
        for step in case.sizes:
            yield self.page.display(self.lines(sides(step, self.signs, {}, self.page.widest)))
        if case.total is None:
            yield self.page.paragraph(kind.escape("Output: ") + kind.maths(self.shape(case.output)) + kind.escape("."))
        else:
            chain = sides(case.total, self.signs, {}, self.page.widest)
            yield self.page.display(self.lines([word(case.total.what, self.notation), *chain]))

    def given(self, words: str, values: Iterable[tuple[str, Size]]) -> str:
        """A line of the values that symbols are given."""
        kind, notation = self.page.medium, self.notation
        shown = (joined((notation.name(name), by_name(value, notation)), notation) for name, value in values)
        return kind.escape(words) + kind.escape(", ").join(map(kind.maths, shown))

    def together(self, *parts: str) -> str:
        return self.page.together.join(filter(None, parts))

    def lines(self, chain: list[Side]) -> list[str]:
        return lines(chain, self.notation, 0 if self.page.wraps else self.page.widest)

    def shape(self, sizes: tuple[Size, ...]) -> str:
        return self.notation.by.join(by_name(size, self.notation) for size in sizes)

    def sentence(self, sentence: Sentence) -> str:
        words = self.words(sentence)
        return words[:1].upper() + words[1:]

    def words(self, sentence: Sentence, medium: Medium | None = None) -> str:
        kind = medium or self.page.medium
        return "".join(
            kind.escape(part) if isinstance(part, str) else kind.maths(self.size(part)) for part in sentence.parts
        )

    def size(self, part: Size | tuple[Size, ...]) -> str:
        return self.shape(part) if isinstance(part, tuple) else by_name(part, self.notation)

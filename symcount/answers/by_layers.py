"""The form ``layers`` of a formula: one term for each layer that has any, as its rule is written."""

from __future__ import annotations

from symcount.algebra import to_term
from symcount.answers.question import Question
from symcount.answers.written import Written
from symcount.arithmetic import Named, Quotient, Ratio, Size, Symbol, names_of_values, substitute
from symcount.counts import Count
from symcount.quantities import Sum


def by_layers(count: Count, question: Question) -> Written:
    """Return the rules of the layers, and the sizes that these name."""
    quantity = question.quantity
    rows = count.rows if question.at is None else (count.row(question.at),)
    added = rows if isinstance(quantity.fold, Sum) else rows[-1:]
    lettered = (quantity.lettered(row.part, count.setting) for row in added)
    fractions: dict[str, Named] = {}
    rules = tuple(_in_line(count, rule, fractions) for rule in lettered if isinstance(rule, Size) and rule != 0)
    sizes = dict.fromkeys(names_of_values(rules))
    letters = tuple(Named(size.name, to_term(count.numbers.closed.expression((size,)))) for size in sizes)
    return Written(rules, letters, by_value=True)


def _in_line(count: Count, rule: Size, fractions: dict[str, Named]) -> Size:
    """A rule in which a size that is a plain product stands itself, and a fraction under its letter, as d_k does.

    ``fractions`` are those that were met before: a letter stands for one of them alone.
    """

    def letter(found: Symbol | Named) -> Size:
        match found:
            case Named(name, Named() as size):
                return Named(name, count.numbers.closed.shown(size))
            case Named(name, (Ratio() | Quotient()) as size) if name not in count.trace.symbols:
                known = fractions.setdefault(name, Named(name, size))
                return Named(name, known) if known.value == size else found
            case _:
                return found

    return substitute(rule, letter)

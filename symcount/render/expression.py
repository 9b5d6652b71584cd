"""A formula alone in a notation or in Python, and the formulas of values at which that of all others does not hold."""

from __future__ import annotations

from typing import Any

from symcount.answers.forms import Answer, Elsewhere
from symcount.answers.written import Written
from symcount.arithmetic import by_name, by_value
from symcount.arithmetic.notation import Notation
from symcount.render.medium import Medium
from symcount.render.naming import notation_for
from symcount.render.stated import rests_on_json


def expression_text(written: Written, answer: Answer, notation: Notation) -> str:
    """Return the formula alone in a notation."""
    notation = notation_for(answer.count, notation, (letter.name for letter in written.letters))
    joint = notation.by if answer.has_several_sizes else notation.plus
    write = by_value if written.by_value else by_name
    return joint.join(write(size, notation) for size in written.sizes) or "0"


def python_text(answer: Answer) -> str:
    """Return the formula in Python's syntax, self-contained; a shape as a tuple."""
    sizes = answer.python
    if not answer.has_several_sizes:
        return sizes[0]
    return f"({', '.join(sizes)}{',' * (len(sizes) == 1)})"


def elsewhere_where(found: Elsewhere, answer: Answer, kind: Medium) -> str:
    """Return the values that symbols have elsewhere, and what must hold there beside what is said of all others."""
    notation, domain = kind.notation, found.answer.domain
    said = [
        notation.equals.format(notation.name(name), notation.integer(value)) for name, value in found.values.items()
    ]
    known = {*answer.domain.conditions, *answer.domain.assumptions}
    said += (each.text(notation) for each in (*domain.conditions, *domain.assumptions) if each not in known)
    return kind.escape(", ").join(map(kind.maths, said))


def elsewhere_text(found: Elsewhere, kind: Medium) -> str:
    """Return the formula that holds elsewhere."""
    return kind.maths(expression_text(found.answer.in_line, found.answer, kind.notation))


def elsewhere_data(answer: Answer) -> dict[str, Any]:
    """Return the formulas of values at which that of all others does not hold, where there are any."""
    found = [
        {
            "where": dict(each.values),
            "python": python_text(each.answer),
            **rests_on_json(each.answer.domain, answer.count.assumed),
        }
        for each in answer.elsewhere
    ]
    return {"elsewhere": found} if found else {}

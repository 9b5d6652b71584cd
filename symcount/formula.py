"""`Formula`: the closed form of a quantity, with the domain on which it holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from symcount.answers.code import code
from symcount.answers.forms import Answer
from symcount.answers.question import FORMS, Question
from symcount.arithmetic import by_name, notation
from symcount.compiled import Compiled
from symcount.counts import Count
from symcount.errors import ArchitectureError
from symcount.records import Unchanging, replace
from symcount.render.code import DIALECTS
from symcount.render.display import Display
from symcount.render.expression import expression_text, python_text
from symcount.render.formula import formula_json, formula_text

if TYPE_CHECKING:
    from symcount.algebra import AtLeast, Expr
    from symcount.counts.assumed import Assumed
    from symcount.counts.assumptions import Assumption


class Formula(Unchanging):
    """The closed form of a quantity, in one form, with the domain on which it holds.

    >>> from symcount import parse
    >>> formula = parse("I(c,n×n)-C(f,3)-P2-O10").formula()
    >>> print(formula)
    params = 10*f*m^2 + 9*c*f + f + 10
    >>> formula.where, [str(each) for each in formula.conditions]
    ({'m': '⌊n/2⌋ - 1'}, ['n ≥ 4'])
    """

    answer: Answer

    def __init__(self, count: Count, question: Question) -> None:
        self.__dict__["answer"] = Answer(count, question)

    @property
    def of(self) -> str:
        """The name of its quantity."""
        return self.answer.question.quantity.name

    @property
    def expr(self) -> Expr:
        """The sympy expression, of a quantity that is a number; a shape has one for each of its sizes."""
        if self.answer.has_several_sizes:
            message = f"{self.of} is a shape, and no single expression"
            raise ArchitectureError("bad-form", message, hint=f"ask for of({self.of!r}): it has one for each size")
        return self.answer.closed.expr

    @property
    def symbols(self) -> tuple[str, ...]:
        """The names of the symbols that occur in it."""
        return self.answer.symbols

    @property
    def where(self) -> Mapping[str, str]:
        """What its letters stand for."""
        return {letter.name: by_name(letter.value) for letter in self.answer.written.letters}

    @property
    def conditions(self) -> tuple[AtLeast, ...]:
        """The inputs for which every size on the way is at least 1; each can be asked whether it ``holds``."""
        return self.answer.domain.conditions

    @property
    def assumptions(self) -> tuple[Assumption | Assumed, ...]:
        """What it takes for granted of the symbols, what it was told to assume included."""
        return (*self.answer.count.assumed, *self.answer.domain.assumptions)

    def factor(self) -> Formula:
        """Return the same formula, factored over the symbols and the sizes."""
        return self._ask(form="factored", collect=None)

    def expand(self) -> Formula:
        """Return the same formula, multiplied out; floors remain."""
        return self._ask(form="expanded", collect=None)

    def collect(self, *symbols: str) -> Formula:
        """Return the same formula, collected by the powers of symbols."""
        return self._ask(form=FORMS[0], collect=",".join(symbols))

    def assume(self, *given: str | Assumed) -> Formula:
        """Return the formula where something is known of its symbols, as in ``assume("n % 32 == 0", "h divides d")``.

        >>> from symcount import parse
        >>> parse("I(1,n×n)-P4-O2").formula().assume("n % 4 == 0")
        params = n^2/8 + 2
        """
        return Formula(self.answer.count.assuming(given), self.answer.question)

    def latex(self) -> str:
        """Return the formula alone, as LaTeX has it."""
        return expression_text(self.answer.written, self.answer, notation.LATEX)

    def python(self) -> str:
        """Return Python source that is exact on ints, with no names but the symbols.

        >>> from symcount import parse
        >>> parse("I(1,n×n)-P4-O2").formula().python()
        '2*(n//4)**2 + 2'
        """
        return python_text(self.answer)

    def compiled(self) -> Compiled:
        """Return it as a function of ints, or of numpy's columns."""
        return Compiled(code(self.answer))

    def to(self, medium: str, dialect: str = DIALECTS[0], **display: Any) -> str:
        """Return it with all that it rests on: as text, markdown, latex, html, typst or mathml.

        As python, numpy, c, javascript, sql or excel it is code that checks what it is given; ``dialect`` is of SQL.

        In a medium that typesets mathematics it is a display: ``width`` is how wide, as in ``3.3in``, ``env`` the
        LaTeX environment, or ``newcommand:NAME``, ``label`` its label, ``digits`` how digits are grouped, and
        ``standalone`` makes a document.
        """
        return formula_text(self.answer, medium, Display(**display), dialect)

    def data(self) -> dict[str, Any]:
        """Return it with all that it rests on, as JSON has it."""
        return formula_json(self.answer)

    def __str__(self) -> str:
        return f"{self.of} = {expression_text(self.answer.written, self.answer, notation.TEXT)}"

    __repr__ = __str__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Formula) and self._identity == other._identity

    def __hash__(self) -> int:
        return hash(self._identity)

    def __reduce__(self) -> tuple[Any, ...]:
        return Formula, self._identity

    @property
    def _identity(self) -> tuple[Count, Question]:
        return self.answer.count, self.answer.question

    def _ask(self, **changed: object) -> Formula:
        """Return the formula that answers the same question with something changed."""
        return Formula(self.answer.count, replace(self.answer.question, **changed))

    def _repr_latex_(self) -> str:
        """Return it with what its letters stand for, as a notebook sets it."""
        letters = (
            f"{notation.LATEX.name(each.name)} = {by_name(each.value, notation.LATEX)}"
            for each in self.answer.written.letters
        )
        return "$" + r",\quad ".join((self.latex(), *letters)) + "$"

"""Worked solutions as they are handed out: the question, the solution, or both, of one network or of several."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence

from symcount.derivation import Derivation
from symcount.errors import ArchitectureError
from symcount.records import record, replace
from symcount.render.derivation import worked
from symcount.render.derivation_json import derivation_json
from symcount.render.length import fitting, within_length
from symcount.render.media import check_medium, media_for, page_named
from symcount.render.medium import DIGITS
from symcount.render.naming import medium_for
from symcount.render.page import About, Page
from symcount.render.question import question

SHEETS = ("question", "solution", "both")
"""What is handed out; of both, all questions come first."""


@record
class Handout:
    """How a solution is set: its title and sheets, the digits of its numbers, and whether it is a whole document.

    ``standalone`` makes a document where a medium gives a piece of one, ``fragment`` a piece where it gives a document.
    """

    title: str = ""
    sheet: str = "solution"
    digits: str = DIGITS[0]
    standalone: bool = False
    fragment: bool = False

    def check(self, medium: str) -> None:
        """Refuse what does not go together, or is unknown."""
        if self.digits not in DIGITS:
            raise _bad_form(f"digits cannot be grouped by {self.digits!r}", f"there are: {', '.join(DIGITS)}")
        if self.sheet not in SHEETS:
            raise _bad_form(f"no sheet is called {self.sheet!r}", f"there are: {', '.join(SHEETS)}")
        if self.standalone and self.fragment:
            raise _bad_form("a page is a whole document or a fragment, not both", "leave one of the two out")
        if medium == "json" and (self.title or self.sheet != "solution"):
            raise _bad_form("JSON holds the solution alone, without a title", "leave title and sheet out")
        check_medium(medium, (*media_for("page", "cell"), "json"))


def _bad_form(message: str, hint: str) -> ArchitectureError:
    return ArchitectureError("bad-form", message, hint=hint)


def handed_out(networks: Sequence[Sequence[Derivation]], medium: str, handout: Handout) -> str:
    """Return a handout in a medium: the solutions of each network, one for every quantity that is asked for."""
    handout.check(medium)
    if medium == "json":
        answers = [derivation_json(each) for solutions in networks for each in solutions]
        return fitting(json.dumps(answers[0] if len(answers) == 1 else answers, ensure_ascii=False, indent=2))
    page = page_named(medium)
    whole = handout.standalone or (page.is_always_whole and not handout.fragment)
    if whole:
        page = page.alone or page
    if handout.digits != DIGITS[0]:
        page = replace(page, medium=page.medium.grouping(handout.digits))
    body = page.apart.join(within_length(_sheets(networks, page, handout)))
    first = networks[0][0]
    about = About(handout.title or first.headline, "; ".join(each[0].general.text for each in networks))
    return page.document(body, about) if whole else body


def _sheets(networks: Sequence[Sequence[Derivation]], page: Page, handout: Handout) -> Iterator[str]:
    sheets: tuple[tuple[str, Callable[[Derivation, Page, str], str]], ...]
    sheets = (("question", question), ("solution", worked))
    for sheet, write in sheets:
        if handout.sheet in (sheet, "both"):
            for number, solutions in enumerate(networks, 1):
                title = _title(handout.title, number if len(networks) > 1 else 0)
                yield page.between.join(write(each, _with_names(page, each), title) for each in solutions)


def _title(title: str, number: int) -> str:
    """The title of a sheet; that of one of several has its number."""
    return f"{title or 'Network'} ({number})" if number else title


def _with_names(page: Page, derivation: Derivation) -> Page:
    """The same page with the names of a network."""
    count, letters = derivation.general, derivation.letters.values()
    remarks = page.remarks and medium_for(count, page.remarks, letters)
    return replace(page, medium=medium_for(count, page.medium, letters), remarks=remarks)

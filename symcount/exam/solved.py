"""The worked solution of a variant on a page, in the words of a language."""

from __future__ import annotations

from collections.abc import Iterator

from symcount.derivation import Derivation, derivation
from symcount.errors import ArchitectureError
from symcount.exam.variant import Variant
from symcount.exam.wording import ENGLISH, wording
from symcount.quantities import Combined, quantity_named
from symcount.records import replace
from symcount.render.derivation import worked
from symcount.render.naming import medium_for
from symcount.render.page import Page
from symcount.render.words import Words


def solved(variant: Variant, language: str, page: Page) -> Iterator[str]:
    """Yield the solution of each network of a variant; nothing where what is asked has none."""
    ask, at = quantity_named(variant.question.ask), variant.question.at
    for count in variant.solutions:
        try:
            found = derivation(count, ask, at=at, detail="short")
        except ArchitectureError:
            continue
        yield worked(found, _with_names(page, found), "", None if language == ENGLISH else _words(found, language))


def _with_names(page: Page, found: Derivation) -> Page:
    names = found.letters.values()
    remarks = page.remarks and medium_for(found.general, page.remarks, names)
    return replace(page.within, medium=medium_for(found.general, page.medium, names), remarks=remarks)


def _words(found: Derivation, language: str) -> Words:
    """The words of a solution in another language than English, without the notes of layers, which are English."""
    words, nouns = wording(language)["solution"], wording(language)["noun"]
    noun = words["sizes"] if found.quantity is None else nouns[found.quantity.name]
    convention = found.count.setting.convention.name
    how = "parts" if isinstance(found.quantity, Combined) else "layers"
    headline = words[how] if found.whole else words["one-layer"]
    return Words(
        headline.format(noun=noun[:1].upper() + noun[1:], layer=found.layers[0].name),
        noun,
        words["convention"].format(name=convention, summary=words[f"convention-{convention}"]),
        **{each: words[each] for each in _WORDS},
        notes=False,
    )


_WORDS = ("layer", "size", "jump", "output", "calculation", "sum", "total", "holds", "assumed", "conjunction")

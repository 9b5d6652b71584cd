"""Small classes that stand before a network in the code, where its framework has none of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from symcount.interop.writing.nodes import Module
from symcount.records import record


@record
class Helping:
    """Classes and functions by their names: texts, and those whose text depends on the options that some call gives.

    ``bases`` are classes that others are written on top of.
    """

    fixed: Mapping[str, str]
    with_options: Mapping[str, Callable[[frozenset[str]], Iterator[str]]]
    bases: Mapping[str, str]

    @property
    def names(self) -> frozenset[str]:
        """The names of all."""
        return frozenset((*self.fixed, *self.with_options))

    def texts(self, modules: Sequence[Module]) -> Iterator[str]:
        """Yield the texts of the classes that modules need, each once, those that others are built on before them."""
        said = {
            argument.keyword
            for each in modules if each.name in self.with_options
            for argument in each.arguments if argument.keyword and argument.text != argument.default
        }  # fmt: skip
        said |= {"memory" for each in modules if each.name in self.with_options and each.needs}
        names = [name for each in modules for name in (self.bases.get(each.name), each.name, each.around) if name]
        for name in dict.fromkeys(names):
            if name in self.fixed:
                yield self.fixed[name].strip("\n")
            elif name in self.with_options:
                yield "\n".join(self.with_options[name](frozenset(said)))

"""Finds the form in which a type of config has a network: from one form to the next that has more of its layers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Any

from symcount.counts import counted
from symcount.errors import ArchitectureError
from symcount.interop.reading.huggingface.config import Traits
from symcount.interop.reading.huggingface.reader import letter_fields, read_config
from symcount.interop.writing.config.fields import config_of
from symcount.interop.writing.config.matching import Matching, Reached
from symcount.interop.writing.config.skeleton import Item, skeleton
from symcount.interop.writing.config.variants import ARCHITECTURES, Said, beginning, options
from symcount.records import record

_BEGUN: Reached = (2, 0)
"""How far a match comes where the input and the first layer are equal: no form of a type has others."""


@record
class Attempt:
    """The best that a type of config can do: the config, or how far it came and what differs there."""

    name: str
    said: Any
    matching: Matching

    @property
    def reached(self) -> Reached:
        """How far it came."""
        return self.matching.reached


class Search:
    """The search among the forms of one type; ``given`` are fields that follow from the network."""

    def __init__(self, name: str, traits: Traits, network: Sequence[Item], given: Said) -> None:
        self.name = name
        self.traits = traits
        self.network = network
        self.options = options(traits)
        self.beginning = beginning(traits)
        self.form: dict[str, Any] = {**given, ARCHITECTURES: self.options[ARCHITECTURES][0]}
        self.tried: dict[str, Attempt] = {}
        self.found = self._attempt(self.form)

    def singly(self) -> Attempt:
        """Return the best attempt: one field after another is changed, as long as that is better."""
        while (better := self._step(self._one_changed())) is not None:
            self.found = better
        return self.found

    def best(self) -> Attempt:
        """Return the best attempt, where two fields are changed at once too."""
        while self.singly().said is None and (better := self._step(self._two_changed())) is not None:
            self.found = better
        return self.found

    def _step(self, forms: Iterable[dict[str, Any]]) -> Attempt | None:
        """The best of these forms, where one is better than what was found; it is taken."""
        best, form = self.found, self.form
        if best.said is not None or best.reached < _BEGUN:
            return None
        for changed in forms:
            each = self._attempt(changed)
            if each.reached > best.reached:
                best, form = each, changed
        self.form = form
        return None if best is self.found else best

    def _changes(self) -> Iterator[tuple[str, Any]]:
        for field, values in self.options.items():
            yield from ((field, value) for value in values if self.form.get(field, ...) != value)

    def _one_changed(self) -> Iterator[dict[str, Any]]:
        return ({**self.form, field: value} for field, value in self._changes())

    def _two_changed(self) -> Iterator[dict[str, Any]]:
        """The forms that differ in two fields, of which none is the architecture: that has other last layers alone."""
        changes = [each for each in self._changes() if each[0] != ARCHITECTURES]
        return ({**self.form, **dict(pair)} for pair in combinations(changes, 2) if pair[0][0] != pair[1][0])

    def _attempt(self, form: Said) -> Attempt:
        said = {**self.beginning, **form, "model_type": self.name, ARCHITECTURES: [form[ARCHITECTURES]]}
        matching = Matching(self.network)
        try:
            text = read_config(said).letters
            if text in self.tried:
                return self.tried[text]
            family = skeleton(counted(text, {}).trace)
        except ArchitectureError:  # a form that this type does not have
            return Attempt(self.name, None, matching)
        found = matching.of(family)
        written = found and config_of(self.name, self.traits, form, found.letters, letter_fields(said))
        self.tried[text] = Attempt(self.name, written, matching)
        return self.tried[text]

"""The values of one config: what it says, else its type's default, else what that is derived from."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from symcount.errors import ArchitectureError, visible

Traits = Mapping[str, Any]
"""The traits of a type, as they stand in the table."""

MOST = 10**15
"""The largest size that a config may have: what is written after it stays readable, and quick to count."""


_MAY_BE_NONE = frozenset(
    (
        "first_k_dense_replace",
        "n_shared_experts",
        "num_experts",
        "num_hidden_layers",
        "decoder_layers",
        "num_decoder_layers",
    )
)
"""Fields that may be 0."""


class Config:
    """A config of a known type, whose fields are asked for by the names that most types have.

    Raises ``bad-config`` for a field that is missing, or not what it should be.
    """

    def __init__(self, said: Mapping[str, Any], traits: Traits, inner: Mapping[str, Config]) -> None:
        self.said = said
        self.traits = traits
        self.inner = inner

    def value(self, name: str) -> Any:
        """Return what the config says, or the type's default; None where both are silent."""
        part, dot, rest = name.partition(".")
        if dot:
            return self._place(part, int(rest)) if rest.isdecimal() else self.inner[part].value(rest)
        own = self._name(name)
        return self.said[own] if own in self.said else self.traits["defaults"].get(name)

    def _place(self, name: str, place: int) -> Any:
        """What stands at a place of a list; None where it ends before."""
        found = self.value(name)
        if not isinstance(found, list | tuple):
            raise _bad(f"{self._name(name)} is a list, found {_shown(found)}")
        return found[place] if place < len(found) else None

    def _name(self, name: str) -> str:
        """The name under which the config says a field: one of its type's own, or the usual one."""
        names = (*self.traits.get("names", {}).get(name, ()), name)
        return next((own for own in names if own in self.said), name)

    def size(self, name: str) -> int:
        """Return a field that is a whole number; where nothing is said, what it is derived from."""
        part, dot, rest = name.partition(".")
        if dot and not rest.isdecimal():
            return self.inner[part].size(rest)
        found = self.value(name)
        if isinstance(found, bool):
            return int(found)
        if name in self.traits.get("computed", ()):
            return self._derived(name)
        if found is None or (isinstance(found, str) and found == self.traits.get("words", {}).get(name)):
            return self._derived(name)
        if isinstance(found, list | tuple) and found and found.count(found[0]) == len(found):
            found = found[0]
        least = 0 if name in _MAY_BE_NONE else 1
        if isinstance(found, int) and least <= found <= MOST:
            return found
        raise _bad(f"{self._name(name)} is a whole number from {least} to {MOST:,}, found {_shown(found)}")

    def flag(self, trait: bool | str) -> bool:
        """Return a trait that is on, off, or the name of a field that says so."""
        return trait if isinstance(trait, bool) else bool(self.value(trait))

    def chosen(self, trait: str | Sequence[Mapping[str, str]]) -> str:
        """Return the word of a trait: itself, or that of the first case that holds; none where no case does."""
        if isinstance(trait, str):
            return trait
        return next((case["is"] for case in trait if self.holds(case.get("if", ""))), "")

    def holds(self, conditions: str) -> bool:
        """Whether all of these conditions hold, each a field, ``not`` a field, a field with its value or beginning.

        >>> Config({"a": 2, "b": "gated-gelu"}, {"defaults": {}}, {}).holds("a=2 and b^gated and not c")
        True
        """
        return not conditions or all(map(self._holds, conditions.split(" and ")))

    def _holds(self, condition: str) -> bool:
        if condition.startswith("not "):
            return not self._holds(condition.removeprefix("not "))
        name, sign, other = re.fullmatch(r"([\w.]+)(?:([=^])(\w+))?", condition).groups()  # type: ignore[union-attr]
        match sign:
            case "=":
                return self._is(name, other)
            case "^":
                return str(self.value(name)).startswith(other)
            case _:
                return bool(self.value(name))

    def _is(self, name: str, other: str) -> bool:
        """Whether a field is a number, a word, or as large as another field."""
        said = self.value(name)
        if isinstance(said, str) and name not in self.traits.get("words", {}):
            return said == other
        if isinstance(said, float | Decimal) and other.isdecimal():
            return said == int(other)
        return said is not None and self.size(name) == (int(other) if other.isdecimal() else self.size(other))

    def _derived(self, name: str) -> int:
        """What a size is where nothing is said of it: another, twice another, a part of another rounded up."""
        rule = {**_DERIVED, **self.traits.get("derived", {})}.get(name)
        if rule is None:
            raise _bad(f"the config says no {name}")
        if found := re.fullmatch(r"(\w+)/(\d+), up", rule):
            return -(-self.size(found[1]) // int(found[2]))
        product = 1
        for factor in rule.split("*"):
            product *= int(factor) if factor.isdecimal() else self.size(factor)
        return product


_DERIVED = {"num_key_value_heads": "num_attention_heads", "one": "1"}


def _bad(message: str) -> ArchitectureError:
    return ArchitectureError("bad-config", message)


def _shown(value: object) -> str:
    shown = visible(str(value) if isinstance(value, Decimal) else repr(value))
    return shown if len(shown) <= _LONGEST_SHOWN else f"{shown[:_LONGEST_SHOWN]}…"


_LONGEST_SHOWN = 40

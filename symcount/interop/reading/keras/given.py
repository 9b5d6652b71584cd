"""A layer of Keras as its JSON has it, and how its arguments are said here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from symcount.errors import ArchitectureError
from symcount.records import record


@record
class Given:
    """A layer as its JSON has it: its name, kind and config, and the shape that arrives where it is said."""

    name: str
    kind: str
    config: Mapping[str, Any]
    shape: Any = None
    package: str = ""

    def size(self, field: str, default: int | None = None, least: int = 1) -> int:
        """A field that is a whole number."""
        found = self.config.get(field, default)
        if isinstance(found, list) and found and found.count(found[0]) == len(found):
            found = found[0]
        if isinstance(found, bool) or not isinstance(found, int) or not least <= found < 10**15:
            raise self.wrong(f"{field} is a whole number from {least}, found {str(found)[:40]}")
        return found

    def sizes(self, field: str, default: int) -> str:
        """A field that is one size, or one for each axis."""
        found = self.config.get(field, default)
        if isinstance(found, list) and len(set(map(str, found))) > 1:
            if not all(isinstance(each, int) and not isinstance(each, bool) and 0 < each < 10**9 for each in found):
                raise self.wrong(f"{field} are whole numbers, found {str(found)[:40]}")
            return f"({','.join(map(str, found))})"
        return str(self.size(field, default))

    def flag(self, field: str, default: bool) -> bool:
        """A field that is true or false."""
        return bool(self.config.get(field, default))

    def wrong(self, message: str) -> ArchitectureError:
        """The error for something in this layer."""
        return ArchitectureError("bad-file", f"the layer {self.name!r} ({self.kind}): {message}")

    def unsaid(self, message: str) -> ArchitectureError:
        """The error for something that the language has no words for."""
        return ArchitectureError("cannot-say", f"the layer {self.name!r} ({self.kind}) {message}")


Writing = Callable[[Given], str]
"""From a layer to its text."""


def arguments(*given: str) -> str:
    """Return arguments in parentheses, those left out that are empty; nothing where all are."""
    return f"({','.join(filter(None, given))})" if any(given) else ""


def option(name: str, value: str, default: str) -> str:
    """Return an argument by its name; nothing where it has its default."""
    return "" if value == default else f"{name}={value}"


def bias(given: Given) -> str:
    """Return the argument of a layer without biases; nothing where it has some."""
    return "" if given.flag("use_bias", True) else "bias=off"


def padding(given: Given, words: Sequence[str] = ("valid", "same", "causal")) -> str:
    """Return the padding of a layer, one of these words."""
    said = given.config.get("padding", "valid")
    if said not in words:
        raise given.wrong(f"padding is {', '.join(words)}, found {str(said)[:40]}")
    return option("p", said, "valid")


def check_channels_last(given: Given) -> None:
    """Refuse channels that do not stand last: then every shape means something else."""
    if given.config.get("data_format") == "channels_first":
        raise given.unsaid("has its channels first")

"""How a layer kind declares its arguments: one function for each sort, as in ``filters = size("f")``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from symcount.layers.arguments import REQUIRED, Argument, ByConvention, From, Padding, Word


def size(
    letter: str,
    *,
    default: Any = REQUIRED,
    least: int = 1,
    words: tuple[Word, ...] = (),
    open_letter: str = "",
    named_only: bool = False,
    meaning: str = "",
) -> Any:
    """Declare one size."""
    return Argument(
        letter,
        default,
        least,
        words=words,
        open_letter=open_letter or letter,
        named_only=named_only,
        meaning=meaning,
    )


def sizes(
    letter: str,
    *,
    default: Any = REQUIRED,
    least: int = 1,
    open_letter: str = "",
    named_only: bool = False,
    numbered: bool = False,
    meaning: str = "",
) -> Any:
    """Declare a size for each axis; one value serves them all."""
    return Argument(
        letter,
        default,
        least,
        per_axis=True,
        open_letter=open_letter or letter,
        named_only=named_only,
        numbered=numbered,
        meaning=meaning,
    )


def bare_name() -> Any:
    """Declare a bare name, which stands for itself."""
    return Argument("name", None, counted=False, is_name=True)


def padding(*words: Word, default: Padding = 0) -> Any:
    """Declare padding for each axis: a size, or one of the words."""
    return Argument("p", default, 0, per_axis=True, words=(Word("valid"), *words))


def flag(
    name: str,
    *,
    default: int | From | ByConvention,
    words: Iterable[str] = (),
    added: bool = False,
    counted: bool = True,
    parts: tuple[str, ...] = (),
    named_only: bool = False,
) -> Any:
    """Declare a choice of on and off, held as 1 and 0; ``added`` says that it counts what is added, a bias."""
    return Argument(
        name,
        default,
        0,
        flag=True,
        words=tuple(map(Word, words)),
        added=added,
        counted=counted,
        parts=parts,
        named_only=named_only,
    )


def word(name: str, *words: str) -> Any:
    """Declare a choice among words; the first is the default."""
    choices = tuple(map(Word, words))
    return Argument(name, choices[0], words=choices, only_words=True)


def uncounted(name: str, *, named_only: bool = False) -> Any:
    """Declare a number on which no count depends, such as a dropout rate."""
    return Argument(name, None, counted=False, named_only=named_only)


def ranks(*parts: str) -> Any:
    """Declare the rank of the low-rank adapters of a layer: one for every projection, or one each."""
    return Argument("r", 0, 0, named_only=True, parts=parts, meaning="rank of adapters")


def gate_biases(*, default: ByConvention | int) -> Any:
    """Declare how many biases each gate has: 0, 1 or 2; the convention says where the text does not."""
    return Argument("b", default, 0, words=(Word("off"),), added=True, most=2)


def source(letter: str) -> Any:
    """Declare an argument that takes a label."""
    return Argument(letter, None, counted=False, named_only=True, label=True)

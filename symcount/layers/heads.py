"""The heads of attention: which part of the channels is that of one of them."""

from __future__ import annotations

from symcount.arithmetic import Named, Size, ratio


def part_of_head(channels: Size, heads: Size, letter: str = "d_k") -> Size:
    """Return the channels of one head: a number, or under its letter where the others are.

    >>> part_of_head(512, 8)
    64
    """
    width = ratio(_value(channels), _value(heads))
    return width if isinstance(channels, int) and isinstance(heads, int) else Named(letter, width)


def _value(size: Size) -> Size:
    return size.value if isinstance(size, Named) else size

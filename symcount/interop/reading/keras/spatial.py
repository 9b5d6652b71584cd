"""Layers of Keras that work along the axes of an image: convolutions, poolings, paddings."""

from __future__ import annotations

from collections.abc import Sequence

from symcount.interop.reading.keras.given import (
    Given,
    Writing,
    arguments,
    bias,
    check_channels_last,
    option,
    padding,
)


def _window(given: Given) -> tuple[str, ...]:
    """The kernel, stride, padding and dilation of a convolution."""
    check_channels_last(given)
    stride, dilation = given.sizes("strides", 1), given.sizes("dilation_rate", 1)
    return given.sizes("kernel_size", 1), option("s", stride, "1"), padding(given), option("d", dilation, "1")


def convolution(given: Given) -> str:
    """Write a convolution."""
    groups = option("g", str(given.size("groups", 1)), "1")
    return f"C{arguments(str(given.size('filters')), *_window(given), groups, bias(given))}"


def transposed(given: Given) -> str:
    """Write a transposed convolution, where Keras' size of what leaves is this language's."""
    check_channels_last(given)
    kernel, stride = given.sizes("kernel_size", 1), given.sizes("strides", 1)
    if given.sizes("dilation_rate", 1) != "1":
        raise given.unsaid("has gaps in its kernel")
    if given.config.get("output_padding") is not None:
        raise given.unsaid("has an output_padding")
    padded = padding(given, ("valid", "same"))
    if not padded and not (kernel.isdecimal() and stride.isdecimal() and int(kernel) >= int(stride)):
        raise given.unsaid("has a kernel that is smaller than its stride")
    return f"T{arguments(str(given.size('filters')), kernel, option('s', stride, '1'), padded, bias(given))}"


def depthwise(given: Given) -> str:
    """Write a depthwise convolution."""
    multiplied = option("m", str(given.size("depth_multiplier", 1)), "1")
    return f"DW{arguments(*_window(given), multiplied, bias(given))}"


def separable(given: Given) -> str:
    """Write a depthwise convolution and one over the channels."""
    multiplied = option("m", str(given.size("depth_multiplier", 1)), "1")
    return f"SC{arguments(str(given.size('filters')), *_window(given), multiplied, bias(given))}"


def pool(token: str) -> Writing:
    """Return what writes a pooling of this token."""

    def write(given: Given) -> str:
        check_channels_last(given)
        size = given.sizes("pool_size", 2)
        stride = size if given.config.get("strides") is None else given.sizes("strides", 1)
        return f"{token}{arguments(size, option('s', stride, size), padding(given, ('valid', 'same')))}"

    return write


def global_pool(token: str, adaptive: str) -> Writing:
    """Return what writes a pooling of all places, to a vector, or to one place where those are kept."""

    def write(given: Given) -> str:
        check_channels_last(given)
        return f"{adaptive}1" if given.flag("keepdims", False) else token

    return write


def sides(token: str, field: str) -> Writing:
    """A padding or cropping: one amount, or those before and behind, for each axis."""

    def write(given: Given) -> str:
        check_channels_last(given)
        said = given.config.get(field, 1)
        pairs = [
            [each, each] if isinstance(each, int) else each for each in (said if isinstance(said, list) else [said])
        ]
        if given.kind.endswith("1D") and isinstance(said, list):
            pairs = [said]
        if not pairs or not all(map(_is_pair, pairs)):
            raise given.wrong(f"{field} is a size, or a pair for each axis, found {str(said)[:40]}")
        before, behind = zip(*pairs, strict=True)
        if before == behind:
            return f"{token}{arguments(_each(before))}"
        return f"{token}(before={_each(before)},after={_each(behind)})"

    return write


def _is_pair(said: object) -> bool:
    """Whether JSON is two amounts."""
    if not isinstance(said, list) or len(said) != 2:
        return False
    return all(isinstance(size, int) and 0 <= size < 10**9 for size in said)


def _each(sizes: Sequence[int]) -> str:
    return str(sizes[0]) if len(set(sizes)) == 1 else f"({','.join(map(str, sizes))})"

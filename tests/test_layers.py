"""Every rule of a layer against a count by hand: windows are slid, and each weight is named once."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from itertools import product
from math import prod
from typing import NamedTuple

import pytest

from symcount import Architecture, ArchitectureError
from symcount.counts import Row
from tests.seeds import chosen_seed

ROUNDS = 200


class Window(NamedTuple):
    """A window along one axis of ``size`` values."""

    size: int
    kernel: int
    stride: int
    padding: int
    dilation: int

    @property
    def padded(self) -> int:
        return self.size + 2 * self.padding

    def taps(self, start: int) -> list[int]:
        return [start + tap * self.dilation for tap in range(self.kernel)]

    def starts(self) -> list[int]:
        """Where the window stands, in places of the padded axis, found by moving it."""
        inside = []
        start = 0
        while self.taps(start)[-1] < self.padded:
            inside.append(start)
            start += self.stride
        return inside

    def starts_rounded_up(self) -> list[int]:
        """The same where one more window may go over the end.

        PyTorch's MaxPool2d: "sliding windows are allowed to go off-bounds if they start within the left
        padding or the input. Sliding windows that would start in the right padded region are ignored."
        """
        starts = self.starts()
        unseen = self.taps(starts[-1])[-1] < self.padded - 1
        extra = starts[-1] + self.stride
        return [start for start in [*starts, *[extra] * unseen] if start < self.padding + self.size]

    def painted(self, more: int) -> range:
        """The places that a transposed convolution leaves: those it paints, less padding, ``more`` at the end."""
        places = {tap for value in range(self.size) for tap in self.taps(value * self.stride)}
        return range(min(places) + self.padding, max(places) + 1 - self.padding + more)


@pytest.fixture
def draw() -> random.Random:
    seed = chosen_seed()
    print("seed", seed)
    return random.Random(seed)


def windows(draw: random.Random, rank: int, padded: bool = True) -> list[Window]:
    """Windows that fit, one for each axis."""
    return [_window(draw, padded) for _ in range(rank)]


def _window(draw: random.Random, padded: bool) -> Window:
    while True:
        kernel = draw.randint(1, 3)
        window = Window(
            draw.randint(1, 7), kernel, draw.randint(1, 3), draw.randint(0, kernel // 2) * padded, draw.randint(1, 2)
        )
        if window.starts():
            return window


def per_axis(name: str, values: Iterable[int]) -> str:
    return f"{name}=({','.join(map(str, values))})"


def over(token: str, channels: int, axes: Sequence[Window], *arguments: str, padding: str = "") -> Architecture:
    """A network of one layer with these arguments and windows over an input."""
    sizes = ",".join(str(axis.size) for axis in axes)
    window = (
        per_axis("k", (axis.kernel for axis in axes)),
        per_axis("s", (axis.stride for axis in axes)),
        padding or per_axis("p", (axis.padding for axis in axes)),
        per_axis("d", (axis.dilation for axis in axes)),
    )
    return Architecture(f"I({channels},{sizes})-{token}({','.join((*arguments, *window))})")


def written(token: str, channels: int, axes: Sequence[Window], *arguments: str, padding: str = "") -> Row:
    """The layer with these arguments and windows over an input."""
    return over(token, channels, axes, *arguments, padding=padding).layers[0]


def positions(axes: Sequence[Window]) -> list[tuple[int, ...]]:
    return list(product(*(axis.starts() for axis in axes)))


def offsets(axes: Sequence[Window]) -> list[tuple[int, ...]]:
    return list(product(*(range(axis.kernel) for axis in axes)))


def grouped(channels: int, filters: int, groups: int) -> list[tuple[int, int]]:
    """The pairs of a channel and a filter that are in one group."""
    return [
        (channel, filter_)
        for channel, filter_ in product(range(channels), range(filters))
        if channel * groups // channels == filter_ * groups // filters
    ]


@pytest.mark.parametrize("rank", [1, 2, 3])
def test_convolution(draw: random.Random, rank: int) -> None:
    for _ in range(ROUNDS):
        axes, groups, bias = windows(draw, rank), draw.randint(1, 3), draw.randint(0, 1)
        channels, filters = groups * draw.randint(1, 2), groups * draw.randint(1, 3)
        layer = written("C", channels, axes, f"f={filters}", f"g={groups}", f"bias={bias}")
        weights = {
            (pair, offset)
            for _ in positions(axes)
            for pair in grouped(channels, filters, groups)
            for offset in offsets(axes)
        }
        assert layer.output == (filters, *(len(axis.starts()) for axis in axes)), layer
        assert layer.params == len(weights) + bias * filters, layer
        assert (layer.of("weights"), layer.of("biases")) == (len(weights), bias * filters)


@pytest.mark.parametrize("rank", [1, 2, 3])
@pytest.mark.parametrize("bias", ["on", "off", "map"])
def test_locally_connected(draw: random.Random, rank: int, bias: str) -> None:
    for _ in range(ROUNDS // 4):
        axes, groups = windows(draw, rank), draw.randint(1, 2)
        channels, filters = groups * draw.randint(1, 2), groups * draw.randint(1, 2)
        layer = written("LC", channels, axes, f"f={filters}", f"g={groups}", f"bias={bias}")
        weights = {
            (position, pair, offset)
            for position in positions(axes)
            for pair in grouped(channels, filters, groups)
            for offset in offsets(axes)
        }
        units = set(product(positions(axes), range(filters)))
        biases = {"on": len(units), "off": 0, "map": filters}[bias]
        assert layer.output == (filters, *(len(axis.starts()) for axis in axes)), layer
        assert (layer.of("weights"), layer.of("biases")) == (len(weights), biases), layer


@pytest.mark.parametrize("rank", [1, 2, 3])
def test_transposed_convolution(draw: random.Random, rank: int) -> None:
    checked = 0
    while checked < ROUNDS:
        axes, groups, bias = windows(draw, rank), draw.randint(1, 3), draw.randint(0, 1)
        more = [draw.randint(0, axis.stride - 1) for axis in axes]
        painted = [axis.painted(op) for axis, op in zip(axes, more, strict=True)]
        if not all(painted):
            continue
        checked += 1
        channels, filters = groups * draw.randint(1, 2), groups * draw.randint(1, 2)
        options = (f"f={filters}", f"g={groups}", f"bias={bias}", per_axis("op", more))
        layer = written("T", channels, axes, *options)
        weights = {(pair, offset) for pair in grouped(channels, filters, groups) for offset in offsets(axes)}
        assert layer.output == (filters, *map(len, painted)), layer
        assert layer.params == len(weights) + bias * filters, layer


@pytest.mark.parametrize("rank", [1, 2, 3])
def test_depthwise_and_separable_convolutions(draw: random.Random, rank: int) -> None:
    for _ in range(ROUNDS):
        axes, bias, multiplier = windows(draw, rank), draw.randint(0, 1), draw.randint(1, 3)
        channels, filters = draw.randint(1, 4), draw.randint(1, 4)
        maps = list(product(range(channels), range(multiplier)))
        alone = {(a_map, offset) for a_map in maps for offset in offsets(axes)}
        mixed = set(product(maps, range(filters)))
        depthwise = written("DW", channels, axes, f"m={multiplier}", f"bias={bias}")
        assert depthwise.output == (len(maps), *(len(axis.starts()) for axis in axes)), depthwise
        assert depthwise.params == len(alone) + bias * len(maps), depthwise
        separable = written("SC", channels, axes, f"f={filters}", f"m={multiplier}", f"bias={bias}")
        assert separable.output == (filters, *(len(axis.starts()) for axis in axes)), separable
        assert separable.params == len(alone) + len(mixed) + bias * filters, separable


@pytest.mark.parametrize("token", ["P", "AP"])
@pytest.mark.parametrize("rank", [1, 2, 3])
def test_pooling(draw: random.Random, token: str, rank: int) -> None:
    for _ in range(ROUNDS // 2):
        axes, channels = windows(draw, rank), draw.randint(1, 4)
        weight, bias = draw.randint(0, 1), draw.randint(0, 1)
        layer = written(token, channels, axes, f"weight={weight}", f"bias={bias}")
        assert layer.output == (channels, *(len(axis.starts()) for axis in axes)), layer
        assert (layer.of("weights"), layer.of("biases")) == (weight * channels, bias * channels), layer
        up = written(token, channels, axes, "ceil=on")
        assert up.output == (channels, *(len(axis.starts_rounded_up()) for axis in axes)), up


@pytest.mark.parametrize(("size", "rounded_up"), [(5, 3), (7, 4)])
def test_a_pooling_that_rounds_up_does_not_start_in_the_right_padding(size: int, rounded_up: int) -> None:
    text = f"I(1,{size}x{size})-P(2,s=2,p=1,ceil=on)"
    assert Architecture(text).output == (1, rounded_up, rounded_up)
    assert len(Window(size, 2, 2, 1, 1).starts_rounded_up()) == rounded_up


@pytest.mark.parametrize("rank", [1, 2, 3])
@pytest.mark.parametrize(
    ("token", "word"),
    [("C", "same"), ("C", "causal"), ("LC", "same"), ("DW", "causal"), ("SC", "same"), ("P", "same"), ("AP", "same")],
)
def test_same_and_causal_give_one_place_for_each_stride(draw: random.Random, token: str, word: str, rank: int) -> None:
    filters = () if token in ("DW", "P", "AP") else ("f=2",)
    for _ in range(ROUNDS // 4):
        axes = windows(draw, rank)
        layer = written(token, 2, axes, *filters, padding=f"p={word}")
        assert layer.output == (2, *(len(range(0, axis.size, axis.stride)) for axis in axes)), layer


@pytest.mark.parametrize("rank", [1, 2, 3])
def test_a_transposed_convolution_with_same_padding_multiplies(draw: random.Random, rank: int) -> None:
    for _ in range(ROUNDS // 4):
        axes = windows(draw, rank)
        layer = written("T", 2, axes, "f=3", padding="p=same")
        assert layer.output == (3, *(axis.size * axis.stride for axis in axes)), layer


@pytest.mark.parametrize("token", ["C", "P", "T"])
def test_valid_is_no_padding(draw: random.Random, token: str) -> None:
    filters = () if token == "P" else ("f=2",)
    for _ in range(ROUNDS // 4):
        axes = windows(draw, 2, padded=False)
        with_word = written(token, 2, axes, *filters, padding="p=valid")
        assert with_word.output == written(token, 2, axes, *filters).output


def test_a_stride_left_out_is_1_in_a_convolution_and_the_kernel_in_a_pooling() -> None:
    assert Architecture("I(1,12x12)-C(1,3)").output == (1, 10, 10)
    assert Architecture("I(1,12x12)-P3").output == (1, 4, 4)
    assert Architecture("I(1,12x12)-P(2x3)").output == (1, 6, 4)


@pytest.mark.parametrize(("token", "bias"), [("H", 1), ("H", 0), ("O", 1), ("O", 0)])
def test_dense(draw: random.Random, token: str, bias: int) -> None:
    for _ in range(ROUNDS // 4):
        shape = [draw.randint(1, 4) for _ in range(draw.randint(1, 4))]
        units = draw.randint(1, 5)
        text = f"I({','.join(map(str, shape))})-{token}({units},bias={bias})"
        values = list(product(*map(range, shape)))
        weights = set(product(values, range(units)))
        layer = Architecture(text).layers[0]
        assert layer.output == (units,)
        assert (layer.of("weights"), layer.of("biases")) == (len(weights), bias * units), text


@pytest.mark.parametrize("bias", [0, 1])
def test_linear_keeps_the_axes(draw: random.Random, bias: int) -> None:
    for _ in range(ROUNDS // 4):
        channels, *axes = [draw.randint(1, 4) for _ in range(draw.randint(1, 4))]
        units = draw.randint(1, 5)
        layer = Architecture(f"I({','.join(map(str, (channels, *axes)))})-Lin({units},bias={bias})").layers[0]
        weights = {(channel, unit) for channel in range(channels) for unit in range(units)}
        assert layer.output == (units, *axes)
        assert (layer.of("weights"), layer.of("biases")) == (len(weights), bias * units)


@pytest.mark.parametrize(
    ("text", "output"),
    [
        ("I(3,4x6)-GAP", (3,)),
        ("I(3,4x6)-GMP", (3,)),
        ("I(3,4x6)-AAP2", (3, 2, 2)),
        ("I(3,4x6)-AMP(1x2)", (3, 1, 2)),
        ("I(3,4x6)-U2", (3, 8, 12)),
        ("I(3,4x6)-U(1x3)", (3, 4, 18)),
        ("I(3,4x6)-pad1", (3, 6, 8)),
        ("I(3,4x6)-pad(1x2)", (3, 6, 10)),
        ("I(3,4x6)-pad(before=1)", (3, 5, 7)),
        ("I(3,4x6)-pad(before=(1,0),after=2)", (3, 7, 8)),
        ("I(3,4x6)-crop1", (3, 2, 4)),
        ("I(3,4x6)-crop(after=(0,5))", (3, 4, 1)),
        ("I(3,4x6)-F", (72,)),
        ("I(3,4x6)-reshape(6,12)", (6, 12)),
        ("I(3,4x6)-reshape(72)", (72,)),
        ("I72-reshape(2,6x6)", (2, 6, 6)),
        ("I(3)-rep(4)", (3, 4)),
        ("I(6,4)-shuffle(3)", (6, 4)),
        ("I(3,4x6)-R-R6-D(0.5)-LRN-softmax-act-tanh-_", (3, 4, 6)),
        ("I(3,4x6)-BN-PR", (3, 4, 6)),
        ("I(4x6,3)", (3, 4, 6)),
        ("I(3,2x3x4)-P(1x2x2)", (3, 2, 1, 2)),
        ("I3x5x3", (3, 5, 3)),
        ("I3x3x4", (3, 3, 4)),
        ("I(3,n=4)", (3, 4)),
        ("I(c=3,axes=4x6)", (3, 4, 6)),
        ("I(3,axes=4x6)", (3, 4, 6)),
        ("I(channels=3)", (3,)),
        ("I(2,5x8x8)-CLSTM(4,3)", (4, 5, 8, 8)),
        ("I(2,5x8x8)-CLSTM(4,3,last=on)", (4, 8, 8)),
        ("I(2,5x8x8)-CLSTM(4,3,p=valid,last=on)", (4, 6, 6)),
        ("I(8,2x3)-d2s2", (2, 4, 6)),
        ("I(8,3)-d2s2", (4, 6)),
        ("I(9,4x6)-d2s3", (1, 12, 18)),
        ("I(2,4x6)-s2d2", (8, 2, 3)),
    ],
)
def test_shapes(text: str, output: tuple[int, ...]) -> None:
    net = Architecture(text)
    assert net.output == output
    assert net.of("size") == prod(output)


@pytest.mark.parametrize("rank", [1, 2, 3])
def test_blocks_of_places_go_to_channels_and_back(draw: random.Random, rank: int) -> None:
    for _ in range(ROUNDS // 4):
        channels, factor = draw.randint(1, 3), draw.randint(1, 3)
        axes = [factor * draw.randint(1, 3) for _ in range(rank)]
        text = f"I({channels},{','.join(map(str, axes))})-s2d({factor})"
        assert Architecture(text).of("size") == channels * prod(axes)
        assert Architecture(f"{text}-d2s({factor})").output == (channels, *axes), text


@pytest.mark.parametrize("rank", [1, 2, 3])
def test_a_block_of_places_takes_a_channel_for_each(draw: random.Random, rank: int) -> None:
    for channels in range(1, 28):
        factor = draw.randint(2, 3)
        block = list(product(range(factor), repeat=rank))
        text = f"I({channels},{','.join(['2'] * rank)})-d2s({factor})"
        if [*range(0, channels, len(block))][-1] + len(block) == channels:
            assert Architecture(text).output[0] * len(block) == channels
        else:
            with pytest.raises(ArchitectureError, match=f"=.*{len(block)}.* does not divide channels"):
                Architecture(text).of()


@pytest.mark.parametrize("token", ["C", "LC", "DW", "SC", "P", "AP"])
@pytest.mark.parametrize("rank", [1, 2])
def test_a_window_fits_exactly_where_the_last_one_ends_at_the_edge(draw: random.Random, token: str, rank: int) -> None:
    filters = () if token in ("DW", "P", "AP") else ("f=2",)
    refused = 0
    for _ in range(ROUNDS // 4):
        axes = windows(draw, rank)
        text = over(token, 2, axes, *filters).text
        fits = all(axis.taps(axis.starts()[-1])[-1] == axis.padded - 1 for axis in axes)
        if fits:
            assert Architecture(text, exact=True).output == Architecture(text).output
        else:
            refused += 1
            with pytest.raises(ArchitectureError, match="does not divide what the first window leaves"):
                Architecture(text, exact=True).of()
    assert ROUNDS // 40 < refused < ROUNDS // 4


@pytest.mark.parametrize(
    ("text", "fit"),
    [
        ("I(3,9x9)-C(4,3)", "valid padding"),
        ("I(3,9x9)-C(4,3,s=2,p=1)", "padding 1, stride 2"),
        ("I(3,9x9)-C(4,3,s=(1,2),p=same,d=2)", "same padding: 2 on each side, stride 1×2, dilation 2"),
        ("I(3,9x9)-C(4,3,p=(1,0))", "padding 1×0"),
        ("I(3,9x9)-C(4,3,p=(same,0))", "padding same by valid"),
        ("I(3,9x9)-P(2,s=2,ceil=on)", "valid padding, stride 2, rounded up"),
    ],
)
def test_how_a_window_fits_is_told(text: str, fit: str) -> None:
    step = Architecture(text).counted.trace.steps[-1]
    assert str(step.layer.fit(step.input)) == fit


@pytest.mark.parametrize(
    ("axes", "kernel", "unseen"),
    [
        ("9", "3,s=2", []),
        ("10", "3,s=2", ["the last step is never seen"]),
        ("10x9", "3,s=2", ["the last row is never seen"]),
        ("11x9", "3,s=4", ["the last 2 columns are never seen"]),
        ("10x10", "3,s=2,p=1", []),
        ("11x11", "3,s=4,p=1", ["the last row and column are never seen"]),
        ("10x9x10", "3,s=2", ["the last frame and column are never seen"]),
        ("9x9x9x10", "3,s=2", ["the last axis 4 is never seen"]),
    ],
)
def test_what_no_window_reaches_is_told(axes: str, kernel: str, unseen: list[str]) -> None:
    notes = Architecture(f"I(1,{axes})-C(2,{kernel})").notes
    assert [note.removeprefix("C1: ") for note in notes] == unseen


def test_an_output_is_never_smaller_than_1() -> None:
    with pytest.raises(ArchitectureError) as caught:
        Architecture("I(1,4x9)-C(2,5)").of()
    assert caught.value.code == "too-small"
    assert "height falls from 4 to 0" in caught.value.message
    assert caught.value.hint == "the smallest input that would do is 5×5"


def test_the_window_is_moved_as_far_as_it_goes() -> None:
    assert Window(7, 3, 2, 0, 1).starts() == [0, 2, 4]
    assert Window(8, 3, 2, 0, 1).starts() == [0, 2, 4]
    assert Window(8, 3, 2, 0, 1).starts_rounded_up() == [0, 2, 4, 6]
    assert list(Window(3, 3, 2, 1, 1).painted(1)) == [1, 2, 3, 4, 5, 6]

"""What a unit sees, and the smallest input: published lists, and what one finds by trying."""

from __future__ import annotations

import random
from itertools import product
from typing import Any

import pytest

import symcount as sc
from symcount.algebra import evaluate
from symcount.algebra.functions.evaluation import value_of
from symcount.errors import ArchitectureError
from symcount.layers import Layer, Shape
from symcount.trace import Branches, Part, Repeat, Step, Trace
from tests.networks import chain_over_n, refusal
from tests.seeds import chosen_seed

# Araujo, Norris and Sim, Computing receptive fields of convolutional neural networks, Distill, 2019, table 1, at the
# last layer of windows; ResNets with the strides where torchvision has them
PUBLISHED: dict[str, tuple[str | int, int, int]] = {
    "alexnet-owt": ("P3", 195, 32),
    "vgg16": (5, 212, 32),
    "mobilenet_v1_1_0": ("GAP1", 315, 32),
    "inception_v3-no-aux": ("GAP1", 1311, 32),
    "resnet50": ("GAP1", 427, 32),
    "densenet121": ("GAP1", 2071, 32),
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_published_fields(name: str) -> None:
    place, field, stride = PUBLISHED[name]
    net = sc.zoo(name)
    row = net.layer(place)
    if place == "GAP1":  # of what arrives there
        before = [each for each in net.layers if str(each.index).isdigit() and int(each.index) < int(row.index)]
        row = before[-1]
    assert (row.of("receptive-field"), row.of("stride")) == (field, stride)


def test_the_fields_of_the_first_resnet() -> None:
    """The first paper strides in the first convolution of a block, and so sees more: 483."""
    bot = "def bot(w,s=1) = {C(w,1,s=s)-C(w,3,p=1)-C(4*w,1) + body};"
    bot += " def stage(w,n,s=1) = bot(w,s)[C(4*w,1,s=s)]-bot(w)*(n-1);"
    stages = "stage(64,3)-stage(128,4,2)-stage(256,6,2)-stage(512,3,2)"
    net = sc.parse(f"{bot} I(3,224x224)-C(64,7,s=2,p=3)-P(3,s=2,p=1)-{stages}")
    assert (net.of("receptive-field"), net.of("stride")) == (483, 32)


@pytest.mark.parametrize(
    ("text", "field", "stride", "padding"),
    [
        ("I(c,n×n)-C(f,k,s)-C(f,k2,s2)", "k + s*(k2 - 1)", "s*s2", "0"),
        ("I(1,n)-[C(8,2,d=2^i,p=causal)-R]*(i=0..N-1)", "2**N", "1", "2**N - 1"),
        ("I(1,n×n)-[C(1,3,p=1)]*N", "2*N + 1", "1", "N"),
        ("I(1,n×n)-[C(1,3,s=2,p=1)]*N", "2*2**N - 1", "2**N", "2**N - 1"),
        ("I(1,n×n)-[{C(1,3,p=1)-R-C(1,3,p=1)+_}]*N-P2", "4*N + 2", "2", "2*N"),
        ("I(1,n)-GAP-O3", "n", "n", "0"),
        ("I(L)-E(10,5)-C(3,k)-C(2,k)", "2*k - 1", "1", "0"),
        ("I(3,n×n)-C(8,3,p=1)-BN-GN(2)", "n", "n", "0"),
    ],
)
def test_formulas(text: str, field: str, stride: str, padding: str) -> None:
    net = sc.parse(text)
    symbols = [*net.symbols]
    for draw in map(random.Random, range(20)):
        values = {name: draw.randint(1, 4) for name in symbols}
        for quantity, expected in (("receptive-field", field), ("stride", stride), ("padding", padding)):
            found = net.of(quantity)
            number = found if isinstance(found, int) else evaluate(found, values)
            assert number == eval(expected, dict(values)), (quantity, found)


@pytest.mark.parametrize(
    ("text", "field", "stride", "padding"),
    [
        ("I(1,16x16)-U2-C(2,3,p=1)", 2, "1/2", 1),
        ("I(1,16x16)-T(2,4,s=2,p=1)-C(2,3,p=1)", 3, "1/2", 1),
        ("I(1,16x16)-P2-U2-P2", 2, "2", 0),
        ("I(1,16x16)-T(2,3)", 3, "1", 2),
        ("I(1,16x16)-{crop(1)|C(1,3)}", 3, "1", 0),
        ("I(1,16x16)-{C(1,5,p=same)+_}", 5, "1", 2),
        ("I(1,16x16)-pad(2)-crop(before=1,after=1)", 1, "1", 1),
        ("I(1,16x16)-s2d(2)-d2s(2)-C(1,3)", 4, "1", 0),
        ("I(1,16x16)-AAP(4)", 4, "4", 0),
        ("I(1,10x10)-AAP(4)-F", 10, "10", 0),
        ("I(3,32x32)-C(8,16,s=16)-seq-cls-LN-MHA(2)-tok-O10", 32, "32", 0),
    ],
)
def test_fields_worked_out_by_hand(text: str, field: int, stride: str, padding: int) -> None:
    net = sc.parse(text)
    assert (net.of("receptive-field"), str(net.of("stride")), net.of("padding")) == (field, stride, padding)


@pytest.mark.parametrize(
    "text",
    [
        "I(1,n)-C(4,k)-U(u)-C(4,3)-C(4,k)",
        "I(1,n)-P2-U(u)-C(4,k)-U(u)-C(4,3)",
        "I(1,n)-C(4,k)-T(4,u)-C(4,3)",
        "I(1,n)-T(4,u,s=u)-C(4,k)-T(4,3,s=2)",
        "I(1,n)-[C(4,3)-U2]*N-C(4,k)",
        "I(1,n)-[P2]*N-[U2]*N-C(4,k)",
        "I(1,n)-P3-[C(4,k,p=same)-U(u)]*N-C(4,3,p=1)",
        "I(1,n)-[T(4,4,s=2,p=1)-R-C(4,k)]*N",
        "I(1,n)-U2-C(2,3)-[C(4,3)-U3]*N",
        "I(1,n)-[C(4,3,p=1)-P2]*N-[C(4,k,p=same)-U2]*N-C(4,3,p=1)",
    ],
)
def test_formulas_behind_an_upsampling(text: str) -> None:
    """A formula against what is found span by span, where all sizes are numbers."""
    net = sc.parse(text)
    found = {quantity: net.of(quantity) for quantity in ("receptive-field", "stride", "padding")}
    names = sorted(set(net.symbols) - {"n"})
    for values in product(*(range(2 if name == "u" else 1, 5) for name in names)):  # a sum of u^i is one of u >= 2
        case = dict(zip(names, values, strict=True))
        numbers = net.subs(n=60, **case)
        for quantity, formula in found.items():
            number, expected = (
                str(each if isinstance(each, int) else value_of(each, case)) for each in (formula, numbers.of(quantity))
            )
            assert number == expected, (quantity, case)


def test_axes_that_differ_have_a_size_each() -> None:
    net = sc.parse("I(1,28x30)-C(8,3x5)-P2-C(1,3)")
    assert (net.of("receptive-field"), net.of("stride"), net.of("min-input")) == ((8, 10), 2, (8, 10))
    assert net.formula("receptive-field").python() == "(8, 10)"


class Dots:
    """What each unit of a chain over one axis sees, place by place, of an axis without end."""

    def __init__(self, trace: Trace) -> None:
        self.trace = trace

    def seen(self, unit: int) -> set[int]:
        return self.back(self.trace.parts, {unit})

    def back(self, parts: tuple[Part, ...], units: set[int]) -> set[int]:
        for part in reversed(parts):
            match part:
                case Step():
                    units = units if part.is_input else self.layer(part.layer, part.input, units)
                case Branches():
                    units = set().union(*(self.back(branch.parts, units) for branch in part.parts))
                case Repeat(count=int() as count):
                    for _ in range(count):
                        units = self.back(part.parts, units)
                case _:
                    units = self.back(part.parts, units)
        return units

    def layer(self, layer: Layer, x: Shape, units: set[int]) -> set[int]:
        arguments: Any = layer
        match layer.token:
            case "C" | "P" | "DW":
                [k], [s], [d], [p] = arguments.kernel, arguments.stride, arguments.dilation, arguments.padding
                return {u * s + i * d - p for u in units for i in range(k)}
            case "T":
                [k], [s], [d], [p] = arguments.kernel, arguments.stride, arguments.dilation, arguments.padding
                steps = {u + p - i * d for u in units for i in range(k)}
                return {step // s for step in steps if step % s == 0}
            case "U":
                return {u // arguments.factor[0] for u in units}
            case "pad":
                return {u - arguments.first()[0] for u in units}
            case _:
                return units


def drawn(draw: random.Random) -> str:
    k, s, p, d = draw.randint(1, 4), draw.randint(1, 3), draw.randint(0, 1), draw.randint(1, 2)
    one = [f"C(2,{k},s={s},p={p},d={d})", f"P({k + 1},s={s})", "R", "BN", f"T(2,{k + 1},s={s})", "U2", "U3", "pad(1)",
           "{C(2,3,p=1)+C(2,1)}", "{C(2,5,p=2)|_}", f"[C(2,{k},p={p})]*2"]  # fmt: skip
    while True:
        chosen = [draw.choice(one) for _ in range(draw.randint(1, 5))]
        if sum(each[0] in "TU" for each in chosen) < 3:  # so that units see the same again after 36
            return "I(2,900)-" + "-".join(chosen)


def test_fields_are_what_one_finds_place_by_place() -> None:
    draw = random.Random(chosen_seed())
    held = 0
    for _ in range(300):
        text = drawn(draw)
        net = sc.parse(text)
        dots = Dots(net.counted.trace)
        spans = [dots.seen(unit) for unit in range(36, 36 + 36)]
        widest = max(max(each) - min(each) + 1 for each in spans if each)
        assert net.of("receptive-field") == widest, text
        first = dots.seen(0)
        if first:
            held += 1
            assert net.of("padding") == -min(first), text
        apart = sorted({min(two) - min(one) for one, two in zip(dots_at(dots, 0), dots_at(dots, 36), strict=True)})
        [turn] = apart
        assert 36 * net.of("stride") == turn, text
    assert held > 100


def dots_at(dots: Dots, unit: int) -> list[set[int]]:
    """What a unit that sees anything sees: the same of 36 units further, which is whole turns of every upsampling."""
    found = next(each for each in range(36) if dots.seen(each))
    return [dots.seen(unit + found)]


def test_smallest_inputs_are_those_that_exist() -> None:
    draw = random.Random(chosen_seed())
    for _ in range(200):
        text = chain_over_n(draw)
        least = sc.parse(text).of("min-input")
        if not isinstance(least, int):
            least = least if isinstance(least, tuple) else evaluate(least, {})
            least = max(least) if isinstance(least, tuple) else least
        assert refusal(text, n=least) is None, (text, least)
        assert least == 1 or refusal(text, n=least - 1) == "too-small", (text, least)


@pytest.mark.parametrize(
    "text",
    [
        "I(1,n)-[C(1,k)-R-P2]*N",
        "I(1,n)-[{C(4,3,p=1)+C(4,1)}-P2]*N",
        "I(1,n)-[C(4,3,p=1)-GN2-R-P2]*N",
        "def b(f)=C(f,3)-BN-R; I(1,n)-[b(8)-b(8)-P2]*N-C(2,k)",
        "I(1,n)-[[C(8,3)-R]*2-P2]*N",
        "I(1,n)-[[C(8,3)-R]*M-P2]*N",
        "I(8,n)-[{C(8,3)-C(8,3)+crop2-C(8,1)}-P2]*N",
        "I(1,n)-[C(4,k,p=1)]*N",
        "I(1,n)-[C(4,1,p=2)]*N-C(4,9)",
        "I(1,n)-[C(4,1,s=2,p=2)]*N-C(4,9)",
        "I(1,n)-[C(4,3,s=2,p=1)-R]*N-C(4,k)",
    ],
)
def test_smallest_inputs_of_any_number_of_passes(text: str) -> None:
    net = sc.parse(text)
    formula = net.of("min-input")
    names = sorted(set(net.symbols) - {"n"})
    for values in product(range(1, 5), repeat=len(names)):
        case = dict(zip(names, values, strict=True))
        assert evaluate(formula, case) == net(**case).of("min-input"), case


@pytest.mark.parametrize(
    ("text", "least"),
    [
        ("zoo:alexnet-owt", 63),
        ("zoo:vgg16", 32),
        ("I(1,9x9)-C(1,3)-P2", 4),
        ("I(1,9x9)-C(1,3)@a-P2-GAP-O3", 4),
        ("I(1,9)-T(1,3,s=2)-crop(2)", 2),
    ],
)
def test_smallest_inputs(text: str, least: int) -> None:
    assert sc.parse(text).of("min-input") == least


@pytest.mark.parametrize(
    ("text", "least"),
    [
        ("I(1,n×n)-[C(1,3)]*N", "2*N + 1"),
        ("I(1,n×n)-[C(1,3,s=2)]*N", "2*2**N - 1"),
        ("I(1,n×n)-C(1,k)-P2", "k + 1"),
        ("I(1,n×n)-C(1,k,p=q)-P2", "max(1, k - 2*q + 1)"),
        ("I(1,n×n)-[{C(1,3,p=1)-R+_}]*N-P2", "2"),
    ],
)
def test_smallest_inputs_as_formulas(text: str, least: str) -> None:
    found = sc.parse(text).of("min-input")
    for k in range(1, 6):
        values = {"N": k, "k": k, "q": k // 2}
        number = found if isinstance(found, int) else evaluate(found, values)
        assert number == eval(least, dict(values))


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("I784-H10", "receptive-field"),
        ("I784-H10", "min-input"),
        ("I(1,16)@a-C(1,3,p=1); I(1,16)-{@a|_}-C(1,3)", "stride"),
        ("I(1,10)-AAP(4)", "stride"),
    ],
)
def test_what_has_none_says_so(text: str, quantity: str) -> None:
    with pytest.raises(ArchitectureError) as caught:
        sc.parse(text).of(quantity)
    assert caught.value.code == "no-quantity"


def test_a_skip_between_open_passes_is_told_with_what_would_help() -> None:
    with pytest.raises(sc.ArchitectureError, match=r"how many there are is open: give that a number"):
        sc.zoo("unet-depth", D="D", n="n").formula("receptive-field").data()
    assert sc.zoo("unet-depth", D=3, n="n").of("receptive-field") == 100

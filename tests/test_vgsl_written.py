"""VGSL that a network is written as: our own reader gives the same counts of it, and the rest is refused by name."""

from __future__ import annotations

import random

import pytest

import symcount
from symcount import Architecture
from symcount.errors import ArchitectureError
from symcount.interop.reading.source import read_given
from tests.building import smallest_but
from tests.networks import network
from tests.seeds import chosen_seed

LINES = {
    "I(1,28x28)-C(32,5,p=same)-R-P2-C(32,3,p=1)-P(3,s=2)-D(0.5)-H256-tanh-O10-softmax": (
        "[1,28,28,1 Cr5,5,32 Mp2,2 Cl3,3,32 Mp3,3,2,2 Do0.5 Ft256 O0s10]"
    ),
    "I(1,48×w)-C(16,3x5,s=(2,1),p=same)-P(3x2)-GN4-reshape(128,w//2)-bi[LSTM(64)]-GRU(32)-Lin105-sigmoid": (
        "[1,48,0,1 Cl3,5,16,2,1 Mp3,2 Gn4 S1(1x0)1,3 Lbx64 Gfx32 O1l105]"
    ),
    "I(3,h×w)-[C(8,1)-R]*3-Lin5-sigmoid-C(4,1)": "[1,0,0,3 Cr1,1,8 Cr1,1,8 Cr1,1,8 Cs1,1,5 Cl1,1,4]",
    "I(48,T)-C(8,5,p=same)-P2-LSTM64-C(9,3,s=2,p=same)-P(3,s=1)-LSTM(8,last=on)-F-H4-R-D-H3-R": (
        "[1,1,0,48 Cl1,5,8 Mp1,2 Lfx64 Cl1,3,9,1,2 Mp1,3,1,1 Lfxs8 Fr4 Do Fr3]"
    ),
    "I(4,1×9)-seq-D(1/20000)-bi[GRU(3,last=on)]-H2-sigmoid": "[1,1,9,4 Do0.00005 Gbxs3 O0l2]",
    "def twice(f) = C(f,3,p=1)-R; I(3,9×9)-twice(4)-twice(5)-[P(3,s=2)]*2-seq-GRU7-O5": (
        "[1,9,9,3 Cr3,3,4 Cr3,3,5 Mp3,3,2,2 Mp3,3,2,2 Gfx7 O0s5]"
    ),
}


def agrees(net: Architecture) -> str:
    """Write a network, read it back, and hold what the two count, with our symbols in the place of the reader's."""
    text = symcount.export(net, "vgsl")
    read = symcount.parse(read_given(text).numbers, convention=net.convention)
    read = read(**dict(zip(sorted(read.symbols), sorted(net.symbols), strict=True)))
    for quantity in ("params", "macs", "macs-inside", "biases", "connections"):
        assert read.of(quantity) == net.of(quantity), (quantity, text)
    return text


@pytest.mark.parametrize("convention", ["textbook", "torch", "keras"])
@pytest.mark.parametrize("line", LINES)
def test_it_is_read_back(line: str, convention: str) -> None:
    assert agrees(symcount.parse(line, convention=convention)) == LINES[line] + "\n"


def test_the_zoo_and_random_networks() -> None:
    draw = random.Random(chosen_seed())
    lines = [f"zoo:{name}" for name in smallest_but().values()] + [network(draw).numbers for _ in range(100)]
    lines += [_row(draw) for _ in range(100)]
    written = 0
    for line in lines:
        try:
            agrees(symcount.parse(line))
        except ArchitectureError as error:
            assert error.code == "not-in-framework", (line, error)
            assert error.span is not None, (line, error)
        else:
            written += 1
    assert written > 100


def _row(draw: random.Random) -> str:
    """A random network of layers that VGSL has words for."""
    size = draw.randint
    links = [f"I({size(1, 3)},{size(30, 60)}×{draw.choice(('w', str(size(30, 60))))})"]
    for _ in range(size(0, 3)):
        activation = draw.choice(("", "-R", "-tanh", "-sigmoid", "-softmax"))
        links.append(f"C({size(1, 9)},{size(1, 5)}x{size(1, 5)},s={size(1, 2)},p=same){activation}")
        links.append(
            draw.choice((f"P({size(1, 2)}x{size(1, 2)},s=({size(1, 2)},{size(1, 2)}))", "P2", "D(0.25)", "GN1"))
        )
    height, channels = (symcount.parse("-".join(links)).of("output")[place] for place in (1, 0))
    if draw.random() < 0.3:
        return "-".join([*links, f"Lin{size(1, 9)}"])
    if height > 1 and draw.random() < 0.4:
        links.append(f"LSTM({size(1, 9)},along=2)-bi[GRU({size(1, 9)},along=1)]-LSTM({size(1, 9)},last=on,along=1)")
        return "-".join([*links, f"Lin{size(1, 9)}"])
    links.append(f"reshape({channels * height},{symcount.parse('-'.join(links)).of('output')[2]})")
    for _ in range(size(1, 3)):
        cell = f"{draw.choice(('LSTM', 'GRU'))}({size(1, 9)})"
        links.append(draw.choice((cell, f"bi[{cell}]", f"C({size(1, 9)},3,p=same)-R")))
    return "-".join([*links, draw.choice((f"Lin{size(1, 9)}-softmax", f"LSTM({size(1, 9)},last=on)-H8-R-O10", "GRU5"))])


REFUSED = {
    "I784-H100-O10": "I1: the input of VGSL is an image or a row",
    "I(3,n×n)-C(4,3,p=1)": "I1: VGSL has 0 for a size that is open, and cannot say n of this one",
    "I(3,2*n×n)-C(4,3,p=1)": "cannot say 2*n of this one",
    "I(3,9×9)-C(4,3)": "C1: a convolution in VGSL is padded so that only a stride makes it smaller",
    "I(3,9×9)-C(4,3,p=1,bias=off)": "C1: VGSL has no word for its bias",
    "I(3,9×9)-C(f,3,p=1)": "C1: VGSL has numbers for the sizes of layers, and none is known",
    "I(3,9×9×9)-C(4,3,p=1)": "I1: the input of VGSL is an image or a row",
    "I(3,9×9)-C(4,3,p=1)-BN": "BN1: VGSL has no batch normalisation",
    "I(3,9×9)-C(4,3,p=1)-gelu": "VGSL has no gelu",
    "I(3,9×9)-P2-R": "VGSL has activations of convolutions and dense layers",
    "I(3,9×9)-{C(4,3,p=1)+C(4,1)}": "one chain of layers",
    "I(3,9×9)-[C(4,3,p=1)]@a-C(3,1)-&a": "one chain of layers",
    "I(3,9×9)-frozen[C(4,3,p=1)]": "one chain of layers",
    "I(3,9×9)-[C(3,1)]*k": "how often this one runs is open",
    "I(3,9×9)-seq-LSTM4": "VGSL makes a row of an image of height 1 alone",
    "I(8,T)-LSTM(4,bias=2)": "LSTM1: VGSL has no word for its bias",
    "I(8,9×9)-LSTM(4,along=2,last=on)": "what is left of the ends of rows is a column",
    "I(8,T)-LSTM4-R": "VGSL has activations of convolutions and dense layers",
    "I(8,T)-C(4,3,p=1); I(3,9×9)-C(4,3,p=1)": "one input",
    "I(3,8×8)-reshape(12,16)": "VGSL makes channels of the rows of an image, and no other shape",
    "I(3,8×8)": "I1: a line of VGSL has layers behind its input",
    "I(3,8×8)-R": "VGSL has activations of convolutions and dense layers",
    "I(3,8×8)-H10-R-softmax": "one each, right behind them",
    "I(3,8×8)-H10-D(q)": "VGSL has numbers for the sizes of layers",
    "I(3,8×8)-F": "VGSL flattens in front of a dense layer alone",
}


@pytest.mark.parametrize("line", REFUSED)
def test_what_it_cannot_say_is_refused_by_name(line: str) -> None:
    with pytest.raises(ArchitectureError) as caught:
        symcount.export(symcount.parse(line), "vgsl")
    assert caught.value.code == "not-in-framework"
    assert REFUSED[line] in caught.value.message
    assert caught.value.span is not None

"""The record of a walk: what leaves a part arrives at the next, and every part has the number of its place."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest

import symcount as sc
from symcount.trace import Branches, Mixture, Part, Repeat, Step, Tap

ZOO = ("resnet50", "unet-2015", "googlenet", "gpt2", "t5-small", "mixtral-8x7b")
WRITTEN = (
    "I(8,T)-moe(4,top=1)[GLU3-Lin8]-frozen[Lin3-{_|Lin2}]-bi[LSTM2]-{Lin9-R|_}-[Lin4-R]*3",
    "I(8,T)-[Lin(i)-R]*(i=1..2)@a-Lin2*2-R?-{LN+_}*2-frozen[R]-bi[GRU1]*2",
    "def f(x)=Lin(x)-body-Lin(x); def g(x)=[body]-Lin(x); I(8,T)-f(3)[Lin4-R]-f(2)@b-[R]@d-&d*2-g(4)[Lin2]-{@b-g(1)|_}",
    "I(8,T)@a-Lin8@b-mul{LN-R|_}-{_|@a-R|@b}-tok@c; I24@d; {@c|@d}-{_+[R-H48]}",
    "I(c,n×n)-C(4,3,p=1)@a-{C(4,1)-BN|_}*2-P2-U2-C(4,1)-[BN-R]?-GAP-frozen[H(u)-moe(e,top=1)[H(u)]]-O",
)
TEXTS = (*ZOO, *WRITTEN)


def parts_in(text: str) -> Iterator[Part]:
    return (sc.zoo(text) if text in ZOO else sc.parse(text)).counted.trace.every


def chains(part: Part) -> list[tuple[Part, ...]]:
    """The parts inside a part that stand in series."""
    return [(each,) for each in part.parts] if isinstance(part, Branches) else [part.parts]


def goes_on_elsewhere(part: Part) -> bool:
    """Whether a part takes nothing of what arrives, since it goes on from a label."""
    if isinstance(part, Branches):
        return all(goes_on_elsewhere(each) for each in part.parts)
    return isinstance(part, Tap) or bool(part.parts and goes_on_elsewhere(part.parts[0]))


@pytest.mark.parametrize("text", TEXTS)
def test_what_leaves_a_part_arrives_at_the_next(text: str) -> None:
    for part in parts_in(text):
        if isinstance(part, Repeat) and part.over is not None:
            continue  # inside, the sizes are those of any iteration
        for chain in chains(part):
            if chain and not goes_on_elsewhere(chain[0]):
                assert chain[0].input == part.input, (part.number, part.kind)
            for before, after in pairwise(chain):
                assert goes_on_elsewhere(after) or before.output == after.input, (part.number, part.kind)


@pytest.mark.parametrize("text", TEXTS)
def test_a_part_is_numbered_under_the_part_that_it_is_in(text: str) -> None:
    for part in parts_in(text):
        numbers = [each.number for each in part.parts]
        counted = [(*part.number, place) for place in range(1, len(numbers) + 1)]
        # what is there again, and what a macro says as its body, keeps the number of the place where it is said
        kept = [part.number] * len(numbers) if part.kind in ("repeat", "pass", "again", "body") else counted
        assert numbers in (counted, kept), (part.kind, part.number)


def test_the_record_of_a_mixture() -> None:
    [mixture] = [part for part in parts_in(WRITTEN[0]) if isinstance(part, Mixture)]
    router, experts = mixture.parts
    assert isinstance(router, Step)
    assert router.input == experts.input == experts.output == mixture.output

"""The smallest input that an error names: every input of the same kind is walked to see that it is."""

from __future__ import annotations

import random
from functools import cache

import pytest

import symcount as sc
from tests.seeds import chosen_seed

ROUNDS = 300
LEAST_HINTED = 0.6
BLOCKS = ("s2d", "{_|P2-U2}", "{U2-P2+_}", "{P2-T(cin,2,s=2)+_}")
"""What takes inputs of certain sizes alone: whole blocks, or sizes at which its branches meet."""


def layer(draw: random.Random, rank: int) -> str:
    k, s, p = draw.randint(1, 4), draw.randint(1, 3), draw.randint(0, 1)
    kernel = f"({k},{draw.randint(1, 4)})" if rank == 2 else str(k)
    up = "on" if draw.random() < 0.5 else "off"
    side = draw.choice([1, 2])
    return draw.choice([
        f"C(2,{kernel})", f"C(2,{kernel},s={s},p={p})", f"C(cin,{kernel},d=2)", "C(cin,3,p=same)", f"DW({k},s={s})",
        f"P({k})", f"P({max(k, 2)},s={s},ceil={up})", f"AP(3,s=2,p={p},ceil={up})", f"P(2,s={s},p=same)",
        f"T(2,{k},s={s})", f"T(cin,3,s=2,p={p})", f"pad({side})", f"crop({side})", "U2", "s2d(2)", "BN-R",
    ])  # fmt: skip


def part(draw: random.Random, rank: int) -> str:
    match draw.randrange(12):
        case 0:
            # branches that meet whatever arrives
            return draw.choice(["{C(2,3)|P(3,s=1)}", "{C(cin,5,p=1)+crop(1)}", "{_|C(3,3,p=1)|C(2,5,p=same)}"])
        case 1:
            return draw.choice(["{crop(1)|C(4,3)}", "{P2|C(3,2,s=2)}", "{P2-P2|C(3,4,s=4)}", "{_|P2-U2}", "{U2-P2+_}"])
        case 2 | 3:
            times = draw.randint(1, 4)
            return f"[{layer(draw, rank)}-{layer(draw, rank)}]*{times}" if draw.random() < 0.5 else f"P2*{times}"
        case 4:
            name = f"t{draw.randrange(10**6)}"
            return f"C(2,1)@{name}-C(2,3)-{{@{name}-crop(1)|_}}"
        case 5:
            name = f"t{draw.randrange(10**6)}"
            return f"C(2,1)@{name}-C(2,3)-crop(1)-GAP-H(2)-{{@{name}-C(2,3)×_}}".replace("{", "mul{").replace("×", "|")
        case 6:
            name = f"w{draw.randrange(10**6)}"
            return f"C(cin,3)@{name}-R-&{name}"
        case _:
            return layer(draw, rank)


def networks() -> list[tuple[str, int]]:
    """The texts behind an input, and how many axes that has."""
    draw = random.Random(chosen_seed())
    ranks = [draw.choice([1, 2, 2]) for _ in range(ROUNDS)]
    return [("-".join(part(draw, rank) for _ in range(draw.randint(2, 6))), rank) for rank in ranks]


@cache
def outcome(text: str, axes: tuple[int, ...]) -> tuple[str, str | None]:
    """How the walk of an input ends: the code of its error and the hint; "walked" where there is none."""
    try:
        sc.parse(f"I(2,{'x'.join(map(str, axes))}{'' if len(axes) > 1 else ','})-{text}").output  # noqa: B018
    except sc.ArchitectureError as error:
        return error.code, error.hint
    return "walked", None


def walks(text: str, axes: tuple[int, ...]) -> bool:
    return outcome(text, axes)[0] == "walked"


def hinted(text: str, axes: tuple[int, ...]) -> tuple[int, ...] | None:
    """The smallest input that the error for these axes names."""
    hint = outcome(text, axes)[1]
    if hint is None or "smallest input" not in hint:
        return None
    return tuple(map(int, hint.rpartition(" ")[2].split("×")))


def smaller(text: str, named: tuple[int, ...]) -> list[tuple[int, ...]]:
    """Inputs with one axis smaller: by one, and where whole blocks are taken by as much as a few blocks."""
    most = 8 if "s2d" in text else 1
    return [
        (*named[:axis], size - less, *named[axis + 1 :])
        for axis, size in enumerate(named)
        for less in range(1, min(most, size - 1) + 1)
    ]


def test_the_smallest_input_is_the_smallest_that_is_walked() -> None:
    small = [(text, rank) for text, rank in networks() if outcome(text, (1,) * rank)[0] == "too-small"]
    named = {text: axes for text, rank in small if (axes := hinted(text, (1,) * rank)) is not None}
    for text, axes in named.items():
        assert walks(text, axes), (text, axes)
        assert not [each for each in smaller(text, axes) if walks(text, each)], (text, axes)
    assert len(named) >= LEAST_HINTED * ROUNDS


def test_no_smallest_input_is_named_where_certain_sizes_alone_are_taken() -> None:
    small = [(text, rank) for text, rank in networks() if outcome(text, (1,) * rank)[0] == "too-small"]
    unnamed = [text for text, rank in small if hinted(text, (1,) * rank) is None]
    assert unnamed
    assert not [text for text in unnamed if not any(each in text for each in BLOCKS)]


@pytest.mark.parametrize(
    ("text", "smallest"),
    [
        # s2d(2) leaves 3 of 6; the convolution before it takes 2 away
        ("I(1,8x1)-C(1,3)-s2d(2)-C(1,3)", "8×8"),
        ("I(1,1x1)-crop(3)-s2d(2)-C(1,3)", "12×12"),
        # the label goes on from the input: of what arrives at the branch nothing is needed but one place
        ("I(1,1x1)@a-C(1,3)-{@a-crop(1)|_}", "3×3"),
        ("I(1,1x1)@a-C(1,3)-GAP-mul{@a-C(1,5)|_}", "5×5"),
        # 31 = 2⋅15 + 1, 15 = 2⋅7 + 1, 7 = 2⋅3 + 1, 3 = 2⋅1 + 1
        ("I(1,2x2)-[C(1,3,s=2)]*4", "31×31"),
        # rounded up, windows of 2 leave one place of one
        ("I(1,1x3)-P(2,ceil=on)-C(1,(1,3))", "1×5"),
    ],
)
def test_smallest_inputs_worked_out_by_hand(text: str, smallest: str) -> None:
    with pytest.raises(sc.ArchitectureError) as caught:
        sc.parse(text).output  # noqa: B018
    assert caught.value.hint == f"the smallest input that would do is {smallest}"

"""What a line leaves open is a choice with a name, and a convention is one entry that makes choices."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from symcount import Architecture, ArchitectureError
from symcount.layers import CONVENTIONS, KINDS, TEXTBOOK, ByConvention, Convention, in_general
from symcount.layers.conventions import GRU_BIASES, RECURRENT_BIASES, STATISTICS_COUNT, STRIDES_FILLED
from tests import tensors


def misspelt(conventions: Iterator[Convention]) -> list[tuple[str, str]]:
    """The choices that a convention makes and nothing asks for, for the textbook makes every one."""
    return [(each.name, name) for each in conventions for name in each.choices if name not in TEXTBOOK.choices]


def test_every_choice_is_one_of_the_textbook() -> None:
    assert misspelt(iter(CONVENTIONS.values())) == []
    wrong = Convention("wrong", "says it wrongly", {"gru bias": 2, GRU_BIASES: 2})
    assert misspelt(iter([TEXTBOOK, wrong])) == [("wrong", "gru bias")]


def test_every_default_by_convention_is_a_choice() -> None:
    defaults = [each.default for kind in KINDS.values() for each in kind.arguments.values()]
    choices = {each.choice for each in defaults if isinstance(each, ByConvention)}
    assert choices == {RECURRENT_BIASES, GRU_BIASES, STRIDES_FILLED}
    assert {*choices, STATISTICS_COUNT} == {*TEXTBOOK.choices}


@pytest.mark.parametrize(
    ("choices", "lstm", "gru", "statistics"),
    [
        ({}, 1, 1, 0),
        ({RECURRENT_BIASES: 0}, 0, 1, 0),
        ({GRU_BIASES: 2, STATISTICS_COUNT: 1}, 1, 2, 1),
        ({RECURRENT_BIASES: 2, GRU_BIASES: 0}, 2, 0, 0),
    ],
)
def test_a_convention_of_ones_own_is_one_entry(
    monkeypatch: pytest.MonkeyPatch, choices: dict[str, int], lstm: int, gru: int, statistics: int
) -> None:
    monkeypatch.setitem(CONVENTIONS, "ours", Convention("ours", "as we count", choices))
    net = Architecture("I(3,T)-LSTM5-GRU4-BN", convention="ours")
    first, second = tensors.recurrent("ifgo", 3, 5, lstm), tensors.recurrent("zrn", 5, 4, gru)
    assert [layer.params for layer in net.layers] == [
        tensors.total(first), tensors.total(second), 2 * 4 + statistics * 2 * 4,
    ]  # fmt: skip
    others = f"textbook 1, torch 2, keras 1, ours {lstm}"
    assert f"LSTM: bias={lstm} by the convention ours ({others})" in net.notes


@pytest.mark.parametrize(
    ("layer", "keras", "textbook"),
    [
        # n*s + max(k - s, 0), as deconv_output_length of Keras 2 has it, and (n - 1)*s + k
        ("T(4,2,s=3)", 24, 23),
        ("T(4,1,s=4)", 32, 29),
        ("T(4,3,s=3)", 24, 24),
        ("T(4,5,s=3)", 26, 26),
        ("T(4,2,s=4,d=2)", 32, 31),
        ("T(4,2,s=3,p=same)", 24, 24),
        ("T(4,2,s=3,fill=off)", 23, 23),
        ("T(4,2,s=3,fill=on)", 24, 24),
    ],
)
def test_a_stride_larger_than_the_kernel(layer: str, keras: int, textbook: int) -> None:
    for convention, length in (("keras", keras), ("textbook", textbook), ("torch", textbook)):
        net = Architecture(f"I(3,8)-{layer}", convention=convention)
        assert net.output == (4, length)
        assert bool(net.notes) == (length > textbook or "fill=on" in layer)
        general = Architecture(f"I(3,n)-{layer.replace('2,', 'k,', 1)}", convention=convention)
        values = {name: value for name, value in (("n", 8), ("k", 2)) if name in general.symbols}
        assert general(**values).output == (4, length)


def test_a_convention_that_nobody_knows_is_refused() -> None:
    with pytest.raises(ArchitectureError, match="no convention is called 'ours'"):
        Architecture("I(3,T)-LSTM5", convention="ours")


def test_in_general_the_choice_is_open() -> None:
    layer, _ = in_general(KINDS["LSTM"], 1)
    assert getattr(layer, "bias").name == "b"  # noqa: B009


@pytest.mark.parametrize("value", [2, 16, -1])
def test_whether_a_layer_is_there_is_0_or_1(value: int) -> None:
    with pytest.raises(ArchitectureError, match="0 or 1") as caught:
        _ = Architecture("I(n)-BN?")(z_1=value).params
    assert caught.value.code == "bad-argument"

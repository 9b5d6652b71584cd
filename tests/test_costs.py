"""What a pass holds, meets and caches, against published tables and against counting one by one."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

import symcount as sc
from symcount.algebra import closed_expression, evaluate
from symcount.arithmetic import Size, Symbol
from symcount.errors import ArchitectureError
from symcount.layers import Word
from symcount.layers.inside import taps_inside
from symcount.layers.windows import positions
from symcount.quantities.setting import BYTES

# LeCun, Bottou, Bengio and Haffner, 1998, section II.B, layer by layer
LENET = {"C1": 122_304, "AP1": 5_880, "C2": 151_600, "AP2": 2_000, "C3": 48_120, "H1": 10_164}


def test_the_connections_of_lenet() -> None:
    rows = {row.name: row.of("connections") for row in sc.zoo("lenet5-1998").rows}
    assert {name: rows[name] for name in LENET} == LENET


@pytest.mark.parametrize("pad", [0, 1, 2, 3, "same", "causal"])
def test_taps_are_those_that_one_counts(pad: int | str) -> None:
    said = Word(pad) if isinstance(pad, str) else pad
    tried = 0
    for n, k, s, d in product(range(1, 11), range(1, 6), range(1, 4), range(1, 4)):
        m = positions(n, k, s, said, d)
        assert isinstance(m, int)
        if m >= 1:
            tried += 1
            before = _before(n, m, s, (k - 1) * d + 1, pad)
            seen = sum(0 <= j * s + i * d - before < n for j in range(m) for i in range(k))
            assert taps_inside(n, m, k, s, said, d) == seen, (n, k, s, d)
            if tried % 11 == 0:
                assert _closed(k, s, said, d, n) == seen, (n, k, s, d)
    assert tried > 200


@pytest.mark.parametrize("pad", ["1", "2", "p", "same", "causal"])
@pytest.mark.parametrize(("stride", "dilation"), [(1, 1), (2, 1), (3, 1), (1, 2), (2, 2), (4, 2), (2, 4)])
def test_taps_of_an_open_kernel_are_those_of_each(pad: str, stride: int, dilation: int) -> None:
    letters = {letter: Symbol(letter) for letter in "nkp"}
    said: Word | Size = int(pad) if pad.isdigit() else letters.get(pad, Word(pad))
    places = positions(letters["n"], letters["k"], stride, said, dilation)
    found = closed_expression(taps_inside(letters["n"], places, letters["k"], stride, said, dilation))
    tried = 0
    for n, k, p in product(range(1, 8), range(1, 8), range(1, 5) if pad == "p" else [0]):
        number = p if pad == "p" else said
        m = positions(n, k, stride, number, dilation)
        assert isinstance(m, int)
        if m >= 1:
            tried += 1
            assert evaluate(found, {"n": n, "k": k, "p": p}) == taps_inside(n, m, k, stride, number, dilation)
    assert tried >= 10


@pytest.mark.parametrize("quantity", ["params", "macs", "activations", "connections", "macs-inside", "memory"])
def test_a_unet_of_any_depth(quantity: str) -> None:
    """What its skips take for granted, that 2^D divides n, closes the sums over n/2^i; against each depth by itself."""
    net = sc.zoo("unet-depth")
    formula = net.of(quantity)
    for depth, times, width, channels in product((1, 2, 3, 4), (1, 2, 3), (1, 4), (1, 3)):
        values = {"D": depth, "n": times * 2**depth, "f": width, "c": channels, "o": 2}
        assert evaluate(formula, values) == net(**values).of(quantity)


def test_no_floor_is_left_of_what_a_network_takes_for_granted() -> None:
    assert str(sc.zoo("unet-depth").formula(of="macs")).splitlines()[0] == (
        "macs = 85*D*f^2*n^2/2 + 9*c*f*n^2 + 9*f^2*n^2 + f*n^2*o"
    )
    assert str(sc.parse("I(c,n×n)-{P2-U2|_}-C(f,3)").formula(of="macs")).splitlines()[0] == "macs = 18*c*f*(n - 2)^2"


def test_an_open_kernel_as_one_would_write_it() -> None:
    inside = [sc.parse(f"I(c,n)-C(f,k,p={pad})").formula(of="macs-inside") for pad in ("same", "1")]
    assert [each.python() for each in inside] == [
        "c*f*k*n - c*f*(k**2//4) + c*f*(max(1, k - 2*n)**2//4)",
        "c*f*k*(n - k + 3) - 2*c*f",
    ]


@pytest.mark.parametrize(("dtype", "width"), BYTES.items())
def test_a_type_takes_the_bits_that_its_name_says(dtype: str, width: int) -> None:
    assert 8 * width == int(dtype.lstrip("bfloatin"))
    assert sc.parse("I784-H10").under(dtype=dtype).of("memory") == 7850 * width


def test_a_window_over_channels_sees_fewer_at_both_ends() -> None:
    """Of three means at each of five channels, the first and the last window see two."""
    assert sc.parse("I(5,9)-ECA3").of("macs-inside") == 3 * 5 - 2


def _before(n: int, m: int, s: int, reach: int, pad: int | str) -> int:
    match pad:
        case int():
            return pad
        case "causal":
            return reach - 1
        case _:
            return max(0, (m - 1) * s + reach - n) // 2


def _closed(k: int, s: int, pad: Word | int, d: int, n: int) -> Any:
    symbol: Size = Symbol("n")
    found = closed_expression(taps_inside(symbol, positions(symbol, k, s, pad, d), k, s, pad, d))
    return found if isinstance(found, int) else evaluate(found, {"n": n})


@pytest.mark.parametrize(
    ("text", "connections"),
    [
        ("I(2,5x5)-C(3,3,p=1)", 13 * 13 * 2 * 3 + 3 * 25),
        ("I(2,5x5)-P(3,s=2,p=1)", 2 * 7 * 7),
        ("I(2,5)-P(2,ceil=on)", 2 * 5),
        ("I(2,4)-T(3,3,s=2)", 4 * 3 * 2 * 3 + 3 * 9),
        ("I(2,4)-T(3,3,s=2,p=1)", (4 * 3 - 2) * 2 * 3 + 3 * 7),
        ("I(2,5)-AAP(3)", 2 * (2 + 3 + 2)),
        ("I(2,5x5)-GAP", 50),
        ("I(2,5x5)-BN-R-U2-F", 0),
        ("I(2,5x5)-H3", 51 * 3),
        ("I(2,5)-Lin3", 5 * 3 * 3),
        ("I(6,5)@m; I(4,3)-MHA(2,from=@m)", 3 * 16 + 2 * 5 * 24 + 3 * 16 + 3 * 5 * 2 * 4 + 3 * 8 + 5 * 8),
    ],
)
def test_connections(text: str, connections: int) -> None:
    assert sc.parse(text).of("connections") == connections


def test_a_size_may_have_the_name_of_an_index_of_ours() -> None:
    for name in ("tap", "i", "n"):
        net = sc.parse(f"I(1,{name})-C(1,k,p=1)")
        formula = net.formula("connections").expr
        for n, k in product(range(3, 7), range(1, 4)):
            assert evaluate(formula, {name: n, "k": k}) == net(**{name: n, "k": k}).of("connections"), (name, n, k)


# the published lists that the page of quantities names, in bytes of two a value
@pytest.mark.parametrize(
    ("name", "bytes_a_token"),
    [
        ("llama-3-8b", 131_072), ("mistral-7b", 131_072), ("mixtral-8x7b", 131_072), ("qwen3-8b", 147_456),
        ("gpt2", 36_864), ("gpt2-xl", 307_200), ("gemma-2b", 18_432), ("falcon-7b", 8_192), ("phi-2", 327_680),
        ("llama-3.1-405b", 516_096), ("deepseek-v3", 70_272),
    ],
)  # fmt: skip
def test_published_caches(name: str, bytes_a_token: int) -> None:
    net = sc.zoo(name)
    assert 2 * net.of("kv") == bytes_a_token
    of_sequence = net(L=1000).under(memory_of="kv", dtype="bfloat16").of("memory")
    assert of_sequence == 1000 * bytes_a_token


def test_a_window_bounds_the_cache() -> None:
    net = sc.parse("I(8,T)-MHA(2,win=4)")
    sequence = net.under(per="sequence")
    assert [sequence(T=length).of("kv") for length in (3, 4, 9)] == [48, 64, 64]


def test_cross_attention_is_not_cached() -> None:
    assert sc.parse("I(8,5)@m; I(8,7)-MHA(2)-MHA(2,from=@m)").of("kv") == 16


def test_published_activations() -> None:
    """VGG-16 for one image, stage by stage: its convolutions and the pooling behind them, as CS231n lists them."""
    stages = ((2, 64, 224), (2, 128, 112), (3, 256, 56), (3, 512, 28), (3, 512, 14))
    maps = sum(b * f * n * n + f * (n // 2) ** 2 for b, f, n in stages)
    assert sc.zoo("vgg16").of("activations") == 3 * 224 * 224 + maps + 4096 + 4096 + 1000 == 15_237_608


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("I(3,4x4)-C(2,3)-BN-R", 48 + 8 + 8),
        ("I(3,4x4)-{C(3,1)+_}", 48 * 3),
        ("I(3,4x4)-{C(3,1)|_}-F-H5", 48 + 48 + 96 + 5),
        ("I(3,4x4)-[C(3,1)-R]*5", 6 * 48),
        ("I(3,4)-Lin3@a-&a", 3 * 12),
    ],
)
def test_activations(text: str, values: int) -> None:
    assert sc.parse(text).of("activations") == values


def test_all_outputs_are_held_where_that_is_asked() -> None:
    assert sc.parse("I(3,4x4)-C(2,3)-BN-R-F").under(held="all").of("activations") == 48 + 4 * 8


@pytest.mark.parametrize(
    ("costs", "bytes_a_parameter"),
    [
        ({}, 4),
        ({"dtype": "bfloat16"}, 2),
        ({"dtype": 3}, 3),
        ({"memory_of": "params,gradients"}, 8),
        ({"memory_of": ["params", "gradients", "adam"]}, 16),
        ({"memory_of": "params,gradients,adam", "dtype": "float16"}, 12),
        ({"memory_of": "adam", "adam_dtype": "float16"}, 4),
        ({"scheme": "mixed"}, 16),
        ({"scheme": "mixed", "memory_of": "adam"}, 12),
        ({"scheme": "mixed", "dtype": 2, "memory_of": "params"}, 2),
    ],
)
def test_bytes_of_a_parameter(costs: dict[str, Any], bytes_a_parameter: int) -> None:
    net = sc.parse("I784-H100-O10")
    assert net.under(**costs).of("memory") == bytes_a_parameter * net.params


def test_memory_of_zero() -> None:
    """ZeRO, 2019, section 3.1: 7.5 billion parameters take 120 GB in mixed precision."""
    assert sc.parse("I(d)-free(p)")(d=1, p=7_500_000_000).under(scheme="mixed").of("memory") == 120 * 10**9


def test_what_is_held_has_no_gradient() -> None:
    net = sc.parse("I10-frozen[H5]-BN-O3").under(memory_of="params,gradients,adam", dtype=1, adam_dtype=1)
    learned = 10 + 18
    assert net.of("memory") == (55 + learned + 10) + learned + 2 * learned


def test_activations_of_a_batch_are_a_formula() -> None:
    net = sc.parse("I784-H(h)-O10").under(memory_of="params,activations", dtype="s", batch="B")
    assert str(net.formula("memory")) == "memory = B*h*s + 794*B*s + 795*h*s + 10*s"


TRANSFORMER_LAYER = "{LN-MHA(a)+_}-{LN-FF(4*h)+_}"


def test_activations_of_a_transformer_layer() -> None:
    """Korthikanti and others, 2022, table 2: s·b·h·(34 + 5·a·s/h) bytes; without the scores 34·s·b·h; or 2·s·b·h."""
    net = sc.parse(f"I(h,s)-{TRANSFORMER_LAYER}")
    kept = net.under(scheme="megatron", batch="b")
    assert str(kept.formula("memory")) == "memory = 5*a*b*s^2 + 34*b*h*s"
    assert str(net.under(scheme="megatron-selective", batch="b").formula("memory")) == "memory = 34*b*h*s"
    assert str(net.under(scheme="megatron-full", batch="b").formula("memory")) == "memory = 2*b*h*s"
    assert str(net.under(scheme="megatron", batch="b", memory_of="activations").formula("memory")) == str(
        kept.formula("memory")
    )


def test_published_activations_of_gpt_3() -> None:
    """The same paper, 175 billion parameters: 34·s·b·h over 8 devices is 0.107 GB; 5·a·s/h is 80."""
    net = sc.parse(f"I(h,s)-{TRANSFORMER_LAYER}")(h=12288, s=2048, a=96)
    selective = net.under(scheme="megatron-selective").of("memory")
    assert selective // 8 == 106_954_752
    assert net.under(scheme="megatron").of("memory") == selective // 34 * (34 + 80)


def test_the_rest_of_a_language_model() -> None:
    """Section 4.3: 5·s·b·h behind the embedding, for the last normalisation and the output layer; 4·s·b·v of logits."""
    net = sc.parse("I(s)-E(v,h)-PE-LN-Lin(v,bias=off)").under(scheme="megatron", batch="b")
    assert str(net.formula("memory")) == "memory = 5*b*h*s + 4*b*s*v"


def test_training_is_three_passes_and_a_token_one_of_them() -> None:
    net = sc.zoo("gpt-2")
    assert str(net.under(per="token", training=True).formula("flops")) == "flops = 12*L*N*d + 72*N*d^2 + 6*V*d"


@pytest.mark.parametrize(
    ("text", "quantity", "costs", "code"),
    [
        ("I784-O10", "kv", {}, "no-quantity"),
        ("I784-O10", "memory", {"memory_of": "kv"}, "no-quantity"),
        ("I784-O10", "macs", {"per": "token"}, "no-quantity"),
        ("I784-O10", "memory", {"dtype": "float3"}, "bad-setting"),
        ("I784-O10", "memory", {"batch": "0"}, "bad-setting"),
        ("I784-O10", "memory", {"batch": "-2"}, "bad-setting"),
        ("I784-O10", "memory", {"memory_of": "adm"}, "bad-setting"),
        ("I784-O10", "memory", {"scheme": "mix"}, "bad-setting"),
        ("I784-O10", "macs", {"per": "layer"}, "bad-setting"),
        ("I784-O10", "activations", {"held": "some"}, "bad-setting"),
        ("I784-H(b)", "memory", {"batch": "b"}, "bad-setting"),
        ("I(3,8x8)-C(4,3)", "memory", {"scheme": "megatron"}, "no-quantity"),
    ],
)
def test_bad_input(text: str, quantity: str, costs: dict[str, Any], code: str) -> None:
    with pytest.raises(ArchitectureError) as caught:
        sc.parse(text).under(**costs).of(quantity)
    assert caught.value.code == code

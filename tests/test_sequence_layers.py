"""Recurrence, attention, embeddings and what stands between them, against tensors written out one by one."""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symcount import Architecture, ArchitectureError
from tests import tensors

MANY = settings(max_examples=250, deadline=None)
sizes = st.integers(1, 40)
few = st.integers(1, 8)


def params(text: str, **values: Any) -> int:
    number: int = Architecture(text, values).params
    return number


@cache
def opened(text: str) -> Architecture:
    """A network with open sizes, which many numbers are put into."""
    return Architecture(text)


def agrees(text: str, expected: tensors.Tensors, open_text: str, **values: int) -> None:
    """The count is that of the tensors: on numbers, and of the closed form where the sizes are put into it."""
    number = tensors.total(expected)
    assert params(text) == number
    assert Architecture(text).of("biases") == tensors.added(expected)
    form: Any = opened(open_text).params
    symbols = opened(open_text).symbols
    assert form.subs({symbols[name]: value for name, value in values.items() if name in symbols}) == number


@pytest.mark.parametrize("kind", tensors.GATES)
@MANY
@given(c=sizes, h=sizes, biases=st.integers(0, 2), last=st.booleans())
def test_a_recurrent_layer(kind: str, c: int, h: int, biases: int, last: bool) -> None:
    options = f"bias={biases},last={'on' if last else 'off'}"
    expected = tensors.recurrent(tensors.GATES[kind], c, h, biases)
    agrees(f"I({c},7)-{kind}({h},{options})", expected, f"I(c,T)-{kind}(h,{options})", c=c, h=h)


@MANY
@given(c=sizes, h=sizes, o=sizes, biases=st.integers(0, 2))
def test_a_projected_memory(c: int, h: int, o: int, biases: int) -> None:
    expected = tensors.recurrent("ifgo", c, h, biases, state=o)
    text = "I({},T)-LSTM({},bias={},proj={})"
    agrees(text.format(c, h, biases, o), expected, text.format("c", "h", biases, "o"), c=c, h=h, o=o)


@MANY
@given(c=sizes, h=sizes, axes=st.lists(few, min_size=2, max_size=3), data=st.data(), last=st.booleans())
def test_a_recurrent_layer_along_one_axis(c: int, h: int, axes: list[int], data: st.DataObject, last: bool) -> None:
    """Each line along the axis is a sequence of its own, all with the same weights."""
    place = data.draw(st.integers(0, len(axes) - 1))
    others = [*axes[:place], *axes[place + 1 :]]
    steps = sum(1 for _ in product(*map(range, others)) for _ in range(axes[place]))
    expected = tensors.recurrent("ifgo", c, h, 1)
    text = f"I({c},{'x'.join(map(str, axes))})-LSTM({h},bias=1,along={place + 1},last={int(last)})"
    net = Architecture(text)
    assert (net.params, net.of("output")) == (tensors.total(expected), (h, *(others if last else axes)))
    assert net.of("macs") == steps * (tensors.total(expected) - tensors.added(expected))


def test_what_is_seen_along_an_axis_is_all_of_it_and_of_the_others_one_place() -> None:
    net = Architecture("I(3,9x9)-C(4,3)-LSTM(5,along=2)")
    assert net.of("receptive-field") == (3, 9)
    assert Architecture("I(3,9x9)-C(4,3)-LSTM(5,along=2)-LSTM(5,along=1)").of("receptive-field") == 9
    assert Architecture("I(3,n×n)-C(4,3)-LSTM(5,along=2)-P4-O2").of("min-input") == 6


def test_a_projection_to_0_values_is_none() -> None:
    none, zero = (Architecture(f"I(3,T)-LSTM({size})").layers[0] for size in ("4", "4,proj=0"))
    assert zero.params == tensors.total(tensors.recurrent("ifgo", 3, 4, 1))
    assert zero.rule_by_name() == none.rule_by_name() == "4*(c + h + b)*h"
    assert zero.rule_by_value() == "4*(3 + 4 + 1)*4"


@MANY
@given(c=sizes, f=sizes, kernel=st.lists(few, min_size=1, max_size=2), biases=st.integers(0, 1))
def test_a_convolutional_memory(c: int, f: int, kernel: list[int], biases: int) -> None:
    axes = "x".join(["5", *("9" for _ in kernel)])
    text = f"CLSTM({{}},{'x'.join(map(str, kernel))},bias={biases})"
    expected = tensors.convolutional_lstm(c, f, tuple(kernel), biases)
    agrees(f"I({c},{axes})-{text.format(f)}", expected, f"I(c,{axes})-{text.format('f')}", c=c, f=f)


@MANY
@given(
    heads=few, group=st.integers(1, 4), dk=few, dv=few, c=sizes, memory=sizes,
    biases=st.tuples(*[st.integers(0, 1)] * 4), norm=st.integers(0, 1), rel=st.integers(0, 9), out=st.none() | sizes,
)  # fmt: skip
def test_attention(
    heads: int, group: int, dk: int, dv: int, c: int, memory: int,
    biases: tuple[int, int, int, int], norm: int, rel: int, out: int | None,
) -> None:  # fmt: skip
    heads, kv = heads * group, heads
    options = f"bias=({','.join(map(str, biases))}),norm={norm},rel={rel},from=@mem"
    options += "" if out is None else f",out={out}"
    text = "I({},T)@mem; I({},L)-MHA({},kv={},dk={},dv={}," + options + ")"
    expected = tensors.attention(c, heads, kv, dk, dv, memory, biases, norm, rel, out)
    agrees(
        text.format(memory, c, heads, kv, dk, dv), expected, text.format("m", "c", heads, kv, "k", "v"),
        c=c, m=memory, k=dk, v=dv,
    )  # fmt: skip


@MANY
@given(heads=few, width=few, bias=st.sampled_from(["on", "off", "qkv"]))
def test_attention_parts_its_channels_among_its_heads(heads: int, width: int, bias: str) -> None:
    c = heads * width
    biases = {"on": (1, 1, 1, 1), "off": (0, 0, 0, 0), "qkv": (1, 1, 1, 0)}[bias]
    expected = tensors.attention(c, heads, heads, width, width, c, biases, 0, 0)
    agrees(f"I({c},T)-MHA({heads},bias={bias})", expected, f"I(c,T)-MHA(h,bias={bias})", c=c, h=heads)


@MANY
@given(c=sizes, hidden=sizes, bias=st.integers(0, 1))
def test_feed_forward(c: int, hidden: int, bias: int) -> None:
    for kind, expected in (("FF", tensors.feed_forward), ("GLU", tensors.gated)):
        text = f"I({{}},T)-{kind}({{}},bias={bias})"
        agrees(text.format(c, hidden), expected(c, hidden, bias), text.format("c", "f"), c=c, f=hidden)


@MANY
@given(c=sizes, hidden=sizes, count=few, shared=st.integers(0, 3), data=st.data())
def test_experts(c: int, hidden: int, count: int, shared: int, data: st.DataObject) -> None:
    top = data.draw(st.integers(1, count))
    text = "I({},T)-moe({},top={},shared={})[GLU({})]"
    expected = tensors.experts(c, hidden, count, shared)
    agrees(
        text.format(c, count, top, shared, hidden), expected, text.format("c", "e", top, "s", "f"),
        c=c, e=count, s=shared, f=hidden,
    )  # fmt: skip
    met = tensors.total(expected) - (count - top) * tensors.total(tensors.gated(c, hidden, 0))
    assert Architecture(text.format(c, count, top, shared, hidden)).of("active") == met


@MANY
@given(c=sizes, heads=few, head=few, mix=few, decay=few)
def test_the_time_mixing_of_finch(c: int, heads: int, head: int, mix: int, decay: int) -> None:
    text = "I({},T)-Finch({},mix={},decay={},d={})"
    d = heads * head
    agrees(
        text.format(c, head, mix, decay, d), tensors.finch(c, d, mix, decay), text.format("c", head, "m", "w", "d"),
        c=c, m=mix, w=decay, d=d,
    )  # fmt: skip
    assert params(f"I({d},T)-Finch({head})") == tensors.total(tensors.finch(d, d, 32, 64))


@MANY
@given(heads=few, head=few, decay=few, rate=few, gate=few, value=st.none() | few)
def test_the_time_mixing_of_goose(heads: int, head: int, decay: int, rate: int, gate: int, value: int | None) -> None:
    text = "I({},T)-Goose({},decay={},rate={},gate={}" + ("" if value is None else ",value={}") + ")"
    c, given_ranks = heads * head, (decay, rate, gate, value)
    agrees(
        text.format(c, head, *given_ranks), tensors.goose(c, *given_ranks), text.format("c", head, *"wagv"),
        c=c, w=decay, a=rate, g=gate, v=value or 0,
    )  # fmt: skip


@MANY
@given(vocabulary=sizes, width=sizes, length=sizes, bias=st.integers(0, 1))
def test_an_embedding_with_tied_weights_and_positions(vocabulary: int, width: int, length: int, bias: int) -> None:
    text = "I({2})-E({0},{1})@tok-PE-cls-Lin({0},w=@tok,bias=" + str(bias) + ")"
    expected = {"embedding": (vocabulary, width), "positions": (length, width), "cls": (width,)}
    expected |= {"bias": (vocabulary,)} if bias else {}
    values = {"V": vocabulary, "d": width, "L": length}
    agrees(text.format(vocabulary, width, length), expected, text.format("V", "d", "L"), **values)


@MANY
@given(c=sizes, units=sizes, heads=few, width=few, rank=few)
def test_low_rank_adapters(c: int, units: int, heads: int, width: int, rank: int) -> None:
    inner = heads * width
    net = Architecture(f"I({c},T)-Lin({units},lora={rank})-MHA({heads},dk={width},lora=({rank},0,{rank},0))")
    expected = tensors.adapters(rank, (c, units), (units, inner), (units, inner))
    assert net.of("trainable") == tensors.total(expected)
    assert net.of("frozen") == params(f"I({c},T)-Lin({units})-MHA({heads},dk={width})")
    assert net.params == net.of("trainable") + net.of("frozen")


@MANY
@given(c=sizes, h=sizes, kind=st.sampled_from(sorted(tensors.GATES)))
def test_both_directions_are_twice_the_layer(c: int, h: int, kind: str) -> None:
    net = Architecture(f"I({c},T)-bi[{kind}({h},last=on)]")
    assert net.params == 2 * params(f"I({c},T)-{kind}({h})")
    assert net.output == (2 * h,)


def test_a_wrong_tensor_is_seen() -> None:
    right = tensors.recurrent("ifgo", 3, 5, 1)
    with pytest.raises(AssertionError):
        agrees("I(3,7)-LSTM(5)", right | {"more": (1,)}, "I(c,T)-LSTM(h)", c=3, h=5)
    with pytest.raises(AssertionError):
        agrees("I(3,7)-LSTM(5)", right, "I(c,T)-LSTM(h,bias=2)", c=3, h=5)
    called_weights = {name.removeprefix("b_"): shape for name, shape in right.items()}
    with pytest.raises(AssertionError):
        agrees("I(3,7)-LSTM(5)", called_weights, "I(c,T)-LSTM(h)", c=3, h=5)


@pytest.mark.parametrize(
    ("kind", "textbook", "torch", "keras"), [("RNN", 1, 2, 1), ("LSTM", 1, 2, 1), ("GRU", 1, 2, 2)]
)
def test_the_convention_settles_the_biases_that_the_text_leaves_open(
    kind: str, textbook: int, torch: int, keras: int
) -> None:
    for convention, biases in (("textbook", textbook), ("torch", torch), ("keras", keras)):
        expected = tensors.total(tensors.recurrent(tensors.GATES[kind], 3, 5, biases))
        net = Architecture(f"I(3,T)-{kind}5", convention=convention)
        assert net.params == expected
        assert any(f"bias={biases} by the convention {convention}" in note for note in net.notes)
        written = Architecture(f"I(3,T)-{kind}(5,bias=0)", convention=convention)
        assert written.params == tensors.total(tensors.recurrent(tensors.GATES[kind], 3, 5, 0))
        assert not written.notes


def test_a_dense_layer_behind_a_recurrent_one_names_last() -> None:
    assert any("last=on" in note for note in Architecture("I(48,T)-LSTM(256)-D(0.5)-O10").notes)
    for text in ("I(48,T)-LSTM(256,last=on)-O10", "I(48,T)-LSTM(256)-Lin10", "I(48,T)-C(256,3)-O10"):
        assert not any("last=on" in note for note in Architecture(text).notes)


def test_symbols_of_two_kinds_are_two() -> None:
    assert len(Architecture("I(3,32x32)-C-T").symbols) == 4
    assert len(Architecture("I(3,T)-LSTM-H-FF-GLU").symbols) == 5


REFUSED = {
    "I(32,T)-MHA(5)": ("not-divisible", "dk="),
    "I(32)-MHA(4)": ("no-axes", "I(channels,T)"),
    "I(32,T)-MHA(4,kv=3)": ("not-divisible", "kv (=3)"),
    "I(32,T)-MHA(4,bias=(1,0))": ("bad-argument", "q, k, v, out"),
    "I(8)@m-H4; I(32,T)-MHA(4,from=@m)": ("no-axes", "@m"),
    "I(32,T)-MHA(4,from=3)": ("bad-argument", "from=@label"),
    "I(3,32x32)-E(10,8)": ("has-axes", "3×32×32"),
    "I(9)-E(V,d)@tok-Lin(f,w=@tok)": ("tied-weights", "lends V×d, this layer needs f×d"),
    "I(9)-E(50,8)@tok-Lin(40,w=@tok)": ("tied-weights", "lends 50×8, this layer needs 40×8"),
    "I(9)-E(50,8)@w; I(7)-E(50,9,w=@w)": ("tied-weights", "lends 50×8, this layer needs 50×9"),
    "I(9)-E(50,8)@tok-Lin(50,w=@tik)": ("unknown-label", "@tok"),
    "I(9)@ids-E(50,8)-Lin(50,w=@ids)": ("no-weights", "@ids"),
    "I(9)-E(50,8)@tok-H(w=@tok)": ("unknown-argument", "w"),
    "I(9)-E(50,8)@tok-C(@tok,3)": ("bad-argument", "takes no label"),
    "I(30,9)-Goose(8,decay=4,rate=5,gate=6)": ("not-divisible", "head"),
    "I(30,9)-Finch(8)": ("not-divisible", "head"),
    "I(300)-LSTM(5)": ("no-axes", "I(300,T)"),
    "I(300)-LSTM(5,last=on)": ("no-axes", "I(300,T)"),
    "I(3,8x8)-GRU(5)": ("wrong-rank", "seq"),
    "I(3,8x8)-GRU(5,along=3)": ("bad-argument", "along (=3)"),
    "I(3,8x8)-GRU(5,along=1/2)": ("bad-argument", "along (=1/2)"),
    "I(3,9)-CLSTM(5,3)": ("wrong-rank", "20x64x64"),
    "I(3,9)-LSTM(5,bias=3)": ("bad-argument", "at most 2"),
    "I(8)-tok": ("wrong-rank", "a vector"),
    "I(3,8x8)-cls": ("wrong-rank", "seq"),
    "I(3,8)-tok(8)": ("no-token", "(=7)"),
    "I(3,8)-PE(4)": ("too-few-positions", "(=4)"),
    "I(8)-PE": ("no-axes", "vector"),
    "I(8,T)-moe(4,top=5)[GLU8]": ("too-many-experts", "(=5)"),
    "I(8,T)-moe(4,2)[GLU8]": ("too-many-arguments", "by place"),
    "I(8,T)-moe(4,top=2)": ("wants-block", "moe("),
    "I(8,T)-moe(4,top=2)[Lin9]": ("branches-differ", "9"),
    "I(8,T)-bi[Lin9]": ("not-recurrent", "bi[LSTM(256)]"),
    "I(8,T)-bi[[LSTM(cin)]*N]": ("not-recurrent", "bi[LSTM(256)]"),
    "I(8,T)-bi[[LSTM(8)]*2]": ("not-recurrent", "bi[LSTM(256)]"),
    "I(8,T)-bi(2)[LSTM9]": ("wants-block", "bi["),
}


@pytest.mark.parametrize("text", REFUSED)
def test_a_layer_that_cannot_be_is_refused(text: str) -> None:
    code, said = REFUSED[text]
    with pytest.raises(ArchitectureError) as refused:
        _ = Architecture(text).params
    assert refused.value.code == code
    assert said in str(refused.value)
    assert refused.value.span is not None


SPELLED = {
    "I(8,T)@m-attention(2,kv=2,from=@m,bias=(1,0,on,1),lora=(2,0,2,0))": (
        "I(8,T)@m-MHA(2,bias=(on,off,on,on),lora=(2,0,2,0),from=@m)"
    ),
    "I(8,T)-MHA(2,bias=(1,0,1,1),win=none,norm=0,rel=0)": "I(8,T)-MHA(2,bias=(on,off,on,on))",
    "I(8,T)-moe(4,shared=0,top=2)[swiglu(3)]": "I(8,T)-moe(4,top=2)[GLU3]",
    "I(8,T)-LSTM(5,last=1)-embed(3,4)": "I(8,T)-LSTM(5,last=on)-E(3,4)",
    "I(9)-embed(V=50,d=8)-pos-linear(50)": "I9-E(50,8)-PE-Lin50",
}


@pytest.mark.parametrize("text", SPELLED)
def test_a_layer_has_one_spelling(text: str) -> None:
    assert str(Architecture(text)) == SPELLED[text]
    assert str(Architecture(SPELLED[text])) == SPELLED[text]


REASONS = {
    "I(48,T)-LSTM(256,proj=64)": "each of the 256 units has a weight for each of the 48 channels of its input and for "
    "each of the 64 values of the state before; one bias for each unit of a gate; a matrix makes 64 values",
    "I(48,T)-GRU(h,bias=2)": "each of the h units has a weight for each of the 48 channels of its input and for each "
    "of the h values of the state before; 2 biases for each unit of a gate",
    "I(48,T)-RNN(9,bias=0)": "no bias",
    "I(512,T)-MHA(8,kv=4,bias=qkv,norm=on,rel=32)": "keys: a matrix from 512 channels to 4 heads of 64 values",
    "I(512,T)-MHA(8,bias=(1,0,1,1))": "a bias for each value of q, v, out",
    "I(512,T)-MHA(8,bias=off)": "no bias",
    "I(512,T)-MHA(8,out=96)": "output: a matrix from 8 heads back to 96 channels",
    "I(9)-E(V,64)": "a vector of 64 values for each of the V entries",
    "I(9)-E(V,64)@tok-tok-reshape(64)-E(V,64,w=@tok)": "that of @tok",
    "I(64,9)-PE": "a vector of 64 values for each of the 9 positions",
    "I(64,9)-PE(kind=sin)": "nothing to learn",
    "I(64,9)-cls": "one vector of 64 values",
    "I(64,9)-FF(256)": "a dense layer from 64 channels to 256 values, and one back",
    "I(64,9)-GLU(256)": "two matrices from 64 channels to 256 values",
    "I(64,9)-free(7)": "7 parameters, declared by hand",
    "I(64,9)-param(A,e,16)": "the tensor A of e×16 values, declared by hand",
    "I(64,9)-param(sinks,8)": "the tensor sinks of 8 values",
    "I(64,9)-cls(4)": "4 vectors of 64 values",
    "I(64,9)-queries(5)": "5 vectors of 64 values each, the same for every input",
    "I(64,9)-S6(16)": "a matrix to 128 values and as many gates, a window of 4 for each, 16 states for each",
    "I(64,9)-SSD(8,16)": "B and C of 16 states and a step for each of 8 heads",
    "I(64,9)-TMix": "receptance, keys, values and output",
    "I(64,9)-TMix(head=8)": "receptance, keys, values, gate and output",
    "I(64,9)-CMix(9)": "matrices from 64 channels to 9 values",
    "I(64,9)-CMix(9,receptance=off)": "and back, a mix with the place before",
    "I(64,9)-Finch(8)": "five mixes of rank 32, a decay of rank 64",
    "I(64,9)-Goose(8,decay=4,rate=5,gate=6)": "two of rank 4 for the decay, of rank 5 for the rate",
    "I(64,9)-ECA3": "one window over 3 means",
    "I(3,9)-LC(4,3,bias=map)": "one bias for each map",
    "I(3,9)-LC(4,3)": "place and filter",
    "I(64,9)-GN(8)": "a factor and an offset for each of the 64 channels",
    "I(64,9)-GN(8,shift=off)": "a factor for each of the 64 channels",
    "I(64,9)-GN(8,affine=off)": "nothing is learned",
    "I(4,9x9)-C(8,3,g=2)": "sees the 2 channels of its group",
    "I(4,8x8)-P(2,weight=on)": "has one learned coefficient, shared",
    "I(4,8x8)-P(2,bias=on)": "has one learned offset, shared",
    "I(3,5x8x8)-CLSTM(4,3)": "through a window of 3×3; one bias for each filter of a gate",
}


@pytest.mark.parametrize("text", REASONS)
def test_a_layer_says_why_it_has_its_parameters(text: str) -> None:
    step = Architecture(text).counted.trace.steps[-1]
    assert REASONS[text] in str(step.layer.reason(step.input))


def test_shared_layers_with_open_sizes_have_the_same_weights() -> None:
    net = Architecture("I(d,L)-[{MHA(h)+_}-LN]@blk-&blk*(N-1)")
    assert str(net.params) == "4*d**2 + 6*d"


@pytest.mark.parametrize(
    ("text", "params"),
    [
        ("I(9)-E(min(V,k),8)@tok-Lin(V,w=@tok)", 5 * 8 + 5),
        ("I784-H(min(V,k),bias=0)@enc-H(V)-Lin(784,w=@enc)", 784 * 5 + (5 + 1) * 5 + 784),
    ],
)
def test_tied_weights_that_fit_for_some_sizes_say_for_which(text: str, params: int) -> None:
    net = Architecture(text)
    assert [str(each) for each in net.formula().assumptions] == ["V = min(V, k)"]
    assert net(V=5, k=6).params == params
    with pytest.raises(ArchitectureError) as refused:
        _ = net(V=7, k=6).params
    assert refused.value.code == "tied-weights"


def test_the_window_of_a_channel_attention_has_a_middle() -> None:
    assert Architecture("I(c,9)-ECA(k)").assumptions == ("2 divides k - 1",)

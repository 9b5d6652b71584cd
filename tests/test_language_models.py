"""Language models as lines of text: the totals that others published, and the formulas that papers live on."""

from __future__ import annotations

import pytest

import symcount as sc
from symcount import Architecture
from tests.published import Case, cases

CASES = cases("language-models.txt")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.text[:60])
def test_a_total_is_what_others_found(case: Case) -> None:
    assert Architecture(case.text, case.bindings, convention=case.convention).of(case.quantity) == case.total


def test_a_total_of_another_network_is_seen() -> None:
    case = CASES[0]
    assert Architecture(case.text.replace("*12", "*13"), case.bindings).params != case.total


FORMULAS = {
    "GPT-2": (
        "I(L)-E(V,d)@tok-PE-[{LN-MHA(h)+_}-{LN-FF(4*d)+_}]*N-LN-Lin(V,w=@tok,bias=0)",
        "12*N*d**2 + 13*N*d + V*d + L*d + 2*d",
    ),
    "LSTM": ("I(x,T)-LSTM(h)", "4*(h*(h + x) + h)"),
    "LSTM, two biases": ("I(x,T)-LSTM(h,bias=2)", "4*(h*(h + x) + 2*h)"),
    "GRU, two biases": ("I(x,T)-GRU(h,bias=2)", "3*(h**2 + h*x + 2*h)"),
    "SwiGLU": ("I(d,T)-GLU(f)", "3*d*f"),
    "SwiGLU of its parts": ("I(d,L)-mul{Lin(f,bias=0)-silu|Lin(f,bias=0)}-Lin(d,bias=0)", "3*d*f"),
    "attention": ("I(d,T)-MHA(h,bias=0)", "4*d**2"),
    "grouped queries": ("I(d,T)-MHA(h,kv=g,bias=0)", "2*d**2 + 2*d**2*g/h"),
    "experts": ("I(d,T)-moe(e,top=k)[GLU(f)]", "d*e + 3*d*e*f"),
    "feed-forward": ("I(d,T)-FF(4*d)", "8*d**2 + 5*d"),
}


@pytest.mark.parametrize("name", FORMULAS)
def test_a_formula_that_people_know_is_derived(name: str) -> None:
    import sympy

    text, known = FORMULAS[name]
    net = Architecture(text)
    expected = sympy.sympify(known, locals={symbol: sympy.Symbol(symbol) for symbol in known if symbol.isalpha()})
    found = sympy.sympify(str(net.params), locals={symbol: sympy.Symbol(symbol) for symbol in net.symbols})
    assert sympy.expand(found - expected) == 0


def test_active_parameters_of_experts_in_general() -> None:
    net = Architecture("I(d,T)-moe(e,top=k,shared=s)[GLU(f)]")
    assert str(net.of("active")) == "d*e + 3*d*f*k + 3*d*f*s"


def test_what_is_assumed_of_heads_is_said() -> None:
    assert Architecture("I(d,T)-MHA(h,kv=g)").assumptions == ("h divides d", "g divides h")
    assert Architecture("I(d,T)-MHA(h,dk=k)").assumptions == ()


TABLE = {
    # name: the total as table 2.1 of the paper rounds it, layers, width, heads, width of a head
    "GPT-3 Small": ("125M", 12, 768, 12, 64),
    "GPT-3 Medium": ("350M", 24, 1024, 16, 64),
    "GPT-3 Large": ("760M", 24, 1536, 16, 96),
    "GPT-3 XL": ("1.3B", 24, 2048, 24, 128),
    "GPT-3 2.7B": ("2.7B", 32, 2560, 32, 80),
    "GPT-3 6.7B": ("6.7B", 32, 4096, 32, 128),
    "GPT-3 13B": ("13.0B", 40, 5140, 40, 128),
    "GPT-3 175B": ("175.0B", 96, 12288, 96, 128),
}
"""Brown and others, Language models are few-shot learners, 2020, table 2.1, as printed."""

DISAGREE = {"GPT-3 XL", "GPT-3 13B"}
"""The rows whose heads, of the width that is printed, do not fill the width of the model."""


def gpt3(name: str, **sizes: int) -> int:
    _, layers, width, heads, head = TABLE[name]
    text = "I(2048)-E(50257,d)@tok-PE-[{LN-MHA(h,dk=k)+_}-{LN-FF(4*d)+_}]*N-LN-Lin(50257,w=@tok,bias=0)"
    total: int = Architecture(text, {"N": layers, "d": width, "h": heads, "k": head, **sizes}).params
    return total


def rounded(total: int, printed: str) -> str:
    """The total with the unit and the digits of what is printed."""
    unit, digits = {"M": 10**6, "B": 10**9}[printed[-1]], len(printed[:-1].partition(".")[2])
    return f"{round(total / unit, digits):.{digits}f}{printed[-1]}"


def test_the_rows_of_gpt3_that_disagree_with_their_own_columns() -> None:
    assert {name for name, (_, _, width, heads, head) in TABLE.items() if heads * head != width} == DISAGREE


@pytest.mark.parametrize(
    ("name", "total"),
    [
        ("GPT-3 Small", 125_226_240),
        ("GPT-3 Medium", 355_871_744),
        ("GPT-3 Large", 760_300_032),
        ("GPT-3 2.7B", 2_651_553_280),
        ("GPT-3 6.7B", 6_658_404_352),
        ("GPT-3 175B", 174_604_259_328),
    ],
)
def test_a_row_of_gpt3_that_agrees_with_itself(name: str, total: int) -> None:
    _, layers, width, _, _ = TABLE[name]
    assert gpt3(name) == total
    assert total == 12 * layers * width**2 + 13 * layers * width + (50257 + 2048 + 2) * width


def test_how_the_table_of_gpt3_rounds() -> None:
    """Of the rows that agree with themselves two are not the nearest number: 356M is printed 350M, 174.6B 175.0B."""
    near = {name for name in TABLE if name not in DISAGREE and rounded(gpt3(name), TABLE[name][0]) == TABLE[name][0]}
    assert {*TABLE} - DISAGREE - near == {"GPT-3 Medium", "GPT-3 175B"}
    assert rounded(gpt3("GPT-3 Medium"), "350M") == "356M"
    assert rounded(gpt3("GPT-3 175B"), "175.0B") == "174.6B"


def test_the_rows_of_gpt3_that_disagree_hold_with_heads_that_fill_the_width() -> None:
    assert rounded(gpt3("GPT-3 XL", h=16), "1.3B") == "1.3B"
    assert rounded(gpt3("GPT-3 13B", d=5120), "13B") == "13B"
    assert rounded(gpt3("GPT-3 XL"), "1.3B") != "1.3B"


def test_the_zoo_has_many_language_models() -> None:
    assert sc.zoo("llama-3-70b").params == 70_553_706_496
    assert sc.zoo("mixtral-8x7b").of("active") == 12_879_925_248

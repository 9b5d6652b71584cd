"""The forms of a formula that an author wants: each is equal to the closed form, and reads as it should."""

from __future__ import annotations

import json
import random
from fractions import Fraction
from itertools import product

import pytest
from click.testing import CliRunner

from symcount import ArchitectureError, parse
from symcount.algebra import ClosedForm, Conversion, agrees, value_of
from symcount.answers.forms import Answer
from symcount.arithmetic import Size, Sum
from symcount.cli.commands import command
from tests.networks import network
from tests.seeds import chosen_seed

GPT = "I(L)-E(V,d)@w-PE-[{LN-MHA(h)+_}-{LN-FF(4*d)+_}]*N-LN-Lin(V,w=@w,bias=0)"
LLAMA = "I(L)-E(V,d)-[{RMS-MHA(h,kv=g,bias=off)+_}-{RMS-GLU(f)+_}]*N-RMS-Lin(V,bias=off)"
INCEPTION = "I(c,n×n)-{C(a,1)|C(b,1)-C(d,3,p=1)|C(e,1)-C(f,5,p=2)|P(3,s=1,p=1)-C(g,1)}"
FORMS = ("brief", "factored", "grouped", "leading", "relative")


def written(text: str, form: str, **asked: str) -> str:
    formula = parse(text).formula(form=form, **asked)
    where = [f"{name} = {value}" for name, value in formula.where.items()]
    return "; ".join((str(formula).removeprefix("params = "), *where))


@pytest.mark.parametrize(
    ("text", "form", "asked", "expected"),
    [
        (GPT, "factored", {}, "d*(N*(12*d + 13) + L + V + 2)"),
        (LLAMA, "factored", {}, "d*(N*(2*d*(g/h + 1) + 3*f + 2) + 2*V + 1)"),
        (INCEPTION, "factored", {}, "(c + 1)*(a + b + e + g) + d*(9*b + 1) + f*(25*e + 1)"),
        ("I(c,n×n)-C(s,1)-R-{C(e,1)|C(e,3,p=1)}", "factored", {}, "s*(c + 10*e + 1) + 2*e"),
        ("I(n)-H(n^4-m^4)", "factored", {}, "-(m + n)*(m - n)*(m^2 + n^2)*(n + 1)"),
        ("zoo:resnet-cifar", "closed", {"collect": "w"}, "(378*b - 90)*w^2 + (28*b + 9*c + 4*o + 2)*w + o"),
        ("zoo:unet", "closed", {"collect": "f"}, "7574*f^2 + (9*c + o + 107)*f + o"),
        ("I(n)-H(m)-H(k)", "closed", {"collect": "m,k"}, "k*m + (n + 1)*m + k"),
        (GPT, "leading", {"grows": "d"}, "12*N*d^2 + rest; rest = d*(L + 13*N + V + 2)"),
        (GPT, "leading", {"grows": "V"}, "V*d + rest; rest = d*(N*(12*d + 13) + L + 2)"),
        ("I(3,n×n)-C(8,3,s=2)-H1", "leading", {"grows": "n"},
         "2*n^2 + rest; rest = 8*⌈n/2⌉*(⌈n/2⌉ - 2) + 233 - 2*n^2"),
        (GPT, "relative", {}, "12*N*d^2*(1 + 13/(12*d) + (L + V + 2)/(12*N*d))"),
        (GPT, "grouped", {}, "embedding + N*(attention + feedforward) + normalisation; embedding = d*(L + V); "
         "attention = 2*d*(2*d + 3); feedforward = d*(8*d + 7); normalisation = 2*d"),
        ("I(c,n×n)-C(f,3)-P2-C(2*f,3)-H10", "layers", {},
         "(3*3*c + 1)*f + (3*3*f + 1)*2*f + (2*f*n_3^2 + 1)*10; n_3 = ⌊n/2⌋ - 3"),
        ("I(c,n×n)-[C(f,3,p=same)]*3-P2-H(h)-H9", "grouped", {},
         "convolution + dense; convolution = 3*f*(3*c + 6*f + 1); dense = h*(f*⌊n/2⌋^2 + 10) + 9"),
        ("I(d,T)-[MHA(h,bias=off)-FF(d)]*12", "grouped", {},
         "12*(attention + feedforward); attention = 4*d^2; feedforward = 2*d*(d + 1)"),
        ("I(d,T)-MHA(h,bias=off)", "layers", {}, "d*h*d_k + d*h*d_k + d*h*d_k + h*d_k*d; d_k = d/h"),
        ("I(x,T)-LSTM(h)-[LSTM(h)]*(N-1)-Lin(o)", "grouped", {},
         "recurrent + (N - 1)*recurrent_2 + dense; recurrent = 4*h*(h + x + 1); "
         "recurrent_2 = 4*h*(2*h + 1); dense = o*(h + 1)"),
    ],
)  # fmt: skip
def test_forms(text: str, form: str, asked: dict[str, str], expected: str) -> None:
    assert written(text, form, **asked) == expected


# what a page shows where no form is asked for
BRIEF = {
    "zoo:resnet-cifar": "(378*b - 90)*w^2 + (28*b + 9*c + 4*o + 2)*w + o",
    "zoo:unet-depth": "(89*4^D - 62)*f^2/3 + (7*2^D + 9*c + o - 5)*f + o",
    "zoo:llama": "N*d*(2*d*(h_kv/h + 1) + 3*d_ff + 2) + 2*V*d + d",
    "zoo:mixtral": "N*d*(2*d*(h_kv/h + 1) + e*(3*d_ff + 1) + 2) + 2*V*d + d",
    "zoo:bert": "N*(d*(4*d + 2*d_ff + 9) + d_ff) + d*(L + S + V + d + 3)",
    "zoo:t5": "d*(N*(12*d_k*h + 4*d_ff + 5) + V + 2) + 64*h",
    "zoo:vit": "N*d*(12*d + 13) + d*(c*p^2 + o + m + 4) + o; m = ⌊n/p⌋^2 + 1",
    "zoo:swin": "d*(12*d*(b_1 + 4*b_2 + 16*b_3 + 64*b_4 + 14) + 13*b_1 + 26*b_2 + 52*b_3 + 104*b_4 + 16*c + 8*o + 75)"
    " + h*(2*w - 1)^2*(b_1 + 2*b_2 + 4*b_3 + 8*b_4) + o",
    INCEPTION: "(c + 1)*(a + b + e + g) + d*(9*b + 1) + f*(25*e + 1)",
    "I(x,T)-LSTM(h)-[LSTM(h)]*(N-1)-Lin(o)": "(8*N - 4)*h^2 + (4*N + o + 4*x)*h + o",
    "I(n)-H(n+n//2)": "n^2 + n*m + n + m; m = ⌊n/2⌋",
    "I(n)-H(2*n-n//2)": "n^2 + n*m + n + m; m = ⌈n/2⌉",
    # short sums stay sums
    GPT: "12*N*d^2 + L*d + 13*N*d + V*d + 2*d",
    "I(c,n×n)-C(s,1)-R-{C(e,1)|C(e,3,p=1)}": "c*s + 10*e*s + 2*e + s",
    "I-C(32,5)-P2-C(32,3)-P2-H256-O10": "8192*m^2 + 800*c + 12106; m = ⌊n/4⌋ - 2",
}


@pytest.mark.parametrize(("text", "expected"), BRIEF.items())
def test_what_reads_best(text: str, expected: str) -> None:
    assert written(text, "brief") == expected
    assert parse(text).formula().data()["latex"] == parse(text).formula(form="closed").data()["latex"]


def check_forms(rounds: int) -> None:
    """Hold every form of random formulas to the closed one, at points."""
    seed = chosen_seed()
    print("seed", seed)
    draw = random.Random(seed)
    for _ in range(rounds):
        drawn = network(draw, likely=0.8, layers=4)
        net = parse(drawn.symbols)
        total = net(**drawn.values).params
        for form in FORMS:
            try:
                (size,) = net.formula(form=form).answer.written.sizes
            except ArchitectureError as error:
                assert error.code in ("bad-form", "no-closed-form"), (drawn, form)
                continue
            again = ClosedForm(Conversion().to_polynomial(size)).expr
            assert value_of(again, drawn.values) == total, (drawn, form)


def test_every_form_is_the_closed_form() -> None:
    check_forms(40)


def test_a_form_that_differs_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    one: Size = 1
    monkeypatch.setattr(Answer, "_factored", lambda self: self._checked(Sum((self.closed.to_term(), one))))
    with pytest.raises(AssertionError, match="differs"):
        check_forms(1)
    form = parse(GPT).formula().answer.closed
    assert agrees(form.to_term(), form)
    assert not agrees(Sum((form.to_term(), one)), form)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("medium", ["text", "markdown", "latex", "html", "typst", "json"])
def test_forms_are_written_in_every_medium(form: str, medium: str) -> None:
    done = CliRunner().invoke(command, ["formula", GPT, "--form", form, "--format", medium])
    assert done.exit_code == 0
    assert "d" in done.output


FLOORLESS = {
    "I(c,n×n)-C(32,5)-P2-C(32,3)-P2-H256-O10": "with n divisible by 4: 512*n^2 + 800*c - 8192*n + 44874",
    "I(1,n)-C(4,3,s=2)-H3": "with n divisible by 2: 6*n + 7",
    "I(c,n)-P(s)-H3": "with n divisible by s: 3*c*n/s + 3",
    "I(1,h×w)-P2-H1": "with h divisible by 2, w divisible by 2: h*w/4 + 1",
}


@pytest.mark.parametrize(("text", "expected"), FLOORLESS.items())
def test_a_formula_with_floors_ends_with_what_removes_them(text: str, expected: str) -> None:
    assert expected in CliRunner().invoke(command, ["formula", text]).output
    told = json.loads(CliRunner().invoke(command, ["formula", text, "--format", "json"]).output)["without_floors"]
    for values in ({"n": 24, "s": 3, "c": 2, "h": 8, "w": 6}, {"n": 48, "s": 4, "c": 5, "h": 2, "w": 4}):
        net = parse(text)
        known = {name: value for name, value in values.items() if name in net.symbols}
        assert eval(told["python"], {}, dict(known)) == net(**known).params


ELSEWHERE = {
    "I(c)-[H(r*cin+g)]*N": "with r = 1: N*c^2 + (N^2*g + N)*c + N*g*(N + 1)*(2*N*g - 2*g + 3)/6",
    "I(3)-[H(cin*w+5)]*N-H2": "with w = 1: 25*N^3/3 + 35*N^2/2 + 97*N/6 + 8",
}


@pytest.mark.parametrize(("text", "expected"), ELSEWHERE.items())
def test_a_ratio_of_1_has_a_formula_of_its_own(text: str, expected: str) -> None:
    assert expected in CliRunner().invoke(command, ["formula", text]).output
    told = json.loads(CliRunner().invoke(command, ["formula", text, "--format", "json"]).output)
    [there] = told["elsewhere"]
    net = parse(text)
    names = [name for name in net.symbols if name not in there["where"]]
    for sizes in product(range(1, 5), repeat=len(names)):
        values = {**there["where"], **dict(zip(names, sizes, strict=True))}
        assert not all(eval(each, {}, dict(values)) for each in told["assumptions"])
        assert eval(there["python"], {}, dict(values)) == net(**values).params


def test_a_ratio_of_1_is_told_on_a_page() -> None:
    page = CliRunner().invoke(command, ["formula", "I(3)-[H(cin*w+5)]*N-H2", "--format", "latex"]).output
    assert r"assuming $w \ge 2$. With $w = 1$ it is $\frac{25}{3} N^{3}" in page


def test_a_formula_without_floors_ends_as_ever() -> None:
    assert "with " not in CliRunner().invoke(command, ["formula", GPT]).output
    assert (
        json.loads(CliRunner().invoke(command, ["formula", GPT, "--format", "json"]).output)["without_floors"] is None
    )


@pytest.mark.parametrize(
    ("assumed", "first"),
    [
        (["n % 32 == 0"], "params = 8*n^2/1024 + 1"),
        (["n == 2*m + 1"], "params = 8*q^2 + 1"),
        (["n >= 64", "n <= 64"], "params = 33"),
        (["32 divides n", "n >= 64"], "params = n^2/128 + 1"),
    ],
)  # fmt: skip
def test_assumptions_are_put_in(assumed: list[str], first: str) -> None:
    words = [word for each in assumed for word in ("--assume", each)]
    out = CliRunner().invoke(command, ["formula", "I(8,n×n)-P(32)-H1", *words]).output.splitlines()
    assert out[0] == first.replace("8*n^2/1024", "n^2/128")
    assert any(line.startswith("assuming ") for line in out)


BAD = {
    "n < 3": "contradicts what the network needs: n ≥ 4",
    "q odd": "no open symbol 'q'",
    "n": "'n' is not a condition",
    "n != 3": "is not an assumption that can be used",
    "3 == 3": "says nothing of the network's symbols",
    "m == n + 1": "no open symbol 'm'",
    "n % 4 == 7": "is never true",
    "n >= 3 and n <= 2": "nothing meets what is assumed",
}


@pytest.mark.parametrize(("assumed", "part"), BAD.items())
def test_bad_assumptions_are_refused(assumed: str, part: str) -> None:
    done = CliRunner().invoke(command, ["formula", "I(8,n×n)-P4-H1", "--assume", assumed])
    assert (done.exit_code, done.stdout) == (2, "")
    assert part in done.stderr


@pytest.mark.parametrize(
    ("text", "asked", "lead"),
    [
        ("zoo:unet-depth", {}, "89*4^D*f^2/3"),
        ("zoo:unet-depth", {"grows": "f"}, "f^2*(89*4^D - 62)/3"),
        ("zoo:unet-depth", {"grows": "c"}, "9*c*f"),
        ("I(3)-H(5*2^N)-H(3*4^N)-O(N*2^N)", {}, "3*8^N*N"),
    ],
)
def test_a_power_of_a_number_grows_faster_than_any_degree(text: str, asked: dict[str, str], lead: str) -> None:
    assert written(text, "leading", **asked).partition(" + rest")[0] == lead


def test_what_leads_is_all_there_is_in_the_end() -> None:
    whole = parse("zoo:unet-depth").formula()
    lead = parse("zoo:unet-depth").formula(form="leading")
    sizes = {"D": 40, "f": 3, "c": 2, "o": 5, "n": 1}
    share = Fraction(value_of(whole.expr, sizes) * 3, 89 * 4**40 * 3**2)
    assert abs(share - 1) < Fraction(1, 10**9)
    assert "89*4^D" in str(lead)


def test_powers_of_which_none_leads_are_told() -> None:
    with pytest.raises(ArchitectureError, match="how M and N grow beside one another"):
        written("I(3)-H(2^N)-O1-H(3^M)-O1", "leading")

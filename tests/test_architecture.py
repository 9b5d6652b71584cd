"""The Python interface: what can be asked of a network, and how it shows itself."""

from __future__ import annotations

import pickle

import pytest
import sympy

import symcount as sc
from symcount import Architecture, ArchitectureError
from symcount.errors import Span
from symcount.layers import Layer
from symcount.program import spelling
from symcount.syntax.tree import Call

LASAGNE = "I(1,28x28)-C(32,5)-P2-C(32,3)-P2-H256-O10"
GENERAL = "I(c,n×n)-C(32,5)-P2-C(32,3)-P2-H256-O10"


def refused(text: str, **values: int | str) -> ArchitectureError:
    """The error that asking for a count ends in."""
    with pytest.raises(ArchitectureError) as caught:
        Architecture(text)(**values).of()
    return caught.value


def test_rows_of_the_table() -> None:
    rows = [
        (layer.index, layer.name, layer.kind, layer.text, layer.output, layer.params)
        for layer in sc.parse(LASAGNE).layers
    ]
    assert rows == [
        (1, "C1", "C", "C(32,5)", (32, 24, 24), 832),
        (2, "P1", "P", "P2", (32, 12, 12), 0),
        (3, "C2", "C", "C(32,3)", (32, 10, 10), 9248),
        (4, "P2", "P", "P2", (32, 5, 5), 0),
        (5, "H1", "H", "H256", (256,), 205056),
        (6, "O1", "O", "O10", (10,), 2570),
    ]


def test_rules_of_the_table() -> None:
    rules = [(layer.rule, layer.rule_by_value()) for layer in sc.parse(LASAGNE).layers]
    assert rules == [
        ("(k^2*c + 1)*f", "(5*5*1 + 1)*32"),
        ("0", "0"),
        ("(k^2*c + 1)*f", "(3*3*32 + 1)*32"),
        ("0", "0"),
        ("(c*n^2 + 1)*u", "(32*5*5 + 1)*256"),
        ("(n + 1)*u", "(256 + 1)*10"),
    ]


def test_letters_of_a_rule_can_be_renamed() -> None:
    layer = sc.parse("I(32,9x9)-C(64,3)").layers[0]
    assert layer.rule_by_name({"k": "n", "c": "l", "f": "k"}) == "(n^2*l + 1)*k"


def test_numbers_are_ints() -> None:
    net = sc.parse(LASAGNE)
    assert net.params == 217706
    assert type(net.params) is int
    assert all(type(size) is int for layer in net.layers for size in layer.output)
    assert net.symbols == {}
    assert (net.input, net.output) == ((1, 28, 28), (10,))
    assert net.layers[0].input == (1, 28, 28)


def test_open_sizes_are_sympy_symbols() -> None:
    net = sc.parse(GENERAL)
    assert list(net.symbols) == ["c", "n"]
    c, n = net.symbols.values()
    assert (c, n) == sympy.symbols("c n")
    assert isinstance(net.params, sympy.Expr)
    assert net.params.subs({c: 1, n: 28}) == 217706
    assert net.params.subs({"c": 1, "n": 28}) == 217706
    assert str(net.params) == "800*c + 8192*((n//4) - 2)**2 + 12106"


def test_values_are_given_by_a_call() -> None:
    net = sc.parse(GENERAL)
    assert net(n=28, c=1).params == 217706
    assert net(n=28)(c=1).params == 217706
    assert net(n="4*m", c="2-1")(m=7).params == 217706
    assert list(net(n=28).symbols) == ["c"]
    assert list(net(n="4*m").symbols) == ["c", "m"]
    assert net.symbols.keys() == {"c", "n"}, "a call leaves the network as it is"


@pytest.mark.parametrize(
    "text",
    [
        "I(2,6x6)-[[C]*(1-2)-R]*0-H3",
        "I(2,6x6)-{[[C]*(1-2)]*0+_}-H3",
        "I(2,6x6)-[[C]*(1-2)]?-H3",
        "I(2,6x6)-pick(2){C-LSTM|_}-H3",
        "def unused = [C]; I(2,6x6)-H3",
    ],
)
def test_a_size_of_a_layer_that_is_not_there_may_be_given(text: str) -> None:
    values = {"k_1": 3, **({"z_1": 0} if "?" in text else {})}
    assert sc.parse(text)(**values).params == 219
    with pytest.raises(sc.ArchitectureError, match="no symbol 'k_2'"):
        _ = sc.parse(text)(**values, k_2=3).params


def test_the_name_of_a_size_does_not_depend_on_what_other_layers_are_there() -> None:
    net = sc.parse("I(1,6x6)-[[C(1,p=same)]*(N-1)]*M-T")
    assert net(M=0, N=0, f_1=2, k_1b=3).params == 20


@pytest.mark.parametrize(
    ("values", "code", "hint"),
    [
        ({"m": 3}, "unknown-symbol", "its open symbols are: c, n"),
        ({"nn": 3}, "unknown-symbol", "did you mean n?"),
        ({"n": 0}, "bad-argument", None),
        ({"n": -3}, "bad-argument", None),
        ({"n": "1/2"}, "bad-argument", None),
        ({"n": "c("}, "unclosed-bracket", None),
        ({"n": "3; I-C"}, "bad-binding", "write n=28"),
        ({" n": "3"}, "bad-binding", "write n=28"),
        ({"n": "c", "c": "n"}, "circular", None),
        ({"n": "7%0"}, "division-by-zero", None),
        ({"n": "9" * 10_000}, "too-many-digits", None),
        ({"n": 10**200}, "limit", None),
        ({"n": 11}, "too-small", None),
    ],
)
def test_a_value_that_does_not_fit_is_refused(values: dict[str, int | str], code: str, hint: str | None) -> None:
    error = refused(GENERAL, **values)
    assert error.code == code, error
    assert hint is None or error.hint == hint


def test_a_value_that_is_too_long_is_shown_by_its_first_sign() -> None:
    error = refused(GENERAL, n="1" * 300_000)
    assert (error.code, error.span) == ("too-long", Span(0, 1))


def test_a_size_that_a_let_fixes_cannot_be_bound() -> None:
    assert refused("let w = 8; I(3,9)-C(w,3)", w=4).code == "fixed"


def test_one_layer_by_name_number_and_label() -> None:
    net = sc.parse("I(1,28x28)-C(32,5)-P2-C(32,3)@last-P2-H256-O10")
    assert [net.of("params", at=place) for place in ("C2", 3, "3", "last")] == [9248] * 4
    assert net.layer("last").label == "last"
    assert net.of("output", at="P2") == (32, 5, 5)
    assert net.of("output") == (10,)
    with pytest.raises(ArchitectureError) as caught:
        net.layer("C3")
    assert caught.value.code == "unknown-place"


def test_quantities() -> None:
    # C1: 6*4 weights and 4 biases, frozen; BN: 4 factors, 4 shifts, 8 statistics; O1: 4*8*8*2 weights, 2 biases
    net = sc.parse("I(6,8x8)-C(4,1,frozen=on)-BN-O2")
    counts = {
        "params": 28 + 8 + 514, "trainable": 8 + 514, "frozen": 28, "statistics": 8,
        "non-trainable": 36, "weights": 24 + 4 + 512, "biases": 4 + 4 + 2, "size": 2,
    }  # fmt: skip
    assert {name: net.of(name) for name in counts} == counts


def test_an_unknown_quantity_or_convention_names_the_nearest() -> None:
    with pytest.raises(ArchitectureError) as caught:
        sc.parse(LASAGNE).of("weight")
    assert (caught.value.code, caught.value.hint) == ("unknown-quantity", "did you mean weights?")
    with pytest.raises(ArchitectureError) as caught:
        sc.parse(LASAGNE, convention="tensorflow")
    assert caught.value.code == "unknown-convention"


@pytest.mark.parametrize(("convention", "params"), [("textbook", 12), ("torch", 12), ("keras", 24)])
def test_only_keras_counts_the_statistics(convention: str, params: int) -> None:
    net = sc.parse("I(6,8x8)-BN", convention=convention)
    assert (net.params, net.of("trainable"), net.of("statistics")) == (params, 12, 12)
    assert net.layers[0].params == params


def test_the_convention_and_the_bindings_go_together() -> None:
    assert sc.parse("I(c,8)-BN", convention="keras")(c=6).params == 24


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        (LASAGNE, ["H1 flattens 32×5×5 (Lin would keep the axes)"]),
        ("I(64,5x5)-H10-O3", ["H1 flattens 64×5×5 (Lin would keep the axes)"]),
        ("I(64,5)-O3", ["O1 flattens 64×5 (Lin would keep the axes)"]),
        ("I(64,5x5)-F-H10-O3", []),
        ("I(1,6x6)-C(2,3)-C(4,3,s=2)-F-O3", ["C2: the last row and column are never seen"]),
        ("I(1,6x7)-C(2,3)-C(4,3,s=2)-F-O3", ["C2: the last row is never seen"]),
        ("I(1,7)-P3-F-O3", ["P1: the last step is never seen"]),
        ("I(1,8)-P3-F-O3", ["P1: the last 2 steps are never seen"]),
        ("I(1,8)-P(3,ceil=on)-F-O3", []),
        ("I(1,6x6)-C(2,3,s=2,p=1)-F-O3", []),
        ("I(1,6x6)-C(2,3,s=2,p=same)-F-O3", []),
        ("I(150,1)-Lin3", ["I is 150 channels over one step; a sequence of 150 steps is I(1,150)"]),
        ("I(c,n×n)-H3", ["H1 flattens its input (Lin would keep the axes)"]),
    ],
)
def test_notes(text: str, notes: list[str]) -> None:
    assert list(sc.parse(text).notes) == notes


def test_exact_refuses_a_window_that_does_not_fit() -> None:
    fits, rest = "I(1,7x7)-C(2,3,s=2)-O3", "I(1,8x8)-C(2,3,s=2)-O3"
    assert sc.parse(fits, exact=True).params == sc.parse(fits).params
    with pytest.raises(ArchitectureError) as caught:
        sc.parse(rest, exact=True).of()
    assert caught.value.code == "not-divisible"
    assert caught.value.column == rest.index("s=2") + 1
    assert "stride (=2) does not divide what the first window leaves of the height (=5)" in caught.value.message
    assert sc.parse(rest, exact=True)().exact


def test_exact_is_an_assumption_where_sizes_are_open() -> None:
    net = sc.parse("I(1,n)-C(2,3,s=2)-O3", exact=True)
    assert net.assumptions == ("2 divides n - 1",)
    assert sc.parse("I(1,n)-C(2,3,s=2)-O3").assumptions == ()


@pytest.mark.parametrize(
    ("text", "assumptions"),
    [
        ("I(c,9)-C(4,3,g=2)", ("2 divides c",)),
        ("I(c,9)-C(f,3,g=g)", ("g divides c", "g divides f")),
        ("I(3,n)-C(4,k,p=(k-1)/2)-O3", ("2 divides k - 1",)),
        ("I(3,9)-C(4,3)", ()),
    ],
)
def test_assumptions(text: str, assumptions: tuple[str, ...]) -> None:
    assert sc.parse(text).assumptions == assumptions


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        (GENERAL, "n ≥ 12"),
        ("I(1,n)-C(2,3,p=1)", None),
        ("I(d)-[H(d)-R]*(N-3)-O10", "N ≥ 3"),
        ("I(d)-[H(d)-R]*N-O10", None),
        ("I(1,n)-C(2,3)-P2", "n ≥ 4"),
        ("I(1,n)-C(2,k)", "n ≥ k"),
        ("I(3,9)-U(r-4)", "r ≥ 5"),
        ("I(2,13,13)-C(3,k,s=s)-F-O", "k ≤ 13"),
        ("I(3,99)-C(4,1,p=q-7)", "q ≥ 7"),
        ("let k = w//4; I(3,99)-P(9,s=k)", "w ≥ 4"),
    ],
)
def test_conditions(text: str, condition: str | None) -> None:
    conditions = [each.text() for each in sc.parse(text).formula().conditions]
    assert conditions == ([condition] if condition else [])


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ("I(n-n-1)-O", 1, "I1: -1 is less than 1, whatever the input"),
        ("I(3,9)-C(3,n-n)", 8, "C1: 0 is less than 1, whatever the input"),
        ("I(3,n)-crop(n)-O", 8, "crop1: -n is less than 1, whatever the input"),
    ],
)
def test_a_network_that_no_input_makes_exist_has_no_formula(text: str, column: int, message: str) -> None:
    formula = sc.parse(text).formula()
    with pytest.raises(ArchitectureError) as caught:
        assert formula.conditions
    assert (caught.value.code, caught.value.column, caught.value.message) == ("too-small", column, message)


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ("I(3,n)-reshape(3,n+1)", "not-equal", 8),
        ("I(4,n)-C(2*m+1,3,g=2)-O", "not-divisible", 18),
        ("I(2*c+1,n)-shuffle(2)", "not-divisible", 20),
    ],
)
def test_what_symbols_cannot_make_true_is_told_at_its_place(text: str, code: str, column: int) -> None:
    net = sc.parse(text)
    with pytest.raises(ArchitectureError) as caught:
        assert net.assumptions
    assert (caught.value.code, caught.value.column) == (code, column)
    assert "^" in str(caught.value)


def test_a_network_with_automatic_symbols() -> None:
    net = sc.parse("I-C-P-C-P-H-O")
    assert list(net.symbols) == ["c", "n", "f_1", "k_1", "p_1", "f_2", "k_2", "p_2", "h_1", "o"]
    values = {"c": 1, "n": 28, "f_1": 32, "k_1": 5, "p_1": 2, "f_2": 32, "k_2": 3, "p_2": 2, "h_1": 256, "o": 10}
    assert net(**values).params == 217706


def test_an_automatic_symbol_leaves_a_name_to_the_user() -> None:
    net = sc.parse("I(3,9)-C(k=2)-C(f_1,2)")
    assert list(net.symbols) == ["f_1b", "f_1"]


def test_channels_may_stand_last() -> None:
    assert sc.parse("I(32x32,3)-C(4,3)").input == (3, 32, 32)
    assert str(sc.parse("I(32x32,3)-C(4,3)")) == "I(3,32x32)-C(4,3)"


CANONICAL = {
    "INPUT(1, 28×28) -> conv2d(filters=32, kernel=5, stride=1) -> maxpool(2) -> dense(10)": "I(1,28x28)-C(32,5)-P2-H10",
    "I(3,9)-C(f=4,k=3,bias=1,d=1)-relu-O(10)": "I(3,9)-C(4,3)-R-O10",
    "I(3,9x9)-C(4,(3,3),p=valid)-dropout(0.5)-F": "I(3,9x9)-C(4,3x3)-D(0.5)-F",
}


@pytest.mark.parametrize("text", CANONICAL)
def test_a_network_prints_as_its_canonical_text(text: str) -> None:
    net, again = sc.parse(text), sc.parse(CANONICAL[text])
    assert str(net) == CANONICAL[text] == str(again)
    assert net.text == CANONICAL[text]
    assert repr(net) == f"Architecture('{CANONICAL[text]}')"
    assert net == again
    assert hash(net) == hash(again)


def test_networks_are_equal_by_text_values_and_convention() -> None:
    net = sc.parse(GENERAL)
    assert net(n=28, c=1) == net(c=1)(n=28)
    assert hash(net(n=28, c=1)) == hash(net(c=1)(n=28))
    assert net(n=28) == net(n="28")
    others = [net, net(n=28), net(n=29), sc.parse(GENERAL, convention="keras"), sc.parse(GENERAL, exact=True), GENERAL]
    assert [[one == other for other in others] for one in others] == [
        [i == j for j in range(len(others))] for i in range(len(others))
    ]
    assert repr(net(n=28)) == "Architecture('I(c,n×n)-C(32,5)-P2-C(32,3)-P2-H256-O10', {'n': 28})"


@pytest.mark.parametrize("text", [LASAGNE, GENERAL])
def test_networks_are_pickled(text: str) -> None:
    net = sc.parse(text, convention="keras", exact=True)
    again = pickle.loads(pickle.dumps(net))
    assert again == net
    assert again.params == net.params
    assert pickle.loads(pickle.dumps(sc.parse(GENERAL)(n=28, c=1))).params == 217706


@pytest.mark.parametrize("text", [LASAGNE, GENERAL])
def test_answers_are_pickled_and_equal_by_what_was_asked(text: str) -> None:
    net = sc.parse(text)
    for answer, other in (
        (net.derive(at=2, letters={"k": "n"}), net.derive(at=2)),
        (net.derive("output"), net.derive("size")),
        (net.derive(detail="short"), sc.parse(text, convention="keras").derive(detail="short")),
    ):
        again = pickle.loads(pickle.dumps(answer))
        assert again == answer != other
        assert hash(again) == hash(answer)
        assert again.to("text") == answer.to("text")
    formula = net.formula("weights", form="expanded")
    assert pickle.loads(pickle.dumps(formula)) == formula != net.formula("weights")


def test_a_layer_shows_itself() -> None:
    assert repr(sc.parse(LASAGNE).layers[2]) == "<layer C2: C(32,3)>"


def test_errors_are_pickled_and_shown_with_a_caret() -> None:
    error = refused("I(3,9)-C(4,3,strid=2)")
    assert str(error) == (
        "C has no argument 'strid'\n  I(3,9)-C(4,3,strid=2)\n               ^^^^^^^\nhint: did you mean stride?"
    )
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.code, again.span, again.column) == (str(error), "unknown-argument", (13, 20), 14)
    assert isinstance(error, ValueError)


def test_what_is_public() -> None:
    assert sc.__all__ == sorted(sc.__all__)
    assert all(getattr(sc, name).__doc__ for name in sc.__all__)
    public = [name for name in vars(Architecture) if name[0] != "_"]
    assert all(getattr(Architecture, name).__doc__ for name in public)


def test_a_definition_stands_under_its_name() -> None:
    net = sc.parse("let r = w//4; I(3,32x32)-C(r,1)-C(4,r)-O10")
    assert [layer.rule_by_value() for layer in net.layers] == ["(1*1*3 + 1)*r", "(r^3 + 1)*4", "(4*n_2^2 + 1)*10"]
    assert net(w=8).params == sc.parse("I(3,32x32)-C(2,1)-C(4,2)-O10").params == 8 + 36 + 38450


def test_definitions_may_double_at_each_step() -> None:
    lets = "".join(f"let a{step + 1} = a{step} + a{step}; " for step in range(40))
    net = sc.parse(f"let a0 = n; {lets}I(a40)-O1")
    assert net(n=3).params == 3 * 2**40 + 1
    assert net.params == 2**40 * net.symbols["n"] + 1


def test_a_notebook_shows_the_table() -> None:
    shown = sc.parse(LASAGNE)._repr_markdown_()
    assert shown.startswith("| # | name | layer |")
    assert "217706" in shown.replace(",", "")
    assert "convention: textbook" in shown


def test_a_layer_is_spelled_once_however_many_blocks_are_around_it(monkeypatch: pytest.MonkeyPatch) -> None:
    spelled, glue = [], spelling._glued

    def glued(call: Call, kind: type[Layer]) -> Call:
        spelled.append(call)
        return glue(call, kind)

    monkeypatch.setattr(spelling, "_glued", glued)
    depth = 30
    net = sc.parse(f"I8-{'[Lin(7919)-' * depth}Lin(7907){']' * depth}")
    assert [row.text for each in net.layers for row in each.every][-1] == "Lin7907"
    assert len(spelled) == 2, "two different layers"

"""The Python face: what is public, what cannot be changed, what is refused, and that formulas are the int walk."""

from __future__ import annotations

import copy
import pickle
import random
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
import sympy

import symcount as sc

GENERAL = "I(c,n×n)-C(32,5)-P2-C(f,3)-P2-H256-O10"


def net(**values: int | str) -> sc.Architecture:
    return sc.parse(GENERAL)(**values)


def code_of(asked: Callable[[], object]) -> str:
    """The code of the error that a question ends in."""
    with pytest.raises(sc.ArchitectureError) as caught:
        asked()
    assert str(caught.value)
    return caught.value.code


def test_public_names_are_those_that_are_listed() -> None:
    names: dict[str, object] = {}
    exec("from symcount import *", names)
    assert names.keys() - {"__builtins__"} == set(sc.__all__)
    assert dir(sc) == sorted([*sc.__all__, "__version__"])
    assert sc.__version__.count(".") == 2
    with pytest.raises(AttributeError, match="no attribute 'prase'"):
        _ = sc.prase  # type: ignore[attr-defined]


def test_everything_public_is_documented() -> None:
    shown = [sc.Architecture, sc.Formula, sc.Solution, sc.LayerRow, sc.BlockRow, sc.Convention]
    for cls in shown:
        for name in (name for name in dir(cls) if name[0] != "_" and (callable(getattr(cls, name)))):
            documented = [getattr(getattr(base, name, None), "__doc__", None) for base in cls.__mro__]
            assert any(documented), (cls, name)


UNCHANGING: dict[str, Callable[[], Any]] = {
    "Architecture": net,
    "Formula": lambda: net().formula(),
    "Solution": lambda: net().derive(),
    "LayerRow": lambda: net().layers[0],
    "BlockRow": lambda: sc.parse("I8-[H8]*3").layers[0],
    "Graph": lambda: net().graph,
    "Node": lambda: net().graph.nodes[0],
    "Convention": lambda: net().convention,
}


@pytest.mark.parametrize("name", UNCHANGING)
def test_nothing_can_be_changed(name: str) -> None:
    thing = UNCHANGING[name]()
    for attribute in ("text", "answer", "part", "nodes", "times", "name", "new"):
        with pytest.raises(AttributeError):
            setattr(thing, attribute, 3)
        with pytest.raises(AttributeError):
            delattr(thing, attribute)


def test_a_bound_copy_does_not_touch_the_first() -> None:
    given: dict[str, int | str] = {"n": 28, "c": 1}
    first = sc.Architecture(GENERAL, given)
    given["n"] = 14
    assert first(f=32).params == 217706
    first(f=64, n=32)
    assert dict(first.bindings) == {"n": 28, "c": 1}
    with pytest.raises(TypeError):
        first.bindings["n"] = 14  # type: ignore[index]
    assert list(first.symbols) == ["f"]


NO_SIZES = (28.0, 28.5, float("nan"), float("inf"), True, None, 28j, b"28", [28], Fraction(28), sympy.Symbol("m"))


@pytest.mark.parametrize("value", NO_SIZES, ids=repr)
def test_what_is_no_size_is_refused_wherever_it_is_given(value: Any) -> None:
    for asked in (
        lambda: net(n=value),
        lambda: net().subs(n=value),
        lambda: net().subs({"n": value}),
        lambda: sc.zoo("wide-resnet", b=value),
        lambda: sc.Architecture(GENERAL, {"n": value}),
    ):
        assert code_of(asked) == "bad-binding"


def test_only_a_whole_float_is_told_to_be_written_as_an_int() -> None:
    for value, hint in ((28.0, "write n=28"), (28.5, None), (True, None)):
        with pytest.raises(sc.ArchitectureError, match="n is an int, or an expression as text") as caught:
            net(n=value)  # type: ignore[arg-type]
        assert caught.value.hint == hint


def test_ints_of_other_libraries_are_ints() -> None:
    bound = net(n=sympy.Integer(28), c=1, f=32)
    assert (bound, bound.params) == (net(n=28, c=1, f=32), 217706)
    assert type(bound.bindings["n"]) is int


@pytest.mark.parametrize("name", ["self", "name", "values", "class", "None", ""])
def test_any_name_can_be_bound_or_is_refused_by_name(name: str) -> None:
    for asked in (
        lambda: net(**{name: 3}).params,
        lambda: net().subs(**{name: 3}).params,
        lambda: sc.zoo("resnet50", **{name: 3}).params,
    ):
        assert code_of(asked) in {"unknown-symbol", "python-keyword", "bad-binding"}
    assert code_of(lambda: net().subs({3: 3})) == "bad-binding"  # type: ignore[dict-item]


def test_symbols_called_like_parameters_of_the_face() -> None:
    open_net = sc.parse("I(self)-H(values)-H(name)")
    values: dict[str, int | str] = {"self": 3, "values": 2, "name": 5}
    assert open_net(**values).params == open_net.subs(**values).params == (3 + 1) * 2 + (2 + 1) * 5
    assert code_of(lambda: sc.parse("I(lambda)-H2")) == "python-keyword"


def test_subs_is_a_call() -> None:
    assert net().subs(n=28) == net().subs({"n": 28}) == net(n=28)
    assert net(n=28).subs({"n": 14}, c=1) == net(n=14, c=1)


def test_what_is_no_network_or_convention_is_refused() -> None:
    for given in (3, None, b"I3-O2", net()):
        with pytest.raises(TypeError, match="line of text"):
            sc.parse(given)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="line of text"):
        sc.compare(3)  # type: ignore[arg-type]
    conventions: tuple[Any, ...] = (3, None, [], "numpy")
    for convention in conventions:
        assert code_of(lambda given=convention: sc.parse("I3-O2", convention=given)) == "unknown-convention"  # type: ignore[misc]
    assert code_of(sc.compare) == "no-network"


def test_the_zoo() -> None:
    assert sc.parse("zoo:resnet50") == sc.zoo("resnet50")
    assert sc.zoo("resnet50").params == {model.name: model.total for model in sc.zoo()}["resnet50"] == 25_557_032
    assert sc.zoo("resnet50", o="o")(o=1000).params == 25_557_032
    for name in ("resnet5", "", "zoo:resnet50"):
        assert code_of(lambda name=name: sc.zoo(name)) == "unknown-model"  # type: ignore[misc]
    with pytest.raises(TypeError, match="one network"):
        sc.zoo(b=3)  # type: ignore[call-overload]


def test_compare_and_kinds() -> None:
    rows = sc.compare("I784-H100-O10", "I784-H200-O10", sc.parse("I784-O10"))
    assert [row.difference for row in rows] == [0, 795 * 100, 785 * 10 - (785 * 100 + 101 * 10)]
    assert {"C", "LSTM", "MHA", "BN"} <= {kind.token for kind in sc.layer_kinds()}


def test_rows_are_values() -> None:
    for one, other in ((net(), net()), (net(n=28), net(n=28)), (sc.parse("I8-[H8]*N"), sc.parse("I8-[H8]*N"))):
        assert one.layers == other.layers
        assert len({*one.layers, *other.layers}) == len(one.layers)
        assert pickle.loads(pickle.dumps(one.layers)) == one.layers
    assert net(n=28).layers[0] != net(n=29).layers[0]


FORMS: dict[str, Callable[[sc.Formula], sc.Formula]] = {
    "closed": lambda formula: formula,
    "factored": sc.Formula.factor,
    "expanded": sc.Formula.expand,
    "collected": lambda formula: formula.collect("f"),
    "assumed and factored": lambda formula: formula.assume("n % 4 == 0").factor(),
    "factored and assumed": lambda formula: formula.factor().assume("n % 2 == 0", "n % 4 == 0"),
}


@pytest.mark.parametrize("name", FORMS)
def test_every_form_is_the_walk_on_ints(name: str) -> None:
    draw = random.Random(name)
    formula = FORMS[name](net().formula())
    source = formula.python()
    for _ in range(8):
        values = {"c": draw.randint(1, 9), "f": draw.randint(1, 99), "n": 4 * draw.randint(3, 60)}
        count = net(**values).params
        assert eval(source, {}, dict(values)) == count
        assert formula.expr.subs(values) == count
        assert all(condition.holds(values) for condition in formula.conditions)
    assert repr(formula) == str(formula)
    assert formula.data()["of"] == "params"
    assert "f" in formula.latex()
    assert all(formula.to(medium) for medium in ("text", "markdown", "latex", "typst", "python"))


def test_a_formula_is_a_value() -> None:
    formula = net().formula().assume("n % 4 == 0")
    assert formula == net().formula().assume("n % 4 == 0") != net().formula()
    for again in (copy.copy(formula), copy.deepcopy(formula), pickle.loads(pickle.dumps(formula))):
        assert (again, hash(again), str(again)) == (formula, hash(formula), str(formula))


def test_a_shape_has_no_single_expression() -> None:
    formula = net().formula("output", at="P2")
    assert code_of(lambda: formula.expr) == "bad-form"
    assert eval(formula.python(), {}, {"n": 28, "f": 7}) == (7, 5, 5)


def test_a_convention_of_ones_own() -> None:
    mine = sc.Convention("mine", "two biases, and statistics", {"recurrent biases": 2, "statistics count": 1})
    assert sc.parse("I(3,5)-LSTM(4)", convention=mine).params == 4 * (4 * (3 + 4) + 4 + 4)
    assert sc.parse("I(6,8x8)-BN", convention=mine)().params == 4 * 6
    assert sc.parse("I(3,5)-LSTM(4)").params == 4 * (4 * (3 + 4) + 4)
    wrong = sc.Convention("wrong", "a choice with a wrong name", {"recurrent_biases": 2})
    assert code_of(lambda: sc.parse("I(3,5)-LSTM(4)", convention=wrong)) == "unknown-convention"


def test_a_solution_in_its_media() -> None:
    solution = net(n=28, c=1, f=32).derive()
    for medium in ("text", "markdown", "latex", "html", "typst", "json"):
        assert "217706" in solution.to(medium)
    assert "217,706" in solution.to("text", digits="comma")
    assert code_of(lambda: solution.to("text", digits="point")) == "bad-form"
    assert code_of(lambda: solution.to("word")) == "bad-medium"
    # 3 * 3 * 32 weights and a bias for each of 32 filters
    assert str(net(n=28, c=1, f=32).derive(at="C2")).splitlines()[-1].endswith("9248")


def test_a_solution_is_a_pdf() -> None:
    pytest.importorskip("typst")
    assert sc.parse("I8-O2").derive().pdf().startswith(b"%PDF-")

"""Names on a page: each stands for one thing, looks like no other, and is defined there."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from typing import Any

import pytest

import symcount as sc
from symcount.arithmetic.notation import LATEX, MATHML, TYPST, UNICODE
from symcount.counts.names import short_names
from symcount.errors import ArchitectureError
from symcount.render.naming import notation_for
from tests.seeds import chosen_seed

ROUNDS = 100


def grown(draw: random.Random, depth: int) -> str:
    """A random chain over images whose widths and sizes change, in branches and in repeats."""
    count = draw.randint(1, 3)
    return "-".join(link(draw, depth) for _ in range(count))


def link(draw: random.Random, depth: int) -> str:
    plain = [
        f"C({draw.choice(['4', 'f', 'f1', 'f_1', '2*cin', 'cin+g'])},{draw.choice(['3', '1', '5'])})",
        "C(cin,3,p=1)", "P2", "R", "BN", "C(6,3,s=2,p=same)",
    ]  # fmt: skip
    if depth == 0 or draw.random() < 0.5:
        return draw.choice(plain)
    inside = grown(draw, depth - 1)
    kept = draw.choice(["C(4,3,p=same)", "C(cin,1)", "C(f,1)-R"])
    return draw.choice(
        [f"{{{kept}|_}}", f"{{{kept}|C(g,1)}}", f"[{inside}]*2", "[C(cin+1,3)]*N", f"[{{{kept}|_}}]*M", f"[{inside}]"]
    )


def drawn(draw: random.Random, rounds: int) -> Iterator[sc.Architecture]:
    found = 0
    while found < rounds:
        shape = draw.choice(["c,n×n", "c,h×w", "c,n", "n1,n×n", "c_1,m×n"])
        net = sc.parse(f"I({shape})-{grown(draw, 2)}-{draw.choice(['O3', 'H(u)-O2', 'GAP-O3', 'H(q1)'])}")
        try:
            _ = net.formula().conditions
        except ArchitectureError:
            continue
        found += 1
        yield net


def steps(layers: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for layer in layers:
        yield from layer["steps"]
        yield from steps(layer.get("layers", []))


def sizes(layers: list[dict[str, Any]]) -> Iterator[str]:
    for layer in layers:
        yield from map(str, layer["output"])
        yield from sizes(layer.get("layers", []))


WORD = re.compile(r"[A-Za-z_]\w*")


def undefined(answer: dict[str, Any]) -> set[str]:
    """The names on a page that it does not define."""
    worked = [*steps(answer["layers"])]
    texts = [text for step in worked for text in (step["values"], str(step["result"]))]
    total = answer.get("total", {"result": 0, "where": {}})
    texts += [*sizes(answer["layers"]), str(total["result"]), *map(str, total["where"].values())]
    indices = set(re.findall(r"Σ\((\w+)=", " ".join(texts)))
    defined = {*answer["symbols"], *indices, *(step["name"] for step in worked if "name" in step), *total["where"]}
    return {word for text in texts for word in WORD.findall(text)} - defined - {"min", "max", "mod", "for", "sum"}


def test_every_name_on_a_page_is_defined_there_once() -> None:
    seed = chosen_seed()
    print("seed", seed)
    named = 0
    for net in drawn(random.Random(seed), ROUNDS):
        answer = json.loads(net.derive().to("json"))
        assert undefined(answer) == set(), net.text
        names = [step["name"] for step in steps(answer["layers"]) if "name" in step]
        assert len(names) == len(set(names)), net.text
        assert all(re.fullmatch(r"[a-z]_\d+", name) for name in names), net.text
        named += len(names)
    assert named > ROUNDS


def test_a_name_that_is_not_defined_is_seen() -> None:
    answer = json.loads(sc.parse("I(c,n×n)-{C(4,3,p=same)|_}-C(f,3)").derive().to("json"))
    assert undefined(answer) == set()
    del answer["layers"][0]["steps"][0]["name"]
    assert undefined(answer) == {"c_1"}


def test_one_layer_alone_says_what_arrives() -> None:
    answer = json.loads(sc.parse("I(c,n×n)-C(f,3)-P2-C(k,3)").derive(at=3).to("json"))
    assert answer["total"]["where"] == {"n_2": "(n//2) - 1"}
    assert undefined(answer) == set()


def test_sizes_on_the_way_are_numbered_in_order_where_symbols_are_open() -> None:
    names = sc.parse("I(c,n×n)-C(4,3,s=2)-C(4,3,s=2)-[C(f*i,1)]*(i=1..N)-P2").counted.names
    # after two convolutions the passes leave the first channels that are calculated, and the pooling the third size
    assert names == {"n_1": "n_1", "n_2": "n_2", "c_3": "c_1", "n_4": "n_3"}
    assert not sc.parse("I(3,28x28)-C(4,3)-C(4,3)").counted.names


@pytest.mark.parametrize("notation", [LATEX, TYPST, MATHML, UNICODE])
def test_no_name_on_a_page_looks_like_another(notation: Any) -> None:
    seed = chosen_seed()
    print("seed", seed)
    for net in drawn(random.Random(seed), ROUNDS // 4):
        count = net.counted
        names = [*count.trace.symbols, *count.names]
        looks = [notation_for(count, notation).name(name) for name in names]
        assert len(set(looks)) == len(names), net.text


@pytest.mark.parametrize(
    ("source", "latex"),
    [
        ("I-C-H(f1)-O", r"\text{f1} \cdot f_{1} (n - k_{1} + 1)^{2}"),
        ("I(q1,n×m)-P2-O(q2)", r"q_{1} q_{2} t_{1} t_{2} + q_{2}"),
        ("I(c,n×n)-C(n1,3)-P2-O2", r"2 n_{1} m^{2}"),
    ],
)
def test_a_formula_has_a_look_for_each_name(source: str, latex: str) -> None:
    formula = sc.parse(source).formula()
    assert latex in formula.latex()
    assert not {f"{name}_1" for name in ("q", "n")} & formula.where.keys()


def test_rules_give_way_to_the_names_of_the_network() -> None:
    page = sc.parse("I(w,h)-LSTM(5)-O2").derive().to("text")
    assert "4·(c + H + b)·H = 4·(w + 5 + 1)·5" in page
    assert "H its units" in page
    assert "(K²·c_in + 1)·F = (3·3·f + 1)·k" in sc.parse("I(c,n×n)-C(f,3)-C(k,3)").derive().to("text")


def test_a_letter_that_always_stands_for_the_symbol_of_its_name_stays() -> None:
    assert "(k²·c + 1)·f = (3·3·c + 1)·f" in sc.parse("I(c,n×n)-C(f,3)").derive().to("text")


def test_short_names_leave_written_ones_alone() -> None:
    assert short_names([], ["i_b", "i_c"], ["i"]) == {"i_b": "j", "i_c": "l"}

"""The graph of a network, against graphs that were drawn by hand."""

from __future__ import annotations

import doctest
from itertools import pairwise
from typing import Any

import pytest
import sympy

import symcount as sc
from tests.documents import ROOT

Drawn = tuple[str, str] | tuple[str, str, str]


def drawn(net: sc.Architecture) -> tuple[list[str], set[Drawn]]:
    """The names of the nodes in order, numbered where they are met again, and the edges between these."""
    names: list[str] = []
    for node in net.graph.nodes:
        again = sum(name.partition("'")[0] == node.name for name in names)
        names.append(node.name + "'" * again)
    edges: list[Drawn] = []
    for edge in net.graph.edges:
        ends = (names[edge.source], names[edge.target])
        edges.append(ends if edge.argument is None else (*ends, edge.argument))
    assert len(set(edges)) == len(edges)
    return names, set(edges)


def path(*names: str) -> set[Drawn]:
    """The edges along a chain."""
    return set(pairwise(names))


DRAWINGS: dict[str, tuple[str, list[str], set[Drawn]]] = {
    "residual": (
        "I(8,9x9)-{C(8,3,p=1)-R-C(8,3,p=1)+_}-R-O2",
        ["I1", "C1", "R1", "C2", "_1", "add", "R2", "O1"],
        path("I1", "C1", "R1", "C2", "add", "R2", "O1") | path("I1", "_1", "add"),
    ),
    "a label in front of layers that keep the shape": (
        "I(3,8x8)-C(4,3,p=1)@a-R-BN-{_|@a}-O2",
        ["I1", "C1", "R1", "BN1", "_1", "concat", "O1"],
        path("I1", "C1", "R1", "BN1", "_1", "concat", "O1") | {("C1", "concat")},
    ),
    "u-net": (
        "I(1,8x8)-C(4,3,p=1)-R@one-P2-C(8,3,p=1)-R@two-P2-C(16,3,p=1)-T(8,2,s=2)-{@two|_}-C(8,3,p=1)-T(4,2,s=2)-{@one|_}-C(2,1)",
        "I1 C1 R1 P1 C2 R2 P2 C3 T1 _1 concat C4 T2 _2 concat' C5".split(),
        path("I1", "C1", "R1", "P1", "C2", "R2", "P2", "C3", "T1", "_1", "concat", "C4", "T2", "_2", "concat'", "C5")
        | {("R2", "concat"), ("R1", "concat'")},
    ),
    "inception": (
        "I(8,9x9)-{C(4,1)|C(2,1)-C(4,3,p=1)|P(3,s=1,p=1)-C(2,1)}-O2",
        ["I1", "C1", "C2", "C3", "P1", "C4", "concat", "O1"],
        path("I1", "C1", "concat", "O1") | path("I1", "C2", "C3", "concat") | path("I1", "P1", "C4", "concat"),
    ),
    "tied embedding": (
        "I(5)-E(10,8)@tok-LN-R-Lin(10,w=@tok)",
        ["I1", "E1", "LN1", "R1", "Lin1"],
        path("I1", "E1", "LN1", "R1", "Lin1") | {("E1", "Lin1", "tied")},
    ),
    "cross attention over two inputs": (
        "I(8,5)-LN@memory; I(8,7)-LN-MHA(2,from=@memory)-Lin3",
        ["I1", "LN1", "I2", "LN2", "MHA1", "Lin1"],
        path("I1", "LN1") | path("I2", "LN2", "MHA1", "Lin1") | {("LN1", "MHA1", "memory")},
    ),
    "two towers that meet": (
        "I8-H4-R@a; I6-H4@b; {@a|@b}-O2",
        ["I1", "H1", "R1", "I2", "H2", "concat", "O1"],
        path("I1", "H1", "R1", "concat", "O1") | path("I2", "H2", "concat"),
    ),
    "a macro with a body, and without": (
        "def around() = {body+_}; I(4,6x6)-around()[C(4,1)-R]-around()-O2",
        ["I1", "C1", "R1", "_1", "add", "_1'", "add'", "O1"],
        path("I1", "C1", "R1", "add", "_1'", "add'", "O1") | path("I1", "_1", "add") | {("add", "add'")},
    ),
    "a mixture of experts": (
        "I8-moe(8,top=2)[Lin(8)-R]-O2",
        ["I1", "moe1", "Lin1", "R1", "moe", "O1"],
        path("I1", "moe1", "moe", "O1") | path("I1", "Lin1", "R1", "moe"),
    ),
    "a label on a group": (
        "I8-[H8-R]@a-D(0.5)-{_+@a}",
        ["I1", "H1", "R1", "D1", "_1", "add"],
        path("I1", "H1", "R1", "D1", "_1", "add") | {("R1", "add")},
    ),
    "passes that differ, each with its own label": (
        "I(4)-[H(i)@a-R-{_|@a}]*(i=1..2)",
        ["I1", "H1", "R1", "_1", "concat", "H1'", "R1'", "_1'", "concat'"],
        path("I1", "H1", "R1", "_1", "concat", "H1'", "R1'", "_1'", "concat'")
        | {("H1", "concat"), ("H1'", "concat'")},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_graph_is_the_one_drawn_by_hand(name: str) -> None:
    text, nodes, edges = DRAWINGS[name]
    assert drawn(sc.parse(text)) == (nodes, edges)


def test_a_layer_under_two_labels_is_taken_twice() -> None:
    net = sc.parse("I8-H8@a@b-R-{@a+@b}")
    assert [(edge.source, edge.target) for edge in net.graph.edges] == [(0, 1), (1, 2), (1, 3), (1, 3)]


def test_a_node_has_the_shape_that_leaves_it_and_happens_so_often() -> None:
    net = sc.parse("I(c,n×n)-[C(c,3,p=1)-[R]*2]*3-[C(c,1)]*N")
    c, n, often = sympy.symbols("c n N")
    assert [(node.kind, node.output, node.times) for node in net.graph.nodes] == [
        ("I", (c, n, n), 1), ("C", (c, n, n), 3), ("R", (c, n, n), 6), ("C", (c, n, n), often),
    ]  # fmt: skip
    known = net(c=2, n=5, N=4).graph.nodes
    assert [(node.output, node.times) for node in known] == [((2, 5, 5), times) for times in (1, 3, 6, 4)]
    assert all(type(size) is int for node in known for size in (*node.output, node.times))


def test_layers_again_name_the_node_whose_weights_they_have() -> None:
    net = sc.parse("I8-[H8-R]@a-BN-&a*2-H8")
    assert [(node.name, node.weights, node.times) for node in net.graph.nodes] == [
        ("I1", None, 1), ("H1", None, 1), ("R1", None, 1), ("BN1", None, 1),
        ("H1", 1, 2), ("R1", 2, 2), ("H2", None, 1),
    ]  # fmt: skip
    assert [(edge.source, edge.target) for edge in net.graph.edges] == [(at, at + 1) for at in range(6)]


@pytest.mark.parametrize("text", ["I8-H8@a@b-&a", "I8-H8@a@b-&b"])
def test_layers_again_by_either_of_two_labels(text: str) -> None:
    net = sc.parse(text)
    assert net.params == 9 * 8
    assert net.graph.nodes[2].weights == 1


def test_the_label_of_a_layer_that_is_not_there_is_on_what_arrives() -> None:
    net = sc.parse("I8-H16@a@b?-R-{_|@a|@b}-O2")
    assert net(z_1=0).params == sc.parse("I8@a-R-{_|@a|@a}-O2").params == (3 * 8 + 1) * 2
    assert net(z_1=1).params == (8 + 1) * 16 + (3 * 16 + 1) * 2
    assert [(edge.source, edge.target) for edge in net(z_1=0).graph.edges] == [
        (0, 1), (1, 2), (2, 3), (0, 3), (0, 3), (3, 4),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["I8-[H8@x-R]?-{_|@x}-O2", "I8-H8@a?-&a-O2"])
def test_nothing_of_a_layer_that_is_not_there_can_be_taken(text: str) -> None:
    assert sc.parse(text)(z_1=1).params
    with pytest.raises(sc.ArchitectureError) as caught:
        sc.parse(text)(z_1=0).of()
    assert caught.value.code in ("unknown-label", "other-weights")


@pytest.mark.parametrize("name", ["resnet50", "unet-2015", "googlenet", "gpt2", "t5-small", "mixtral-8x7b"])
def test_every_layer_of_a_shipped_network_is_reached(name: str) -> None:
    graph = sc.zoo(name).graph
    assert [node.number for node in graph.nodes] == list(range(len(graph.nodes)))
    assert all(edge.source < edge.target for edge in graph.edges)
    reached = {edge.target for edge in graph.edges}
    assert [node.number for node in graph.nodes if node.number not in reached] == [
        node.number for node in graph.nodes if node.kind == "I"
    ]


def test_resnet50_has_the_layers_that_were_published() -> None:
    # He and others, 2015, table 1: 1 + 3 * (3 + 4 + 6 + 3) convolutions and 4 projections, 16 additions
    nodes = sc.zoo("resnet50").graph.nodes
    assert sum(node.times for node in nodes if node.kind == "C") == 1 + 3 * 16 + 4
    assert sum(node.times for node in nodes if node.kind == "add") == 16


class Recorder:
    """What a graph of networkx is filled by, and no more."""

    def __init__(self) -> None:
        self.nodes: dict[int, dict[str, object]] = {}
        self.edges: list[tuple[int, int, object]] = []

    def add_node(self, node: int, **attributes: object) -> None:
        self.nodes[node] = attributes

    def add_edge(self, source: int, target: int, *, argument: object) -> None:
        assert {source, target} <= self.nodes.keys()
        self.edges.append((source, target, argument))


def test_the_example_of_the_documents_fills_a_graph() -> None:
    page = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    [source] = [
        example.source
        for example in doctest.DocTestParser().get_examples(page)
        if example.source.startswith("def filled")
    ]
    names: dict[str, Any] = {}
    exec(source, names)
    found = names["filled"](Recorder(), sc.parse("I(8,5)@m-LN-MHA(2,from=@m)").graph)
    assert [node["name"] for node in found.nodes.values()] == ["I1", "LN1", "MHA1"]
    assert found.edges == [(0, 1, None), (1, 2, None), (0, 2, "memory")]

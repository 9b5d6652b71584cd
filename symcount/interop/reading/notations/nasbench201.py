"""``|nor_conv_3x3~0|+|…|``: a cell of NAS-Bench-201, as its network for 32x32 images with ten classes.

Dong and Yang, NAS-Bench-201, 2020, figure 1: node by node, the operations on the nodes before. The network has 16, 32
and 64 channels in its stages, and 5 cells in each.
"""

from __future__ import annotations

import re

from symcount.interop.reading.network import Network
from symcount.interop.reading.notations.notation import Notation, unreadable

_OPERATIONS = {
    "none": "zero",
    "skip_connect": "_",
    "nor_conv_1x1": "edge(1)",
    "nor_conv_3x3": "edge(3)",
    "avg_pool_3x3": "AP(3,s=1,p=1)",
}

_NETWORK = (
    "def edge(k) = R-C(cin,k,p=(k-1)/2,bias=off)-BN; def cell = {cell}; "
    "def down(f) = {{R-C(f,3,s=2,p=1,bias=off)-BN-R-C(f,3,p=1,bias=off)-BN+AP2-C(f,1,bias=off)}}; "
    "I(3,32x32)-cb(16,3,1,1)-cell*5-down(32)-cell*5-down(64)-cell*5-BN-R-GAP-O10"
)


def _read(text: str) -> Network:
    nodes = [_edges(text, node) for node in re.finditer(r"\|[^+]*\|", text)]
    wrong = next(
        (place for place, edges in enumerate(nodes) if [source for _, source in edges] != [*range(place + 1)]), None
    )
    if len(nodes) != 3 or wrong is not None:
        raise unreadable(text, text.strip(), 0, "a cell has three nodes, and each an edge from every node before it")
    cell = "-".join(("[_]@x0", *(f"{_node(edges)}@x{place}" for place, edges in enumerate(nodes, 1))))
    about = "a cell of NAS-Bench-201, in its network of 16 channels and 5 cells a stage for CIFAR-10"
    return Network(_NETWORK.format(cell=cell), about=about)


def _edges(text: str, node: re.Match[str]) -> list[tuple[str, int]]:
    found = []
    for edge in node[0].strip("|").split("|"):
        match = re.fullmatch(r"(\w+)~([0-2])", edge)
        if match is None or match[1] not in _OPERATIONS:
            raise unreadable(text, edge, node.start() + node[0].index(edge), f"operations are {', '.join(_OPERATIONS)}")
        found.append((_OPERATIONS[match[1]], int(match[2])))
    return found


def _node(edges: list[tuple[str, int]]) -> str:
    parts = [f"@x{source}" if layer == "_" else f"@x{source}-{layer}" for layer, source in edges]
    return f"{{{'+'.join(parts)}}}"


NASBENCH201 = Notation(re.compile(r"\A\s*\|\w+~0\|\+\|"), "a cell of NAS-Bench-201", _read)

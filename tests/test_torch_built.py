"""Whole networks as PyTorch builds them of the exported code: every layer's shape, parameters and products."""

from __future__ import annotations

import os
import shlex
from inspect import signature
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from symcount.cli.commands import command
from symcount.counts import Count, counted
from symcount.interop.writing.targets import exported
from tests.building import ALIKE_ONCE_DIFFERED, LENGTH, holds_random, known, see_a_wrong_rule, smallest_but

if os.environ.get("SYMCOUNT_ORACLE") != "torch":
    pytest.importorskip("torch")

import torch

from symcount.interop.checking.torch import building

DRAWN = 400
"""Random networks that are built."""

FAMILIES = smallest_but("lenet5-1998", "imdb-bilstm")
"""The smallest network of each family, but for two: PyTorch has no table of connections, and two biases a gate."""

ONCE_DIFFERED = (
    "I(4,4)-resize(7)-C(4,2,s=2)-bi[RNN(6,last=on)]",
    "I(2,10,4)-SE(3)@m-MHA(1,from=@m)",
    "I(2,4)-MHA(4,dk=4,norm=on,rel=9,win=2)",
    "def m(f) = {body|C(f,1)}; I(2,6)-m(3)-m(1)",
    "def m(f) = {body+C(f,1)}-body; I(2,6)-m(2)[C(2,1)]-m(2)-m(2)[C(2,3,p=1)-R]",
    "I(6)-GN(1)-H1-GN(1)",
    "I(3,32x32)@a-C(4,3,p=1)-{@a|_}@double-P2-H2",
    "I(3,9x9)-P((4,3),s=2,p=same,d=2)-O2",
    "I(8,2x2x3)-AP(4,p=1)",
    "I(8,9)-act-frozen[moe(3,top=1,shared=1)[FF(4)]]",
    "I(9)-E(14,4)-[MLA(2,1,2,5,dv=3)-P(3,s=2)]@l-&l",
    "I(2,8)-[PE(kind=sin)-swap]@l-&l",
    "def m(f) = {_|C(f,1)}; I(1,4)-[[SE(3)]@l-{@l|_}]*1-m(3)*3-m(2)",
    "I(2,12,5)-GN(1)-[[C(1,1)]*0]@l-&l-[&l]*2-O1",
    "I(1,10)-frozen[bi[RNN(4)]-SE(3)]",
    "def attention(f) = {C(f,1)|_}-seq-MHA(1)-GAP; I(3,8x8)-attention(3)-O2",
    "def network(self, super) = C(self,1)-C(super,1); I(3,8x8)-network(3,4)-network(4,5)-O2",
    "def m(in_channels, channels) = C(channels,1)-C(in_channels,1)-R; I(3,8x8)-m(4,3)-m(5,2)-m(3,3)-O2",
    "I(8,56x56)-{DW(7,p=3)-LN-Lin(32)-gelu-Lin(8)-scale+_}*2",
    "I(8,4)-Finch(2,mix=1,d=4)",
)
"""Lines that were once built otherwise than they are counted."""


def agrees(count: Count) -> int:
    """Hold every layer, and return how many there were."""
    found = building(count)
    assert [each for each in (*found.layers, found.total) if each.differences] == [], count.program.source
    return len(found.layers)


@pytest.mark.parametrize("name", FAMILIES.values())
def test_a_network_of_every_family(name: str) -> None:
    assert agrees(known(f"zoo:{name}", "torch"))


@pytest.mark.parametrize("line", [*ALIKE_ONCE_DIFFERED, *ONCE_DIFFERED])
def test_what_once_differed(line: str) -> None:
    assert agrees(known(line, "torch"))


def test_random_networks_over_the_whole_language() -> None:
    torch.set_num_threads(1)
    holds_random(DRAWN, "torch", agrees, DRAWN // 5, EVERY)


EVERY = (
    "C T DW SC P AP GAP GMP AAP AMP resize U pad crop H O Lin BN LN RMS GN IN LRN R D _ PR scale bias F seq swap take "
    "shuffle rep reshape free param cls tok SE ECA GRN PE MHA MLA FF GLU moe RNN GRU LSTM E queries attend S6 SSD "
    "TMix CMix Finch Goose"
)
"""Kinds of which each is among the random networks."""


NOT_OPEN = {"inception-v3", "inception-v1-bn", "unet-depth"}
"""Families that no code says with every symbol open: a branch that may not be there, labels of an open repeat."""


@pytest.mark.parametrize("family", sorted({*FAMILIES} - NOT_OPEN))
def test_a_family_with_open_symbols_holds_its_own_formula(family: str) -> None:
    """The class of the network asserts the formula of its total whenever it is made."""
    code = exported(counted(f"zoo:{family}", {}, convention="torch"), "torch")
    given = {**counted(f"zoo:{FAMILIES[family]}", {}).bindings, "N": 3}
    names: dict[str, Any] = {}
    with torch.device("meta"):
        exec(compile(code, family, "exec"), names)
        asked = [*signature(names["Network"]).parameters] if "Network" in names else []
        sizes = {name: given.get(name, LENGTH) for name in asked}
        if asked and all(isinstance(size, int) for size in sizes.values()):
            names["Network"](**sizes)
            if family == "resnet-basic":
                formula = code.rpartition("assert total == (")[2]
                wrong = code.replace(formula, f"1 + {formula}")
                exec(compile(wrong, family, "exec"), names)
                with pytest.raises(AssertionError):
                    names["Network"](**sizes)


def test_the_table_that_the_page_shows() -> None:
    page = (Path(__file__).parent.parent / "docs" / "export.md").read_text(encoding="utf-8")
    shown = page.partition("```text\n$ symcount verify ")[2].partition("```")[0]
    line, _, table = shown.partition("\n")
    found = CliRunner().invoke(command, ["verify", *shlex.split(line)])
    assert found.output == table


def test_a_wrong_rule_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    see_a_wrong_rule(monkeypatch, "torch", building)

"""The shipped networks, built by transformers: each has the total that the zoo states."""

from __future__ import annotations

import os

import pytest

from symcount.catalogue import Model, models

if os.environ.get("SYMCOUNT_ORACLE") != "transformers":
    pytest.importorskip("transformers")

from symcount.interop.checking.library import built_total
from symcount.records import replace

BUILT = [each for each in models() if each.built.startswith("transformers.")]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("network", BUILT, ids=[each.name for each in BUILT])
def test_a_network_is_built_to_its_total(network: Model) -> None:
    assert built_total(network) == network.total


@pytest.mark.filterwarnings("ignore")
def test_another_size_is_built_to_another_total() -> None:
    network = next(each for each in BUILT if each.name == "gpt2")
    assert built_total(replace(network, bindings={**network.bindings, "N": 11})) != network.total

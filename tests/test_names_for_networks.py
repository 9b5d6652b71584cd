"""A name where a network is meant: of the zoo, of a model elsewhere, of a file."""

from __future__ import annotations

import pytest

import symcount as sc
from symcount.catalogue import containing, families, models


@pytest.mark.parametrize(("text", "message", "hint"), [
    ("resnet50", "the name of a network", "write zoo:resnet50"),
    ("ResNet-50", "the name of a network", "write zoo:resnet50"),
    (" VGG_16 ", "the name of a network", "write zoo:vgg16"),
    ("gpt-2", "the name of a network", "write zoo:gpt2"),
    ("llama-3.1-405b", "the name of a network", "write zoo:llama-3.1-405b"),
    ("efficientnet", "the name of a network", "write zoo:efficientnet"),
    ("meta-llama/Llama-3.1-70B", "a model on Hugging Face", "the nearest in the zoo is zoo:llama-3.1-70b"),
    ("https://huggingface.co/google/gemma-2b", "a model on Hugging Face", "zoo:gemma-2b"),
    ("someone/zzzzzzzz", "a model on Hugging Face", "symcount zoo lists the networks"),
    ("net.txt", "the name of a file", "symcount count - < net.txt"),
    ("./models/net.py", "the name of a file", "Python code is not read"),
    ("config.json", "the name of a file", "symcount from config.json"),
    ("model.safetensors", "the name of a file", "--against model.safetensors"),
    ("model.pt", "the name of a file", "a saved model is not read"),
])  # fmt: skip
def test_a_name_is_no_network(text: str, message: str, hint: str) -> None:
    with pytest.raises(sc.ArchitectureError) as raised:
        _ = sc.parse(text).params
    error = raised.value
    assert error.code == "name-alone"
    assert message in error.message
    assert hint in (error.hint or "")
    assert error.source == text
    assert error.span is not None
    assert text[slice(*error.span)] == text.strip()


@pytest.mark.parametrize("text", ["I7/84", "I(3,9)-Q", "conv-pool", "I-C/P", "x.y"])
def test_other_mistakes_are_not_taken_for_a_name(text: str) -> None:
    with pytest.raises(sc.ArchitectureError) as raised:
        _ = sc.parse(text).params
    assert raised.value.code != "name-alone"


def test_every_name_of_the_zoo_is_known_alone() -> None:
    for name in [*(model.name for model in models()), *families()]:
        with pytest.raises(sc.ArchitectureError) as raised:
            _ = sc.parse(name).params
        assert (raised.value.code, (raised.value.hint or "")[:10]) == ("name-alone", "write zoo:"), name


def test_a_part_of_a_name_finds_all_that_have_it() -> None:
    assert containing("VGG") == [model.name for model in models() if model.family == "vgg"]
    with pytest.raises(sc.ArchitectureError) as raised:
        sc.parse("zoo:resnet")
    assert (raised.value.hint or "").startswith("it has resnet18, resnet34, resnet50, ")
    assert "more" in (raised.value.hint or "")


def test_notes_are_few() -> None:
    assert sc.parse("I(3,224x224)-[C(3,3,s=2)-R]*3-C(3,3,s=2)").notes[0].count("never seen") == 1
    notes = sc.parse("I(3,224x224)-C(3,3,s=2)-C(3,3,s=2)-C(3,2,s=2)-C(3,3,s=2)").notes
    assert notes == ("C1 and C3: the last row and column are never seen",)

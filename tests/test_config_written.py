"""Networks as a config.json: what is written says the same network, and what no type of config says is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner

import symcount
from symcount.cli.commands import command
from symcount.counts import Count, counted
from symcount.errors import ArchitectureError
from symcount.interop.reading.huggingface import read_config
from symcount.interop.reading.huggingface.reader import types
from symcount.interop.writing.config import code, written_as
from symcount.interop.writing.targets import exported


def of_config(**said: Any) -> Count:
    return counted(read_config(said).numbers, {})


def written(line: str, **values: int | str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(code(counted(line, values)))
    return found


WRITTEN = [name for name, traits in types().items() if "kinds" not in traits and name not in ("resnet", "detr")]
"""The types that are written: of images of any size only with their size."""


@pytest.mark.parametrize("type_", WRITTEN)
def test_a_type_is_written_as_it_was_read(type_: str) -> None:
    network = of_config(model_type=type_, num_experts_per_tok=2)
    said = written_as(type_, network)
    assert said is not None
    assert (said["model_type"], of_config(**said).text) == (type_, network.text)


LLAMA = "I(L)-E(1000,48)-[{RMS-MHA(6,kv=2,bias=off)+_}-{RMS-GLU(100)+_}]*3-RMS-Lin(1000,bias=off)"


def test_the_fields_are_those_of_the_network() -> None:
    assert written(LLAMA) == {
        "architectures": ["LlamaForCausalLM"], "head_dim": 8, "hidden_size": 48, "intermediate_size": 100,
        "model_type": "llama", "num_attention_heads": 6, "num_hidden_layers": 3, "num_key_value_heads": 2,
        "tie_word_embeddings": False, "vocab_size": 1000,
    }  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "let d = 48; I(L)-E(1000,d)-[{_+RMS-MHA(d/8,kv=2,dk=8,bias=off)}-res[RMS-GLU(100)]]*3-RMS-Lin(1000,bias=off)",
        "def blk(f) = [{RMS-MHA(6,kv=2,bias=off)+_}-{RMS-GLU(f)+_}];"
        "I(L)-E(1000,48)-blk(100)-[blk(100)]*(2)-RMS-Lin(1000,bias=off)",
        "I(L)-E(1000,48)@a; @a-[{RMS-MHA(6,kv=2,bias=off)+_}-{RMS-GLU(100)+_}]*(i=0..2)-[RMS]-Lin(1000,bias=off)",
    ],
)
def test_another_text_of_the_network_is_the_same(line: str) -> None:
    assert written(line) == written(LLAMA)


@pytest.mark.parametrize(
    ("network", "name"),
    [
        ("zoo:gpt2", "gpt2 GPT2LMHeadModel"),
        ("zoo:opt-125m", "opt OPTForCausalLM"),
        ("zoo:bert-base-pretraining", "bert BertForPreTraining"),
        ("zoo:t5-small", "t5 T5ForConditionalGeneration"),
        ("zoo:whisper-tiny", "whisper WhisperForConditionalGeneration"),
        ("zoo:falcon-40b", "falcon FalconForCausalLM"),
        ("zoo:deepseek-v2-lite", "deepseek_v2 DeepseekV2ForCausalLM"),
        ("zoo:vit_b_16", "vit ViTForImageClassification"),
        ("zoo:albert-base", "albert AlbertModel"),
    ],
)
def test_a_shipped_network_is_of_its_type(network: str, name: str) -> None:
    said = written(network)
    assert " ".join((said["model_type"], *said["architectures"])) == name
    assert of_config(**said).of("params") == counted(network, {}).of("params")


def test_layers_that_differ_are_listed() -> None:
    said = {"model_type": "qwen3_moe", "num_hidden_layers": 5, "decoder_sparse_step": 2, "mlp_only_layers": [3]}
    network = of_config(**said)
    found = written_as("qwen3_moe", network)
    assert found["mlp_only_layers"] == [0, 2, 3, 4]
    assert of_config(**found).of("params") == network.of("params")


REFUSED = {
    "zoo:vgg16": "C1: no config type says this network: the nearest, vit, has C(d,p,s=p",
    LLAMA.replace("-RMS-Lin", "-LN-Lin"): "LN1: no config type says this network: the nearest, llama, has RMS here",
    LLAMA.replace(
        "-RMS-Lin(1000,bias=off)", ""
    ): "add: no config type says this network: the nearest, llama, has RMS behind it",
    LLAMA.replace("48", "d"): "a config has numbers, and d is open",
    "I(L)-E(9,4)-[R]*30000": "at most 20,000 are compared",
}


@pytest.mark.parametrize("line", REFUSED)
def test_what_no_type_says_is_refused(line: str) -> None:
    with pytest.raises(ArchitectureError) as found:
        written(line)
    assert REFUSED[line] in str(found.value)


def test_what_is_counted_otherwise_is_refused() -> None:
    with pytest.raises(ArchitectureError, match="MHA1"):
        written(LLAMA.replace("[{RMS-MHA", "[{RMS-frozen[MHA").replace("off)+_}-{RMS-GLU", "off)]+_}-{RMS-GLU"))


def test_the_command_writes_json_that_is_read() -> None:
    told = CliRunner().invoke(command, ["export", LLAMA, "--to", "config"])
    assert symcount.from_config(json.loads(told.output)).params == symcount.parse(LLAMA).params
    assert told.output == exported(counted(LLAMA, {}), "config")

"""Configs of Hugging Face: published ones with their totals, what they leave out, and what is refused."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner

import symcount
from symcount.cli.commands import command
from symcount.errors import ArchitectureError
from symcount.interop.reading.files import MOST_BYTES
from symcount.interop.reading.huggingface import read_config
from symcount.interop.reading.huggingface.reader import types
from symcount.interop.reading.json_text import read_json
from symcount.interop.reading.source import read_content
from tests.seeds import chosen_seed

_FILE = Path(__file__).parent / "cases" / "configs.txt"


class Published(NamedTuple):
    config: str
    total: int
    source: str


def published() -> list[Published]:
    lines = (line for line in _FILE.read_text(encoding="utf-8").splitlines() if not line.startswith("##"))
    return [Published(config, int(total), source) for config, total, source in (line.split("\t") for line in lines)]


def params(**config: Any) -> object:
    return symcount.from_config(config).params


@pytest.mark.parametrize("case", published(), ids=lambda case: case.source)
def test_a_published_config_has_its_total(case: Published) -> None:
    read = read_content(case.config.encode(), "config.json")
    assert symcount.parse(read.numbers).params == case.total
    assert symcount.parse(read.letters)(**read.sizes).params == case.total


def test_there_are_cases_of_every_family() -> None:
    found = {json.loads(case.config)["model_type"] for case in published()}
    assert len(published()) >= 60
    assert len(found) >= 37


@pytest.mark.parametrize("name", types())
def test_a_type_alone_has_its_defaults(name: str) -> None:
    read = read_config({"model_type": name})
    assert isinstance(symcount.parse(read.numbers).params, int)
    assert symcount.parse(read.letters)(**read.sizes).params == symcount.parse(read.numbers).params


SMALL = {
    "vocab_size": 100, "hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 24,
    "num_key_value_heads": 2,
}  # fmt: skip


def test_what_is_left_out_has_the_default_of_its_type() -> None:
    words = 100 * 16
    for tied, others in (("llama", "mistral"), ("gemma", "starcoder2")):
        for name in (tied, others):
            said = params(model_type=name, **SMALL, head_dim=4)
            asked = params(model_type=name, **SMALL, head_dim=4, tie_word_embeddings=tied == "gemma")
            assert said == asked
            other = params(model_type=name, **SMALL, head_dim=4, tie_word_embeddings=tied != "gemma")
            assert abs(other - said) == words  # type: ignore[operator]


def test_null_is_what_the_size_is_derived_from() -> None:
    every = {**SMALL, "num_key_value_heads": None, "head_dim": None}
    assert params(model_type="mistral", **every) == params(model_type="mistral", **SMALL | {"num_key_value_heads": 4})
    assert params(model_type="gpt2", n_embd=8, n_head=2, n_inner=None) == params(
        model_type="gpt2", n_embd=8, n_head=2, n_inner=32
    )


def test_words_are_as_wide_as_the_blocks_where_nothing_else_is_said() -> None:
    said = {"model_type": "opt", "hidden_size": 16, "num_attention_heads": 2, "ffn_dim": 8}
    assert params(**said) == params(**said, word_embed_proj_dim=16)


def test_what_a_type_computes_is_not_read() -> None:
    said = {"model_type": "mamba2", "hidden_size": 16, "expand": 3}
    assert params(**said) == params(**said, intermediate_size=40)
    said = {"model_type": "mamba", "hidden_size": 16, "expand": 3}  # where what is said stands
    assert params(**said) != params(**said, intermediate_size=40)


def test_names_of_old_configs_are_read() -> None:
    old = {"model_type": "falcon", "hidden_size": 32, "n_layer": 3, "n_head": 4, "n_head_kv": 2, "vocab_size": 50}
    new = {
        "model_type": "falcon",
        "hidden_size": 32,
        "num_hidden_layers": 3,
        "num_attention_heads": 4,
        "num_kv_heads": 2,
    }
    more = {"new_decoder_architecture": True}
    assert params(**old, **more) == params(**new, vocab_size=50, **more)
    experts = {"model_type": "mixtral", **SMALL}
    assert params(**experts, num_experts=4) == params(**experts, num_local_experts=4)


@pytest.mark.parametrize(
    ("config", "line"),
    [
        ({"decoder_sparse_step": 1}, "[{sparse}]*8"),
        ({"decoder_sparse_step": 2}, "[[{dense}]-[{sparse}]]*4"),
        ({"decoder_sparse_step": 3}, "[[{dense}]*2-[{sparse}]]*2-[{dense}]*2"),
        ({"mlp_only_layers": [0]}, "[[{dense}]-[{sparse}]*7]*1"),
        ({"num_experts": 0}, "[{dense}]*8"),
        ({"num_hidden_layers": 0}, "[{dense}]*0"),
    ],
)
def test_layers_that_differ(config: dict[str, Any], line: str) -> None:
    said = {"model_type": "qwen3_moe", **SMALL, "num_hidden_layers": 8, "num_experts": 4, **config}
    attention = "{RMS-MHA(4,kv=2,bias=off,norm=on)+_}"
    dense, sparse = f"{attention}-{{RMS-GLU24+_}}", f"{attention}-{{RMS-moe(4,top=8)[GLU768]+_}}"
    expected = f"I(L)-E(100,16)-{line.format(dense=dense, sparse=sparse)}-RMS-Lin(100,bias=off)"
    if "num_experts" not in config:
        assert read_config(said).numbers == expected
    else:
        assert read_config(said).numbers == expected.replace("moe(4", "moe(0")


def test_the_text_of_a_model_of_several_parts_is_counted_alone() -> None:
    read = read_config(
        {"model_type": "llava", "text_config": {"model_type": "llama", **SMALL}, "tie_word_embeddings": True}
    )
    assert read.numbers == read_config({"model_type": "llama", **SMALL, "tie_word_embeddings": True}).numbers
    assert read.notes == ("only the text_config of llava is counted, none of its other parts",)


def test_a_text_without_a_type_has_that_of_its_model() -> None:
    read = read_config({"model_type": "gemma3", "text_config": {"hidden_size": 64, "num_hidden_layers": 2}})
    assert read.numbers == read_config({"model_type": "gemma3_text", "hidden_size": 64, "num_hidden_layers": 2}).numbers
    assert read.notes == ("only the text_config of gemma3 is counted, none of its other parts",)


def test_a_quantized_config_is_counted_in_parameters() -> None:
    read = read_config({"model_type": "llama", **SMALL, "quantization_config": {"bits": 4}})
    assert "parameters, not the bytes" in read.lines()
    assert read.numbers == read_config({"model_type": "llama", **SMALL}).numbers


def test_labels_are_counted() -> None:
    small = {
        "model_type": "bert",
        "hidden_size": 8,
        "num_attention_heads": 2,
        "architectures": ["BertForTokenClassification"],
    }
    assert params(**small, id2label={"0": "a", "1": "b", "2": "c"}) == params(**small, num_labels=3)
    assert params(**small, num_labels=3) - params(**small) == 9  # type: ignore[operator]


REFUSED: dict[str, tuple[dict[str, Any], str, str]] = {
    "no type": ({"auto_map": {}}, "unknown-type", "names no model_type"),
    "code": ({"model_type": "llama", "auto_map": {"a": "b"}}, "unknown-type", "take the line of auto_map out"),
    "code of another type": ({"model_type": "x", "auto_map": {"a": "b"}}, "unknown-type", "only the library's own"),
    "another type": ({"model_type": "qwen4"}, "unknown-type", "nearest that is read is qwen"),
    "a type that is none": ({"model_type": ["llama"]}, "unknown-type", "names no model_type"),
    "another architecture": ({"model_type": "gpt2", "architectures": ["GPT2X"]}, "unknown-type", "read are names"),
    "architectures": ({"model_type": "gpt2", "architectures": "GPT2LMHeadModel"}, "bad-config", "a list of names"),
    "a text for a size": ({"model_type": "llama", "hidden_size": "big"}, "bad-config", "hidden_size is a whole"),
    "a part of a size": ({"model_type": "llama", "hidden_size": 0.5}, "bad-config", "found 0.5"),
    "a size below one": ({"model_type": "llama", "vocab_size": 0}, "bad-config", "from 1"),
    "a negative size": ({"model_type": "llama", "num_hidden_layers": -1}, "bad-config", "from 0"),
    "a huge size": ({"model_type": "llama", "hidden_size": 10**16}, "bad-config", "to 1,000"),
    "a decoder of two": ({"model_type": "gpt2", "add_cross_attention": True}, "unknown-type", "looks at an encoder"),
    "heads": ({"model_type": "bert", "hidden_size": 10, "num_attention_heads": 3}, "not-divisible", "heads (=3)"),
    "a step of none": ({"model_type": "qwen3_moe", "decoder_sparse_step": 0}, "bad-config", "from 1"),
    "dense layers": ({"model_type": "qwen3_moe", "mlp_only_layers": ["a"]}, "bad-config", "whole numbers"),
    "layers": ({"model_type": "qwen3_moe", "num_hidden_layers": 10**9}, "limit", "at most 10,000"),
    "few words": ({"model_type": "lfm2", "layer_types": ["conv"]}, "bad-config", "has 1 words, and there are 32"),
    "another word": ({"model_type": "lfm2", "num_hidden_layers": 1, "layer_types": ["x"]}, "bad-config", "of kind x"),
    "words that are none": ({"model_type": "lfm2", "layer_types": [1]}, "bad-config", "a list of words"),
    "places": ({"model_type": "bamba", "attn_layer_indices": "all"}, "bad-config", "a list of whole numbers"),
    "a short list": ({"model_type": "convnext", "depths": [1, 2]}, "bad-config", "the config says no depths.2"),
    "no list": ({"model_type": "convnext", "depths": 3}, "bad-config", "depths is a list, found 3"),
    "more stages": ({"model_type": "convnext", "num_stages": 5}, "unknown-type", "only four stages"),
    "a width that is rounded": ({"model_type": "lfm2", "block_ffn_dim_multiplier": 1.5}, "unknown-type", "rounded"),
    "five stages": ({"model_type": "resnet", "hidden_sizes": [8, 16, 32, 64, 128]}, "unknown-type", "four stages"),
    "another backbone": ({"model_type": "detr", "backbone": "resnet50d"}, "unknown-type", "ResNet-50 and ResNet-101"),
    "a part of another": ({"model_type": "detr", "backbone_config": {"model_type": "a"}}, "unknown-type", "a ResNet"),
    "a part that is none": ({"model_type": "clip", "text_config": 3}, "bad-config", "object of fields"),
    "tables of words": ({"model_type": "bart", "tie_word_embeddings": False}, "unknown-type", "no layer reads"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused(name: str) -> None:
    config, code, part = REFUSED[name]
    with pytest.raises(ArchitectureError) as raised:
        _ = symcount.from_config(config).params
    assert raised.value.code == code
    assert part in str(raised.value)


@pytest.mark.parametrize(
    ("text", "code", "part"),
    [
        ("[" * 101 + "]" * 101, "too-deep", "at most 100"),
        ('{"a": ' * 1_000_000, "too-deep", "at most 100"),
        ('{"a": 1, "a": 2}', "bad-file", "says 'a' twice"),
        ('{"a": NaN}', "bad-file", "NaN is no number"),
        ('{"a": ' + "9" * 5_000 + "}", "bad-file", "5,000 characters"),
        ('{"a": 1e999999999999999999999}', "bad-file", "no number that can be kept"),
        ('{"a": }', "bad-file", "not JSON"),
        ('"' + "[" * 200 + '"x', "bad-file", "not JSON"),
    ],
)
def test_json_is_bounded(text: str, code: str, part: str) -> None:
    with pytest.raises(ArchitectureError) as raised:
        read_json(text, "x.json")
    assert raised.value.code == code
    assert part in str(raised.value)


def test_brackets_in_a_text_of_json_nest_nothing() -> None:
    assert read_json(json.dumps({"a": "[" * 500 + '\\"'}), "x.json") == {"a": "[" * 500 + '\\"'}


def test_a_folder_and_standard_input_are_read(tmp_path: Path) -> None:
    config = json.dumps({"model_type": "gpt2", "architectures": ["GPT2LMHeadModel"]})
    (tmp_path / "config.json").write_text("\ufeff" + config, encoding="utf-8")
    expected = (
        "# gpt2, GPT2LMHeadModel\n"
        "I1024-E(50257,768)@word-PE1024-[{LN-MHA12+_}-{LN-FF3072+_}]*12-LN-Lin(50257,bias=off,w=@word)\n"
    )
    for words, given in (([str(tmp_path)], None), ([str(tmp_path / "config.json")], None), (["-"], config)):
        result = CliRunner().invoke(command, ["from", *words], input=given)
        assert (result.exit_code, result.output) == (0, expected)
    assert symcount.from_file(tmp_path).params == 124_439_808


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"\xff\xfe", "not-text"), (b"", "unknown-source"), (b"{}", "unknown-source"), (b"[1]", "unknown-source")],
)
def test_a_file_that_is_something_else(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "config.json"
    path.write_bytes(content)
    with pytest.raises(ArchitectureError) as raised:
        symcount.from_file(path)
    assert raised.value.code == code


def test_a_large_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "config.json"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(ArchitectureError, match="the most that are read"):
        symcount.from_file(path)


def test_the_letters_give_the_formula() -> None:
    config = json.dumps({"model_type": "llama"})
    text = CliRunner().invoke(command, ["from", "-", "--symbols"], input=config).output
    assert "# V=32000 d=4096 h=32 d_ff=11008 N=32\n" in text
    result = CliRunner().invoke(command, ["formula", "-"], input=text)
    assert "params = 4*N*d^2 + 3*N*d*d_ff + 2*N*d + 2*V*d + d" in result.output


def test_the_page_names_every_type() -> None:
    page = (Path(__file__).parent.parent / "docs" / "import.md").read_text(encoding="utf-8")
    [table] = re.findall(r"^\| family \| types \|\n(?:\|.*\n)+", page, re.MULTILINE)
    assert sorted(re.findall(r"`([\w-]+)`", table)) == sorted(types())


ODD: tuple[object, ...] = (
    None,
    True,
    -1,
    0,
    1,
    3,
    10**15,
    10**40,
    0.5,
    "auto",
    "",
    [],
    [1, 2],
    [16, 16],
    {},
    {"model_type": "gpt2"},
)


def mutated(config: dict[str, Any], choose: random.Random) -> dict[str, Any]:
    """A config with a few of its fields, or of fields that decide elsewhere, given odd values or left out."""
    fields = [*config, *(name for traits in types().values() for name in traits["defaults"])]
    changed = dict(config)
    for field in choose.sample(fields, choose.randint(1, 4)):
        if choose.random() < 0.3:
            changed.pop(field, None)
        else:
            changed[field] = choose.choice(ODD)
    return changed


def fuzz(rounds: int, seed: int) -> int:
    """Read mutated configs and broken texts: each gives a line, or an error with a code. How many gave a line."""
    choose = random.Random(seed)
    configs = [json.loads(case.config) for case in published()]
    read = 0
    for _ in range(rounds):
        text = json.dumps(mutated(choose.choice(configs), choose))
        if choose.random() < 0.2:
            at = choose.randrange(len(text))
            text = (
                text[:at]
                + choose.choice(('"', "{", "]", ",", "\0", "\ud800", "9" * 200, ""))
                + text[at + choose.randint(0, 3) :]
            )
        try:
            found = read_content(text.encode("utf-8", "surrogatepass"), "config.json")
            symcount.parse(found.numbers)
            read += 1
        except ArchitectureError as error:
            assert str(error), text
    return read


def test_mutated_configs_are_read_or_refused() -> None:
    assert fuzz(600, chosen_seed()) > 100

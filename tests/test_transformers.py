"""Every type of config.json that is read, against the model that the library transformers builds of it.

Where transformers is not installed, nothing here runs; ``SYMCOUNT_ORACLE=transformers`` says that it must be there.
``SYMCOUNT_CONFIGS`` is how many random configs of each type are built, on the meta device, which keeps no values.
"""

from __future__ import annotations

import json
import os
import random
import warnings
from collections import Counter
from typing import Any

import pytest

if os.environ.get("SYMCOUNT_ORACLE") != "transformers":
    pytest.importorskip("transformers")

import torch
import transformers

import symcount
from symcount.counts import Count, counted
from symcount.interop.reading.huggingface import read_config
from symcount.interop.reading.huggingface.reader import types
from symcount.interop.writing.config import written_as
from tests.seeds import chosen_seed

CONFIGS = int(os.environ.get("SYMCOUNT_CONFIGS", "25"))
WRITTEN = 3
"""How many of them are written as a config again, and built of that."""

transformers.logging.set_verbosity_error()  # type: ignore[no-untyped-call,unused-ignore]  # untyped where it is installed
choose = random.Random(chosen_seed())
ran: Counter[str] = Counter()


def drawn(*choices: Any) -> Any:
    return choose.choice(choices)


def sizes() -> dict[str, Any]:
    """Sizes that most decoders name so; heads divide the width."""
    kv, group, one = drawn(1, 2, 3), drawn(1, 2, 4), 2 * drawn(2, 4, 5)
    return {
        "vocab_size": choose.randint(80, 300), "hidden_size": kv * group * one,
        "num_hidden_layers": choose.randint(1, 5), "num_attention_heads": kv * group, "num_key_value_heads": kv,
        "intermediate_size": choose.randint(1, 90),
        "max_position_embeddings": choose.randint(8, 64), "tie_word_embeddings": drawn(True, False),
        "pad_token_id": 0, "bos_token_id": 1, "eos_token_id": 2,
    }  # fmt: skip


FLAGS = {
    "llama": ("attention_bias", "mlp_bias"), "granite": ("attention_bias", "mlp_bias"),
    "smollm3": ("attention_bias", "mlp_bias"), "seed_oss": ("attention_bias", "attention_out_bias", "mlp_bias"),
    "ernie4_5": ("use_bias",), "qwen3": ("attention_bias",), "gemma": ("attention_bias",),
    "gemma2": ("attention_bias",), "gemma3_text": ("attention_bias",), "olmo2": ("attention_bias",),
    "olmo3": ("attention_bias",), "cohere": ("attention_bias", "use_qk_norm"), "cohere2": ("attention_bias",),
    "stablelm": ("use_qkv_bias", "qk_layernorm", "use_parallel_residual"), "starcoder2": ("use_bias",),
    "phi": ("qk_layernorm",), "gpt_neox": ("attention_bias", "use_parallel_residual"),
    "opt": ("enable_bias", "do_layer_norm_before", "layer_norm_elementwise_affine", "_remove_final_layer_norm"),
    "falcon": ("bias", "parallel_attn", "multi_query", "new_decoder_architecture"), "qwen2_moe": ("qkv_bias",),
    "qwen3_moe": ("attention_bias",), "gpt_oss": ("attention_bias",), "deepseek_v2": ("attention_bias", "mlp_bias"),
    "deepseek_v3": ("attention_bias",), "mamba": ("use_bias", "use_conv_bias"), "vit": ("qkv_bias",),
    "deit": ("qkv_bias",), "olmo": ("attention_bias",), "arcee": ("attention_bias", "mlp_bias"),
    "nemotron": ("attention_bias", "mlp_bias"), "glm": ("attention_bias",),
    "glm4": ("attention_bias",), "olmoe": ("attention_bias",), "granitemoe": ("attention_bias",),
    "mamba2": ("use_bias", "use_conv_bias"), "dinov2": ("qkv_bias", "use_mask_token"),
    "persimmon": ("qk_layernorm",), "gpt_bigcode": ("multi_query",), "dinov2_with_registers": ("qkv_bias",),
    "siglip_vision_model": ("vision_use_head",), "hunyuan_v1_dense": ("attention_bias",),
    "qwen3_next": ("attention_bias",), "qwen3_5_text": ("attention_bias",), "recurrent_gemma": ("attention_bias",),
    "bamba": ("attention_bias", "mlp_bias", "mamba_conv_bias", "mamba_proj_bias"), "lfm2": ("conv_bias",),
    "falcon_mamba": ("use_bias", "use_conv_bias"),
    "helium": ("attention_bias", "mlp_bias"), "vaultgemma": ("attention_bias",), "diffllama": ("attention_bias",),
    "bitnet": ("attention_bias",), "apertus": ("attention_bias",), "nanochat": ("attention_bias",),
    "jais2": ("attention_bias", "mlp_bias"), "phimoe": ("attention_bias", "lm_head_bias"),
    "flex_olmo": ("attention_bias",), "glm4_moe": ("attention_bias", "use_qk_norm"),
    "modernbert": ("attention_bias", "mlp_bias", "norm_bias", "classifier_bias", "decoder_bias"),
}  # fmt: skip
OWN_WIDTH = (
    "llama", "mistral", "mixtral", "granite", "smollm3", "seed_oss", "ernie4_5", "qwen2", "qwen3", "gemma", "gemma2",
    "gemma3_text", "phi3", "cohere", "cohere2", "starcoder2", "gpt_oss", "qwen2_moe", "qwen3_moe", "olmo2", "ministral",
    "arcee", "nemotron", "glm", "glm4", "cwm", "ministral3", "vaultgemma", "jais2", "minimax_m2", "glm4_moe",
)  # fmt: skip
"""Types whose heads may be of a width of their own."""


def experts(type_: str) -> dict[str, Any]:
    count, top = drawn(2, 4, 6), drawn(1, 2)
    found: dict[str, Any] = {"num_experts_per_tok": top, "moe_intermediate_size": choose.randint(1, 40)}
    if type_ in ("mixtral", "gpt_oss", "phimoe", "minimax_m2"):
        return {"num_local_experts": count, "num_experts_per_tok": top}
    if type_.startswith("deepseek"):
        latent = {"kv_lora_rank": drawn(4, 8), "q_lora_rank": drawn(None, 6), "qk_nope_head_dim": drawn(4, 6)}
        latent |= {"qk_rope_head_dim": drawn(2, 4), "v_head_dim": drawn(4, 8), "n_group": 1, "topk_group": 1}
        dense = {"first_k_dense_replace": choose.randint(0, 5), "n_shared_experts": drawn(1, 2)}
        return found | latent | dense | {"n_routed_experts": count}
    if types()[type_]["experts"] == "behind dense layers":
        dense = {"first_k_dense_replace": choose.randint(0, 5), "n_shared_experts": drawn(1, 2)}
        return found | dense | {"n_routed_experts": count, "n_group": 1, "topk_group": 1}
    steps = {"decoder_sparse_step": drawn(1, 1, 2, 3), "mlp_only_layers": drawn([], [0], [1, 3])}
    shared = {"shared_expert_intermediate_size": choose.randint(1, 40)} if type_ == "qwen2_moe" else {}
    return found | steps | shared | {"num_experts": count}


def encoder() -> dict[str, Any]:
    found = sizes() | {"type_vocab_size": drawn(1, 2, 3), "embedding_size": drawn(8, 16)}
    del found["num_key_value_heads"]
    return found


def fields(type_: str) -> dict[str, Any]:
    """Random values for the fields that decide, by the names that the type's own config takes."""
    found = sizes()
    found |= {flag: drawn(True, False) for flag in FLAGS.get(type_, ())}
    if type_ in OWN_WIDTH and drawn(True, False):
        found["head_dim"] = 2 * choose.randint(1, 8)
    if types()[type_].get("experts"):
        found |= experts(type_)
    match type_:
        case "gpt2" | "gptj":
            found["n_inner"] = drawn(None, found["intermediate_size"])
            found["rotary_dim"] = 2
        case "hunyuan_v1_dense":
            found["head_dim"] = 2 * choose.randint(1, 8)
        case "helium":
            found["head_dim"] = found["hidden_size"] // found["num_attention_heads"]
        case "diffllama":
            found |= {"num_attention_heads": 4, "num_key_value_heads": 2, "hidden_size": drawn(16, 24)}
        case "mpt":
            found |= {"d_model": found["hidden_size"], "n_heads": found["num_attention_heads"], "n_layers": drawn(1, 3)}
        case "ministral":
            found |= {"sliding_window": 4, "head_dim": found.get("head_dim", 6)}
        case "opt":
            found |= {"ffn_dim": found["intermediate_size"], "word_embed_proj_dim": drawn(8, found["hidden_size"])}
        case "falcon":
            found |= {"num_kv_heads": drawn(None, found["num_key_value_heads"]), "ffn_hidden_size": drawn(None, 50)}
            found["num_ln_in_parallel_attn"] = drawn(None, 1, 2)
        case "mamba" | "falcon_mamba":
            found |= {"state_size": drawn(4, 8), "expand": drawn(1, 2, 3), "conv_kernel": drawn(2, 4)}
            found["time_step_rank"] = drawn("auto", 5)
        case "mamba2":
            heads, width = drawn(2, 4), drawn(4, 8)
            found |= {
                "hidden_size": heads * width // 2,
                "num_heads": heads,
                "head_dim": width,
                "state_size": drawn(4, 8),
            }
            found |= {"expand": 2, "conv_kernel": drawn(2, 4), "n_groups": drawn(1, 2)}
        case "gpt_neo":
            found |= {"num_hidden_layers": drawn(2, 4), "num_heads": found["num_attention_heads"]}
            found |= {"attention_types": [[["global", "local"], found["num_hidden_layers"] // 2]]}
            found["intermediate_size"] = drawn(None, found["intermediate_size"])
        case "codegen":
            found |= {"n_head": 4, "n_embd": drawn(16, 32), "n_inner": drawn(None, 9), "rotary_dim": 2, "n_layer": 2}
        case "bert" | "roberta" | "electra" | "xlm-roberta" | "camembert":
            found = encoder()
        case "albert":
            found = encoder() | {"num_hidden_groups": drawn(1, 1, 2), "inner_group_num": drawn(1, 1, 2)}
            found["num_hidden_layers"] = drawn(2, 4)
        case "distilbert":
            found["hidden_dim"] = found["intermediate_size"]
        case "t5":
            found |= {"d_kv": drawn(2, 8), "d_ff": found["intermediate_size"], "num_decoder_layers": drawn(None, 1, 3)}
            found |= {"feed_forward_proj": drawn("relu", "gated-gelu"), "relative_attention_num_buckets": drawn(8, 16)}
            del found["tie_word_embeddings"]
        case "bart" | "whisper":
            heads = found["num_attention_heads"]
            found |= {"d_model": found["hidden_size"], "encoder_layers": drawn(1, 3), "decoder_layers": drawn(1, 2)}
            found |= {"encoder_attention_heads": heads, "decoder_attention_heads": 1, "encoder_ffn_dim": 7}
            found |= {"decoder_ffn_dim": 9, "num_mel_bins": drawn(4, 8), "decoder_start_token_id": 1}
            found |= {"max_source_positions": drawn(10, 20), "max_target_positions": drawn(8, 9)}
            del found["tie_word_embeddings"]
        case "rwkv":
            found |= {"attention_hidden_size": drawn(None, 12), "intermediate_size": drawn(None, 9)}
            del found["max_position_embeddings"]
        case "resnet":
            deep = drawn(True, False)
            found = {"hidden_sizes": [4 * each for each in choose.sample(range(2, 9), 4)], "num_channels": drawn(1, 3)}
            found |= {"layer_type": "bottleneck" if deep else "basic", "depths": choose.choices((1, 2, 3), k=4)}
            found |= {"embedding_size": 5 if deep else found["hidden_sizes"][0], "num_labels": drawn(1, 5)}
        case "detr":
            sides = {"encoder_layers": drawn(1, 2), "decoder_layers": drawn(1, 3), "d_model": drawn(8, 12)}
            sides |= {"encoder_attention_heads": drawn(1, 2), "decoder_attention_heads": drawn(2, 4)}
            sides |= {"encoder_ffn_dim": drawn(7, 9), "decoder_ffn_dim": drawn(7, 9), "num_queries": drawn(3, 5)}
            inside = fields("resnet") | {"layer_type": "bottleneck", "embedding_size": 5}
            inside["out_features"] = ["stage4"]
            found = sides | {"backbone_config": {"model_type": "resnet", **inside}, "num_labels": drawn(1, 5)}
        case "lfm2":
            kinds = [drawn("full_attention", "conv") for _ in range(found["num_hidden_layers"])]
            found |= drawn({"layer_types": kinds}, {"full_attn_idxs": [1, 3]}, {}) | {"conv_L_cache": drawn(2, 3)}
            found |= {"block_auto_adjust_ff_dim": drawn(True, False), "block_multiple_of": drawn(1, 8)}
        case "qwen3_next" | "qwen3_5_text":
            kinds = [drawn("full_attention", "linear_attention") for _ in range(found["num_hidden_layers"])]
            found |= drawn({"layer_types": kinds}, {"full_attention_interval": 2}, {}) | {"head_dim": drawn(4, 6)}
            found |= {"linear_num_key_heads": drawn(1, 2), "linear_num_value_heads": drawn(2, 4)}
            found |= {"linear_key_head_dim": drawn(4, 6), "linear_value_head_dim": drawn(4, 6)}
            found |= {"linear_conv_kernel_dim": drawn(2, 4), "shared_expert_intermediate_size": choose.randint(1, 40)}
            found |= {
                "moe_intermediate_size": choose.randint(1, 40),
                "num_experts": drawn(2, 4),
                "num_experts_per_tok": 2,
            }
        case "recurrent_gemma":
            found |= drawn({"block_types": drawn(["recurrent"], ["attention", "recurrent", "recurrent"])}, {})
            found |= {"lru_width": drawn(None, 3 * found["num_attention_heads"]), "conv1d_width": drawn(2, 4)}
        case "bamba":
            heads, width = drawn(2, 4), drawn(4, 8)
            found |= {"hidden_size": heads * width // 2, "mamba_n_heads": heads, "mamba_d_head": width}
            found |= {"num_attention_heads": 2, "num_key_value_heads": drawn(1, 2), "mamba_n_groups": drawn(1, 2)}
            found |= {"mamba_d_state": drawn(4, 8), "mamba_d_conv": drawn(2, 4), "mamba_expand": 2}
            found |= {"attn_layer_indices": drawn(None, [0], [1, 2])}
        case "convnext" | "convnextv2":
            found = {"hidden_sizes": choose.sample(range(2, 9), 4), "depths": choose.choices((1, 2, 3), k=4)}
            found |= {"num_channels": drawn(1, 3), "patch_size": drawn(2, 4), "image_size": 64}
            found["num_labels"] = drawn(1, 5)
        case "siglip_text_model":
            found["projection_size"] = drawn(None, 8)
        case "siglip_vision_model":
            found |= {"image_size": drawn(16, 30, 32), "patch_size": drawn(4, 8), "num_channels": drawn(1, 3)}
        case "gpt_bigcode":
            found["n_inner"] = drawn(None, found["intermediate_size"])
        case "dinov2_with_registers":
            found |= {"image_size": drawn(16, 30, 32), "patch_size": drawn(4, 8), "mlp_ratio": drawn(2, 4)}
            found |= {"num_labels": drawn(1, 5), "num_register_tokens": drawn(1, 4)}
        case "dinov2":
            found |= {"image_size": drawn(16, 30, 32), "patch_size": drawn(4, 8), "mlp_ratio": drawn(2, 4)}
            found |= {"num_labels": drawn(1, 5), "num_channels": drawn(1, 3)}
        case "vit" | "deit":
            found |= {"image_size": drawn(16, 30, 32), "patch_size": drawn(4, 8), "num_channels": drawn(1, 3)}
            found |= {"num_labels": drawn(1, 5), "pooler_output_size": drawn(None, 6)}
    return found


HEADS = {
    "bert": ("Model", "ForMaskedLM", "ForPreTraining", "ForSequenceClassification", "ForTokenClassification",
             "ForQuestionAnswering", "ForNextSentencePrediction", "LMHeadModel", "ForMultipleChoice"),
    "roberta": ("Model", "ForMaskedLM", "ForCausalLM", "ForSequenceClassification", "ForTokenClassification",
                "ForQuestionAnswering", "ForMultipleChoice"),
    "distilbert": ("Model", "ForMaskedLM", "ForSequenceClassification", "ForTokenClassification",
                   "ForQuestionAnswering", "ForMultipleChoice"),
    "albert": ("Model", "ForMaskedLM", "ForPreTraining", "ForSequenceClassification", "ForTokenClassification",
               "ForQuestionAnswering", "ForMultipleChoice"),
    "electra": ("Model", "ForPreTraining", "ForMaskedLM", "ForSequenceClassification", "ForTokenClassification",
                "ForQuestionAnswering"),
    "t5": ("ForConditionalGeneration", "Model", "EncoderModel"),
    "bart": ("ForConditionalGeneration", "Model", "ForSequenceClassification", "ForQuestionAnswering"),
    "whisper": ("ForConditionalGeneration", "Model"),
    "vit": ("ForImageClassification", "Model"),
    "deit": ("ForImageClassification", "ForImageClassificationWithTeacher", "Model"),
    "dinov2": ("Model", "ForImageClassification"),
    "modernbert": ("ForMaskedLM", "Model", "ForSequenceClassification", "ForTokenClassification",
                   "ForQuestionAnswering"),
    "openai-gpt": ("LMHeadModel", "Model"),
    "gpt_bigcode": ("ForCausalLM", "Model", "ForSequenceClassification", "ForTokenClassification"),
    "rwkv": ("ForCausalLM", "Model"),
    **dict.fromkeys(("lfm2", "qwen3_next", "recurrent_gemma", "bamba"), ("ForCausalLM", "Model")),
    "siglip": ("Model", "ForImageClassification"),
    "detr": ("ForObjectDetection", "Model"),
    "resnet": ("ForImageClassification", "Model"),
    "convnext": ("ForImageClassification", "Model"),
    "convnextv2": ("ForImageClassification", "Model"),
    "siglip_text_model": ("Model",),
    "siglip_vision_model": ("Model",),
    "clip": ("Model",),
    "clip_text_model": ("Model", "ModelWithProjection"),
    "clip_vision_model": ("Model", "ModelWithProjection"),
    "gpt2": ("LMHeadModel", "Model", "ForSequenceClassification", "ForTokenClassification", "ForQuestionAnswering"),
}  # fmt: skip


def clip_config() -> Any:
    text, vision = sizes(), sizes() | {"image_size": drawn(16, 30), "patch_size": drawn(4, 8)}
    for each in (text, vision):
        del each["num_key_value_heads"], each["tie_word_embeddings"]
    return transformers.CLIPConfig(text_config=text, vision_config=vision, projection_dim=drawn(8, 12))


def siglip_config() -> Any:
    text, vision = sizes(), sizes() | {"image_size": drawn(16, 30), "patch_size": drawn(4, 8)}
    for each in (text, vision):
        del each["num_key_value_heads"], each["tie_word_embeddings"]
    # the library makes one text of both, whose width is that of the images
    return transformers.SiglipConfig(text_config=text | {"projection_size": drawn(8, 12)}, vision_config=vision)


def config_of(type_: str) -> Any:
    if type_ == "siglip":
        return siglip_config()
    if type_ == "clip":
        return clip_config()
    given = fields(type_)
    if type_.startswith("clip"):
        given |= {"projection_dim": drawn(8, 12), "image_size": drawn(16, 30), "patch_size": drawn(4, 8)}
    return transformers.AutoConfig.for_model(type_, **given)


def built(config: Any, name: str) -> int:
    with torch.device("meta"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = getattr(transformers, name)(config)
        model.tie_weights()
    return sum(each.numel() for each in model.parameters())


def named(config: Any, head: str) -> str:
    prefix = type(config).__name__.removesuffix("Config")
    return {"Gemma3Text": "Gemma3", "Qwen3_5Text": "Qwen3_5"}.get(prefix, prefix) + head


@pytest.mark.parametrize("type_", types())
def test_random_configs_are_counted_as_they_are_built(type_: str) -> None:
    for number in range(CONFIGS):
        try:
            config = config_of(type_)
        except ValueError as error:  # a combination that the library refuses
            assert "divisible" in str(error) or "multiple" in str(error), error
            continue
        heads = HEADS.get(type_) or HEADS.get(types()[type_].get("like", ""), ("ForCausalLM",))
        name = named(config, heads[number % len(heads)])
        said = json.loads(config.to_json_string(use_diff=drawn(True, False))) | {"architectures": [name]}
        read = read_config(said)
        expected = built(config, name)
        assert symcount.parse(read.numbers).params == expected, said
        assert symcount.parse(read.letters)(**read.sizes).params == expected, said
        ran[type_] += 1
        if "kinds" in types()[type_] or said.get("layer_type") == "basic":  # which are read, and not written
            continue
        if number < WRITTEN and said.get("inner_group_num", 1) == 1:  # a group of open size is no layer that is shared
            sides = {"n": 64} if type_ in ("resnet", "detr") else {}  # which no config says
            check_written(type_, counted(read.numbers, sides), expected)


def check_written(type_: str, network: Count, expected: int) -> None:
    """See that a network is written as a config of its type, by which the library builds the same."""
    said = written_as(type_, network)
    assert said is not None, network.text
    (name,) = said["architectures"]
    assert built(transformers.AutoConfig.for_model(**{"pad_token_id": 0, **said}), name) == expected, said


def test_every_type_was_held_often_enough() -> None:
    assert {type_ for type_, times in ran.items() if times >= 0.6 * CONFIGS} == {*types()}


def test_a_wrong_trait_is_seen() -> None:
    config = transformers.AutoConfig.for_model("qwen2", **sizes())
    said = json.loads(config.to_json_string())
    assert symcount.parse(read_config(said | {"model_type": "mistral"}).numbers).params != built(
        config, "Qwen2ForCausalLM"
    )

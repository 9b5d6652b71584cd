"""Reads a config.json of Hugging Face: a type's traits and the config's sizes, as a line of the language."""

from symcount.interop.reading.huggingface.reader import is_config, read_config

__all__ = ["is_config", "read_config"]

"""Reads models of Keras by their JSON, and never by Keras, whose own loader has run code that a file brought along."""

from symcount.interop.reading.keras.archive import is_archive, read_archive
from symcount.interop.reading.keras.model import is_model, read_model

__all__ = ["is_archive", "is_model", "read_archive", "read_model"]

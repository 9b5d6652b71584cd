"""Layer kinds, one file for a family. Importing the room registers every kind."""

from symcount.layers import activation, convolution, dense, normalisation, pooling, resizing
from symcount.layers.arguments import Argument, From, LayerError, Value, Word
from symcount.layers.layer import KINDS, Demand, Divides, Equals, Layer, kind_called, kind_near
from symcount.layers.lettering import axis_letters, axis_names, in_general, lettered, lettered_shape
from symcount.layers.resizing import Input
from symcount.layers.sentence import SILENT, Sentence
from symcount.layers.shape import Shape

__all__ = [
    "FAMILIES",
    "KINDS",
    "SILENT",
    "Argument",
    "Demand",
    "Divides",
    "Equals",
    "From",
    "Input",
    "Layer",
    "LayerError",
    "Sentence",
    "Shape",
    "Value",
    "Word",
    "axis_letters",
    "axis_names",
    "in_general",
    "kind_called",
    "kind_near",
    "lettered",
    "lettered_shape",
]

FAMILIES = (resizing, convolution, pooling, dense, normalisation, activation)
"""The families, in the order of the reference."""

"""Layer kinds, one file for a family. Importing the room registers every kind."""

from symcount.layers import (
    activation,
    attending,
    attention,
    convolution,
    declared,
    dense,
    depthwise,
    embedding,
    feedforward,
    gating,
    latent,
    mixing,
    normalisation,
    pooling,
    rearranging,
    recurrent,
    resizing,
    shaped,
    statespace,
    transposed,
)
from symcount.layers.addends import Addend, added
from symcount.layers.arguments import Argument, ByConvention, From, LayerError, Value, Word
from symcount.layers.called import kind_called, kind_near
from symcount.layers.constraints import Assumable, AtLeastOne, Constraint, Divisible, Equal, TiedWeights
from symcount.layers.conventions import CONVENTIONS, STATISTICS_COUNT, TEXTBOOK, Convention
from symcount.layers.feedforward import Experts
from symcount.layers.kept import ACCOUNTS
from symcount.layers.layer import KINDS, Layer
from symcount.layers.letters import axis_letters, axis_names, in_general, lettered, lettered_output, lettered_shape
from symcount.layers.reach import Along, Chosen, Painted, Window, alone, whole
from symcount.layers.recurrent import Recurrent
from symcount.layers.renaming import giving_way, letters_in, renamed
from symcount.layers.rules import Nothing
from symcount.layers.sentences import SILENT, Sentence, sentence
from symcount.layers.shape import Shape
from symcount.layers.shaped import Input
from symcount.layers.source import Matrix, Source

__all__ = [
    "ACCOUNTS",
    "CONVENTIONS",
    "FAMILIES",
    "KINDS",
    "SILENT",
    "STATISTICS_COUNT",
    "TEXTBOOK",
    "Addend",
    "Along",
    "Argument",
    "Assumable",
    "AtLeastOne",
    "ByConvention",
    "Chosen",
    "Constraint",
    "Convention",
    "Divisible",
    "Equal",
    "Experts",
    "From",
    "Input",
    "Layer",
    "LayerError",
    "Matrix",
    "Nothing",
    "Painted",
    "Recurrent",
    "Sentence",
    "Shape",
    "Source",
    "TiedWeights",
    "Value",
    "Window",
    "Word",
    "added",
    "alone",
    "axis_letters",
    "axis_names",
    "giving_way",
    "in_general",
    "kind_called",
    "kind_near",
    "lettered",
    "lettered_output",
    "lettered_shape",
    "letters_in",
    "renamed",
    "sentence",
    "whole",
]

FAMILIES = (
    shaped,
    resizing,
    rearranging,
    convolution,
    transposed,
    depthwise,
    pooling,
    dense,
    recurrent,
    embedding,
    attention,
    attending,
    latent,
    statespace,
    mixing,
    feedforward,
    gating,
    normalisation,
    activation,
    declared,
)
"""The families, in the order of the reference."""

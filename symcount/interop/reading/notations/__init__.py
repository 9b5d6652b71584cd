"""Reads other notations for networks, one file for each."""

from symcount.interop.reading.notations.block_strings import BLOCK_STRINGS
from symcount.interop.reading.notations.caffe import CAFFE
from symcount.interop.reading.notations.darknet import DARKNET
from symcount.interop.reading.notations.kernel_first import KERNEL_FIRST
from symcount.interop.reading.notations.maps_first import MAPS_FIRST
from symcount.interop.reading.notations.nasbench201 import NASBENCH201
from symcount.interop.reading.notations.notation import Notation
from symcount.interop.reading.notations.printed_module import PRINTED_MODULE
from symcount.interop.reading.notations.vgsl import VGSL
from symcount.interop.reading.notations.widths import WIDTHS

NOTATIONS = (VGSL, DARKNET, CAFFE, NASBENCH201, BLOCK_STRINGS, PRINTED_MODULE, WIDTHS, MAPS_FIRST, KERNEL_FIRST)
"""Every notation that is read, in the order in which a text is held against them."""


def notation_of(text: str) -> Notation | None:
    """Return the notation that a text is written in, or None."""
    return next((each for each in NOTATIONS if each.sign.search(text)), None)

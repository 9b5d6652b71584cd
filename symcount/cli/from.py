"""`symcount from`: what others wrote, as a line of the language."""

from __future__ import annotations

import click

from symcount.cli.arguments import STANDARD_INPUT, reading
from symcount.cli.output import STANDARD, say
from symcount.interop.reading.files import bounded
from symcount.interop.reading.network import Network
from symcount.interop.reading.source import read_content, read_given


@click.command("from")
@click.argument("source")
@click.option("--symbols", is_flag=True, help="Keep the letters of the family, so that the formula comes too.")
def command(source: str, symbols: bool) -> None:
    """Print what others wrote as a line of the language.

    SOURCE is a file, a folder with a config.json, - for standard input, or a line in another notation.

    Read are a config.json of Hugging Face; a .keras file or the JSON of a model of Keras; an .onnx file; a prototxt
    of Caffe; a cfg of darknet; a printed Sequential of PyTorch; VGSL; cells of NAS-Bench-201; block strings of timm;
    784-800-10, 1x29x29-20C4-MP2-10N and CONV-9-32 / POOL-2.

    Nothing of it is run. What it is, and what to know of it, stands before the line as comments, so that the
    answer can be read, edited and piped.

    \b
    echo '{"model_type": "gpt2"}' | symcount from -
    symcount from '1x29x29-20C4-MP2-40C5-MP3-150N-10N'
    """
    say(_network(source).lines(symbols))


def _network(source: str) -> Network:
    if source != STANDARD:
        return read_given(source)
    with reading(STANDARD) as file:
        return read_content(bounded(file, STANDARD_INPUT), STANDARD_INPUT)

"""`symcount export`: a network as the code of a framework."""

from __future__ import annotations

import click

from symcount.cli.arguments import completing, read
from symcount.cli.output import STANDARD, write, write_text
from symcount.interop.writing.targets import FILES, TARGETS, content, convention_of, exported


@click.command("export")
@click.argument("arch", shell_complete=completing("networks"))
@click.argument("bindings", nargs=-1, metavar="[NAME=VALUE]...", shell_complete=completing("bindings"))
@click.option(
    "--to", "target", type=click.Choice([*TARGETS, *FILES]), required=True, help="The framework, or the format."
)
@click.option(
    "--convention",
    metavar="NAME",
    help="textbook, torch or keras: what the line leaves open; the framework's own if nothing is said.",
    shell_complete=completing("conventions"),
)
@click.option("-o", "--output", "path", default=STANDARD, metavar="FILE", help="Write to a file; - is standard output.")
def command(arch: str, bindings: tuple[str, ...], target: str, convention: str | None, path: str) -> None:
    """Write a network as code that needs no symcount: a count beside each layer, and the total held on the last line.

    A symbol that is left open is an argument of the network's class. keras-json is a model without code, as Keras
    reads it; config is a config.json of Hugging Face, where a type of config says the network; vgsl is a line of
    VGSL, the notation of Tesseract and kraken; onnx is an ONNX file, of known sizes, whose weights are zeros that
    take no room.

    \b
    symcount export 'I(1,28x28)-C(32,5)-P2-C(32,3)-P2-H256-O10' --to torch
    symcount export zoo:resnet50 --to keras -o resnet50.py
    symcount export zoo:gpt-2 --to torch h=12 d=768
    symcount export zoo:resnet50 --to onnx -o resnet50.onnx
    """
    count = read(arch, bindings, convention or convention_of(target), exact=False)
    if target in FILES:
        write(content(count, target), path)
    else:
        write_text(exported(count, target), "json" if target in ("config", "keras-json") else "python", path)

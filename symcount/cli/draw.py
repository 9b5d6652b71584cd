"""`symcount draw`: a picture of a network."""

from __future__ import annotations

import click

from symcount.architecture import Architecture
from symcount.cli.arguments import network_arguments, read
from symcount.cli.output import STANDARD, format_of, format_options, is_terminal, write, write_text
from symcount.drawing import PICTURES
from symcount.errors import ArchitectureError
from symcount.render.pictures import WRITERS

FORMATS = (*WRITERS, "pdf", "png")


@click.command("draw")
@network_arguments
@click.option(
    "--as",
    "picture",
    type=click.Choice([*PICTURES]),
    default="strip",
    show_default=True,
    help="; ".join(f"{name}: {what}" for name, what in PICTURES.items()) + ".",
)
@click.option("--width", default="720", metavar="WIDTH", show_default=True, help="Pixels, or as in 3.3in, 240pt, 12cm.")
@format_options(FORMATS, "SVG")
def command(
    arch: str, bindings: tuple[str, ...], convention: str, exact: bool, picture: str, width: str, medium: str | None,
    path: str,
) -> None:  # fmt: skip
    """Draw a network: as SVG, as TikZ for LaTeX, or as PDF or PNG where typst is installed.

    \b
    symcount draw 'I(1,28x28)-C(32,5)-P2-C(32,3)-P2-H256-O10' -o network.svg
    symcount draw zoo:resnet50 -o resnet50.tex --width 3.3in
    """
    written = format_of(medium, path, FORMATS, "svg")
    net = Architecture.of_count(read(arch, bindings, convention, exact))
    drawn = net.draw(picture, width=width)
    if written in WRITERS:
        write_text(drawn.to(written), written, path)
        return
    if path == STANDARD and is_terminal():
        raise ArchitectureError("no-file", f"a {written.upper()} is not for a terminal", hint=f"add -o net.{written}")
    write(drawn.pdf() if written == "pdf" else drawn.png(), path)

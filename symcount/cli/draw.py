"""`symcount draw`: a picture of a network."""

from __future__ import annotations

import click

from symcount.cli.arguments import network_arguments, pairs, place_option, quantity_option, read
from symcount.cli.output import STANDARD, format_of, format_options, is_terminal, write, write_text
from symcount.drawing import PICTURES, View
from symcount.drawing.view import SCALES, Scale, over_range, pixels
from symcount.errors import ArchitectureError, visible
from symcount.picture import Picture
from symcount.records import replace
from symcount.render.pictures import PRINTED, WRITERS

FORMATS = (*WRITERS, *PRINTED)

_ENDINGS = (".svg", ".tex", ".pdf", ".png")


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
@quantity_option(())
@place_option
@click.option("--beside", multiple=True, metavar="ARCH", help="growth: another network, more than once for several.")
@click.option("--scale", type=click.Choice(SCALES), default="auto", help="growth: of the axes; log where it is wide.")
@click.option("--width", default="720", metavar="WIDTH", show_default=True, help="Pixels, or as in 3.3in, 240pt, 12cm.")
@format_options(FORMATS, "SVG")
def command(
    arch: str, bindings: tuple[str, ...], convention: str, exact: bool, picture: str, quantities: tuple[str, ...],
    at: str | None, beside: tuple[str, ...], scale: Scale, width: str, medium: str | None, path: str,
) -> None:  # fmt: skip
    """Draw a network: as SVG, as TikZ for LaTeX, or as PDF or PNG where typst is installed.

    Of the growth, SYMBOL=FIRST..LAST is the range of the symbol that it is over.

    \b
    symcount draw 'I(1,28x28)-C(32,5)-P2-C(32,3)-P2-H256-O10' -o network.svg
    symcount draw zoo:resnet50 -o resnet50.tex --width 3.3in
    symcount draw zoo:vgg16 --as shares --of params --of macs -o shares.svg
    symcount draw 'I(1,9x9)-C(4,3,s=2,p=1)' --as convolution
    symcount draw 'I(d)-H(4*d)-H(d)' --as growth d=1..512 --beside 'I(d)-H1000-H(d)'
    """
    written = format_of(medium, path, FORMATS, "svg")
    if medium is None and path != STANDARD and not path.lower().endswith(_ENDINGS):
        message = f"the ending of {visible(path)} says of no picture how it is written"
        raise ArchitectureError("bad-medium", message, hint=f"end it in {', '.join(_ENDINGS)}, or add --format svg")
    ranges = [each for each in bindings if ".." in each]
    if len(ranges) > 1:
        raise ArchitectureError("bad-range", "growth is over one symbol", hint="leave one range")
    view = View(pixels(width), quantities, at, over_range(ranges[0]) if ranges else None, (), scale)
    known = tuple(each for each in bindings if each not in ranges)
    count = read(arch, known, convention, exact)
    others = [
        (name, read(name, (), convention, exact).with_known(pairs(known, "a binding", "n=28"))) for name in beside
    ]
    drawn = Picture(count, picture, replace(view, beside=tuple(others), name=arch))
    if written in WRITERS:
        write_text(drawn.to(written), written, path)
        return
    if path == STANDARD and is_terminal():
        raise ArchitectureError("no-file", f"a {written.upper()} is not for a terminal", hint=f"add -o net.{written}")
    write(drawn.pdf() if written == "pdf" else drawn.png(), path)

"""`symcount page`: the page in the browser, served to this machine alone."""

from __future__ import annotations

import click

from symcount.cli.arguments import completing, pairs, read, source_of
from symcount.cli.output import say
from symcount.counts import ZOO
from symcount.playground.serving import folder_of, link, server


@click.command("page")
@click.argument("arch", required=False, default="", shell_complete=completing("networks"))
@click.argument("bindings", nargs=-1, metavar="[NAME=VALUE]...", shell_complete=completing("bindings"))
@click.option("--folder", default="", metavar="FOLDER", help="The built page, where it is not installed.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 is any that is free.")
@click.option("--link", "address", metavar="ADDRESS", help="Print the link to ARCH on a page that is served there.")
def command(arch: str, bindings: tuple[str, ...], folder: str, port: int, address: str | None) -> None:
    """Serve the page in the browser to this machine alone, until it is interrupted.

    What is printed is its address, with ARCH in it. The page is one that was built: docs/page.md says how.

    \b
    symcount page I784-H100-O10 --link https://example.org/page/
    symcount page 'I-C(32,5)-P2-O10' n=28 c=1 --link https://example.org/page/
    """
    if arch:
        read(arch, bindings, "textbook", False)
    text = arch if arch.startswith(ZOO) else source_of(arch)
    values = pairs(bindings, "a binding", "n=28")
    if address is not None:
        say(link(address, text, values))
        return
    with server(folder_of(folder), port) as serving:
        say(link(f"http://127.0.0.1:{serving.server_port}/", text, values))
        serving.serve_forever()

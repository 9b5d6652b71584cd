"""`symcount verify`: a network held against what others say of it."""

from __future__ import annotations

import click

from symcount.answers.claim import judged
from symcount.cli.arguments import network_arguments, read
from symcount.cli.output import say
from symcount.interop.checking.claims import claim_of
from symcount.render.claim import verdict_text

_DIFFERENT = 1


@click.command("verify")
@network_arguments
@click.option("--against", metavar="TOTAL", required=True, help="A number, or a file of safetensors: its header alone.")
def command(arch: str, bindings: tuple[str, ...], convention: str, exact: bool, against: str) -> None:
    """Hold the total against a claim: a number, or the tensors of a file, of which only the header is read.

    The status is 1 where they differ; then what could make the difference is named.

    \b
    symcount verify zoo:resnet50 --against 25557032
    symcount verify 'I784-H800-R-O10' --against 636,010
    """
    claim = claim_of(against)
    verdict = judged(read(arch, bindings, convention, exact), claim)
    say(verdict_text(verdict))
    click.get_current_context().exit(0 if verdict.agrees else _DIFFERENT)

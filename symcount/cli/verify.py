"""`symcount verify`: a network held against what others say of it, or build of it."""

from __future__ import annotations

from importlib import import_module

import click
from click.core import ParameterSource

from symcount.answers.claim import judged
from symcount.cli.arguments import network_arguments, read
from symcount.cli.output import dumped, format_of, format_options, say, write_tables, write_text
from symcount.counts import Count
from symcount.errors import ArchitectureError
from symcount.interop.checking.claims import claim_of
from symcount.interop.writing.targets import convention_of
from symcount.render.built import built_json, built_sentence, built_table
from symcount.render.claim import verdict_text

FORMATS = ("text", "json")
FRAMEWORKS = ("torch", "keras", "flax")

_DIFFERENT = 1


@click.command("verify")
@network_arguments
@click.option("--against", metavar="TOTAL", help="A number, or a file of safetensors: its header alone.")
@click.option(
    "--with",
    "framework",
    type=click.Choice(FRAMEWORKS),
    help="Build it with a framework; it must be installed.",
)
@format_options(FORMATS)
def command(
    arch: str, bindings: tuple[str, ...], convention: str, exact: bool, against: str | None, framework: str | None,
    medium: str | None, path: str,
) -> None:  # fmt: skip
    """Hold a network against a claim of its total, or against what a framework builds of it.

    A claim is a number, or the tensors of a file, of which only the header is read. A framework builds the
    network without values, and every layer is compared: its shape, its parameters, its products.
    The status is 1 where they differ.

    \b
    symcount verify zoo:resnet50 --against 25557032
    symcount verify 'I784-H800-R-O10' --against 636,010
    symcount verify zoo:resnet18 --with keras
    """
    if (against is None) == (framework is None):
        message = "a network is held against a claim or a framework, one of the two"
        raise ArchitectureError("usage", message, hint="write --against TOTAL, or --with torch")
    if against is not None:
        verdict = judged(read(arch, bindings, convention, exact), claim_of(against))
        say(verdict_text(verdict))
        agrees = verdict.agrees
    else:
        is_said = click.get_current_context().get_parameter_source("convention") is ParameterSource.COMMANDLINE
        chosen = convention if is_said else convention_of(str(framework))
        agrees = _built(read(arch, bindings, chosen, exact), str(framework), medium, path)
    click.get_current_context().exit(0 if agrees else _DIFFERENT)


def _built(count: Count, framework: str, medium: str | None, path: str) -> bool:
    """Write what a framework builds beside the count, and return whether they agree."""
    written = format_of(medium, path, FORMATS)
    building = import_module(f"symcount.interop.checking.{framework}").building(count)
    if written == "json":
        write_text(dumped(built_json(building)), written, path)
    else:
        write_tables([built_table(building)], written, path, [built_sentence(building)])
    agrees: bool = building.agrees
    return agrees

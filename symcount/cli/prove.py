"""`symcount prove`: equal for all sizes, or a counterexample."""

from __future__ import annotations

import re
from typing import Any

import click

from symcount.answers.prove import Network, Proved, claimed, proved
from symcount.answers.sees import sees
from symcount.cli.arguments import (
    assume_option,
    completing,
    convention_option,
    cost_options,
    digits_option,
    pairs,
    quantity_option,
    read,
)
from symcount.cli.output import dumped, format_of, format_options, write_text
from symcount.errors import ArchitectureError
from symcount.program.condition import is_claim
from symcount.quantities import quantity_named
from symcount.render.media import media_for
from symcount.render.prove import prove_json, prove_text

FORMATS = (*media_for("page"), "json")


@click.command("prove")
@cost_options
@quantity_option(("params",))
@assume_option
@click.option("--exact", is_flag=True, help="Refuse windows that do not fit without a rest.")
@convention_option
@digits_option
@format_options(FORMATS)
@click.argument(
    "words", nargs=-1, required=True, metavar="ARCH [ARCH|CLAIM] [NAME=VALUE]...", shell_complete=completing("networks")
)
@click.pass_context
def command(
    context: click.Context, words: tuple[str, ...], quantities: tuple[str, ...], given: tuple[str, ...], exact: bool,
    convention: str, medium: str | None, path: str, digits: str | None, costs: dict[str, Any],
) -> None:  # fmt: skip
    """Prove that two networks have the same of a quantity for all sizes, or that a claim about one is true.

    Where it is not so, the smallest sizes that show it. Exit status 0 for true, 1 for false, 3 where neither is found.

    \b
    symcount prove 'I(c,n×n)-C(f,3,s=2,p=same)-H10' 'I(c,n×n)-C(f,3,p=same)-P(2,p=same)-H10'
    symcount prove 'I(3,n×n)-C(64,7,s=2,p=3)' 'macs <= 3e8' --assume 'n <= 224'
    symcount prove 'C3-C3 sees what C5 sees'
    """
    written = format_of(medium, path, FORMATS)
    proofs = [_proof(words, each, given, exact, convention, costs) for each in quantities]
    if written == "json":
        data = [prove_json(each) for each in proofs]
        write_text(dumped(data[0] if len(data) == 1 else data), written, path)
    else:
        write_text("\n\n".join(prove_text(each, written, digits) for each in proofs), written, path)
    context.exit(max(each.status for each in proofs))


def _proof(
    words: tuple[str, ...], quantity: str, given: tuple[str, ...], exact: bool, convention: str, costs: dict[str, Any]
) -> Proved:
    """The answer to what the words ask: of two networks, of a network and a claim, or of a sentence."""
    values = pairs(tuple(word for word in words if is_binding(word)), "a binding", "n=28")
    asked = [word for word in words if not is_binding(word)]

    def network(word: str) -> Network:
        return word, read(word, (), convention, exact).with_known(values).under(**costs)

    match asked:
        case [sentence] if (seen := sees(sentence)) is not None:
            one, other = map(network, seen)
            return proved(one, other, quantity_named("receptive-field"), given)
        case [arch, claim] if is_claim(claim):
            return claimed(network(arch), claim, given)
        case [first, second]:
            return proved(network(first), network(second), quantity_named(quantity), given)
        case _:
            message = f"prove takes two networks, or a network and a claim, found {len(asked)}"
            raise ArchitectureError("usage", message, hint="symcount prove --help shows examples")


def is_binding(word: str) -> bool:
    """Whether a word binds a symbol: ``n=28``."""
    return re.match(r"\s*[A-Za-z_]\w*\s*=(?!=)", word) is not None and not word.lstrip().startswith("let ")

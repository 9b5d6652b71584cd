"""`symcount explain`: the mistakes that give an answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from symcount.cli.arguments import assume_option, completing, convention_option, cost_options, pairs, place_option, read
from symcount.cli.output import dumped, format_of, format_options, write_text
from symcount.counts import Count
from symcount.errors import ArchitectureError
from symcount.exam.answers import read_answer
from symcount.exam.explain import Mistaken
from symcount.exam.following import Asked, Followed, followed
from symcount.exam.formulas import explained_formula, is_open
from symcount.exam.told import diagnosis_json, formula_json, source, told, told_of_formula, told_of_layers
from symcount.quantities import Quantity, quantity_named

FORMATS = ("text", "json")

_NONE_KNOWN = 1
_TOTAL = "total"


@click.command("explain")
@cost_options
@click.option(
    "--of", "asked", default="params", metavar="Q", show_default=True, help="What was asked for.",
    shell_complete=completing("quantities"),
)  # fmt: skip
@place_option
@click.option("--exact", is_flag=True, help="Refuse windows that do not fit without a rest.")
@convention_option
@assume_option
@format_options(FORMATS)
@click.argument("arch", shell_complete=completing("networks"))
@click.argument("words", nargs=-1, required=True, metavar="ANSWER... [NAME=VALUE]...")
def command(
    arch: str, words: tuple[str, ...], asked: str, at: str | None, exact: bool, convention: str, given: tuple[str, ...],
    medium: str | None, path: str, costs: dict[str, Any],
) -> None:  # fmt: skip
    """Tell which mistakes give an answer: single ones and pairs, the simplest first.

    \b
    symcount explain 'I(96,32x32)-C(32,3)' 27648
    symcount explain 'I(1,28x28)-C(32,5)-P2-H10' C1=800 H1=46090 total=46890
    symcount explain 'I(3,224x224)-C(64,3,p=1)' 64x222x222 --of output
    symcount explain 'I(c,n×n)-C(f,3)' '9*c*f'

    Where sizes are left open, a formula answers. LAYER=ANSWER is an answer to one layer, and total=ANSWER that to the
    network: what follows from an earlier number is told as consistent; with --assume 'n % 4 == 0' a formula need hold
    for such sizes alone. The exit status is 1 where some answer is wrong,
    and no known mistake gives it.
    """
    written = format_of(medium, path, FORMATS)
    quantity = quantity_named(asked)
    net = read(arch, (), convention, exact)
    answers, bindings = _parted(words, net)
    count = net.with_values(pairs(bindings, "a binding", "n=28")).under(**costs).assuming(given)
    if is_open(count, quantity, at):
        formulas = [(name, explained_formula(count, text, quantity, _place(name, at))) for name, text in answers]
        data = [{"layer": name, **formula_json(each)} for name, each in formulas]
        lines = [line for name, each in formulas for line in _named(name, told_of_formula(each, _asked(quantity)))]
        known = all(each.is_known for _, each in formulas)
    else:
        found = _followed(count, quantity, answers, at)
        data, lines = _data(found), _lines(quantity, found)
        known = all(each.carried or each.diagnosis.is_known for _, each in found)
    if written == "json":
        write_text(dumped(_whole(count, quantity, data)), written, path)
    else:
        write_text("\n".join(lines), written, path)
    click.get_current_context().exit(0 if known else _NONE_KNOWN)


def _place(name: str | None, at: str | None) -> str | None:
    """The layer that an answer is to; None is the network."""
    return at if name is None else None if name == _TOTAL else name


def _named(name: str | None, lines: Iterator[str]) -> Iterator[str]:
    return lines if name is None else (f"{name}: {line}" for line in lines)


def _parted(words: tuple[str, ...], count: Count) -> tuple[list[tuple[str | None, str]], tuple[str, ...]]:
    """The answers among the words, each with the layer that it is to, and the bindings."""
    answers: list[tuple[str | None, str]] = []
    bindings = []
    names = {name for row in count.every_row for name in (row.name, str(row.index), row.label) if name}
    for word in words:
        name, equals, given = word.partition("=")
        if not equals:
            answers.append((None, word))
        elif name in names or name == _TOTAL:
            answers.append((name, given))
        else:
            bindings.append(word)
    if not answers:
        raise ArchitectureError(
            "bad-answer", "there is no answer to explain", hint="write it behind the network: 27648"
        )
    return answers, tuple(bindings)


def _followed(
    count: Count, quantity: Quantity, answers: list[tuple[str | None, str]], at: str | None
) -> list[tuple[str | None, Followed]]:
    """What is said of each answer: those to layers are followed from one to the next."""
    layers = [(name, Asked(None if name == _TOTAL else name, _read(count, quantity, name, given)))
              for name, given in answers if name is not None]  # fmt: skip
    said = followed(count, quantity, [asked for _, asked in layers])
    alone = [given for name, given in answers if name is None]
    found: list[tuple[str | None, Followed]] = []
    if alone:
        mistaken = Mistaken(count, quantity, at)
        found = [(None, Followed(mistaken.diagnosis(read_answer(each, len(mistaken.right))))) for each in alone]
    return [*found, *((name, each) for (name, _), each in zip(layers, said, strict=True))]


def _read(count: Count, quantity: Quantity, name: str, given: str) -> tuple[int, ...]:
    at = None if name == _TOTAL else name
    return read_answer(given, len(Mistaken(count, quantity, at).right))


def _asked(quantity: Quantity) -> str:
    return f"the {quantity.words} {'is' if quantity.is_shape or quantity.words[-1] != 's' else 'are'}"


def _lines(quantity: Quantity, found: list[tuple[str | None, Followed]]) -> list[str]:
    words = _asked(quantity)
    lines = [line for name, each in found if name is None for line in told(each.diagnosis, words)]
    return [*lines, *told_of_layers([(name, words, each) for name, each in found if name is not None])]


def _data(found: list[tuple[str | None, Followed]]) -> list[dict[str, Any]]:
    return [
        {"layer": name, **diagnosis_json(each.diagnosis), "follows_from": each.carried and source(each.carried)}
        for name, each in found
    ]


def _whole(count: Count, quantity: Quantity, answers: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "architecture": count.text,
        "of": quantity.name,
        "convention": count.setting.convention.name,
        "answers": answers,
    }

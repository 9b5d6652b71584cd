"""The media: one file for each, listed once with what it is offered for, and loaded when it is asked for."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import click
import pytest

from symcount.cli import compare, count, derive, formula, layers, zoo
from symcount.errors import ArchitectureError
from symcount.render import media
from symcount.render.media import MEDIA, media_for, medium_named, page_named
from symcount.render.medium import Medium
from symcount.render.page import Page
from symcount.render.table import Column, Table

TABLE = Table((Column("a"), Column("b", numeric=True)), (("x", "1"),), ("", "22"))
EXAMPLE = "I(1,28x28)-C(32,5)-P2-C(32,3)-P2-H256-O10"


def test_every_file_is_listed_and_every_name_has_a_file() -> None:
    folder = Path(str(media.__file__)).parent
    assert {path.stem for path in folder.glob("*.py")} - {"__init__"} == set(MEDIA)


def uses_of(name: str) -> set[str]:
    """What a medium could be offered for, by what its file holds."""
    file = import_module(f"symcount.render.media.{name}")
    found = {"formula"}
    if hasattr(file, "PAGE"):
        found |= {"page", "cell"}
    try:
        file.MEDIUM.table(TABLE)
    except TypeError:
        return found
    return found | {"table"}


@pytest.mark.parametrize("name", MEDIA)
def test_a_medium_is_offered_for_what_its_file_can_do(name: str) -> None:
    assert isinstance(medium_named(name), Medium)
    assert set(MEDIA[name]) <= uses_of(name)
    assert (name in media_for("page", "cell")) == ("page" in uses_of(name))
    if MEDIA[name] != ("cell",):
        assert (name in media_for("table")) == ("table" in uses_of(name))
    if name in media_for("page", "cell"):
        assert isinstance(page_named(name), Page)


def choices(command: click.Command) -> list[str]:
    """What a command offers as its format."""
    [option] = [each for each in command.params if "--format" in each.opts]
    assert isinstance(option.type, click.Choice)
    return [*option.type.choices]


def test_commands_offer_the_media_that_can_answer_them() -> None:
    tables = ["text", "markdown", "latex", "html", "typst", "csv"]
    assert choices(layers.command) == tables
    assert [choices(each.command) for each in (compare, zoo)] == [[*tables, "json"]] * 2
    assert choices(count.command) == [*tables, "json", "jsonl", "parquet"]
    typeset = ["text", "markdown", "latex", "html", "typst", "mathml"]
    assert choices(formula.command) == [*typeset, "python", "numpy", "c", "javascript", "sql", "excel", "json"]
    assert choices(derive.command) == ["text", "markdown", "latex", "html", "typst", "json", "pdf"]


def test_an_unknown_medium_names_those_that_there_are() -> None:
    with pytest.raises(ArchitectureError) as caught:
        medium_named("word")
    assert (caught.value.code, caught.value.hint) == ("bad-medium", f"there are: {', '.join(MEDIA)}")


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("text", "a   b\nx   1\n   22"),
        ("markdown", "| a | b |\n| --- | --: |\n| x | 1 |\n|  | 22 |"),
        ("csv", "a,b\nx,1"),
    ],
)
def test_a_table_in_a_medium(name: str, written: str) -> None:
    assert medium_named(name).table(TABLE) == written


def test_wide_signs_take_two_places() -> None:
    """Full-width signs as Chinese ones do; an ordinary letter that is not ASCII takes one."""
    rows = (("漢", "1"), ("Ａ", "1"), ("é", "1"), ("abc", "1"))
    written = medium_named("text").table(Table((Column("a"), Column("b")), rows))
    assert written.splitlines() == ["a    b", "漢   1", "Ａ   1", "é    1", "abc  1"]


_PROBE = """
import sys
from symcount.cli import main
sys.argv = ["symcount", *sys.argv[1:]]
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
rooms = ("symcount.render.media.", "symcount.arithmetic.notation.")
print("loaded:", *sorted(name.rpartition(".")[2] for name in sys.modules if name.startswith(rooms)))
"""


def loaded(*arguments: str) -> set[str]:
    """The files of media and notations that a command has loaded when it is done."""
    done = subprocess.run([sys.executable, "-c", _PROBE, *arguments], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split()[1:])


def test_a_count_loads_no_medium_but_its_own() -> None:
    assert loaded("count", EXAMPLE) & {"latex", "typst", "html", "mathml", "markdown", "notebook", "csv"} == set()
    assert loaded("count", EXAMPLE, "--format", "latex") >= {"latex"}

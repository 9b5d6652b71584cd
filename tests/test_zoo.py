"""The shipped architectures: every network has its published total, and every family its formula."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import symcount as sc
from symcount.answers.zoo import Entry, entry
from symcount.catalogue import Model, builders_text, families, family_text, model, models
from symcount.cli.commands import command
from symcount.records import replace
from symcount.render.zoo import zoo_table

MODELS = list(models())
ROOT = Path(__file__).parent.parent


def run(*words: str) -> Result:
    return CliRunner().invoke(command, words)


@cache
def counted(name: str) -> Entry:
    """A network with its total, counted once for all tests."""
    return entry(next(each for each in MODELS if each.name == name))


def values(network: Model, *, but: str = "") -> dict[str, int | str]:
    """The bindings of a network, some of them left open."""
    return {name: value for name, value in network.bindings.items() if name not in but.split()}


@pytest.mark.parametrize("network", MODELS, ids=[each.name for each in MODELS])
def test_a_network_has_its_published_total(network: Model) -> None:
    assert counted(network.name).total == network.total


def test_a_wrong_total_is_seen() -> None:
    wrong = entry(replace(MODELS[0], total=MODELS[0].total + 1))
    assert not wrong.agrees
    assert zoo_table([wrong]).rows[0][5].startswith("no")


def test_a_wrong_text_is_seen() -> None:
    (network,) = (each for each in MODELS if each.name == "resnet50")
    assert not entry(replace(network, bindings={**network.bindings, "b_4": 4})).agrees


def test_there_are_many_networks() -> None:
    assert len(MODELS) >= 300


@pytest.mark.parametrize("network", MODELS, ids=[each.name for each in MODELS])
def test_a_network_says_what_it_is_and_where_its_total_stands(network: Model) -> None:
    assert network.source
    assert network.about
    assert model(network.name) == network


def test_every_family_has_a_network() -> None:
    assert {each.family for each in MODELS} == set(families())


def test_a_family_with_the_name_of_a_network_has_no_other() -> None:
    sizes = Counter(each.family for each in MODELS)
    assert [each.name for each in MODELS if sizes.get(each.name, 1) > 1] == []


@pytest.mark.parametrize("family", families())
def test_a_family_says_what_its_symbols_are(family: str) -> None:
    comments = "".join(line for line in family_text(family).splitlines() if line.startswith("#"))
    bound = {name for each in MODELS if each.family == family for name in each.bindings}
    stems = {name.partition("_")[0] for name in bound}
    assert [stem for stem in stems if f"{stem}:" not in comments and f"{stem}_" not in comments] == []


def test_a_value_gives_way_and_a_symbol_opens_again() -> None:
    assert sc.zoo("resnet50", o=10).params == 23_528_522
    assert str(sc.zoo("resnet50", o="o").params) == "2049*o + 23508032"
    assert sc.zoo("resnet50")(o="o", n="n")(o=1000).params == 25_557_032


def test_an_unknown_name_is_refused_with_the_nearest() -> None:
    with pytest.raises(sc.ArchitectureError, match="resnet5x") as found:
        sc.zoo("resnet5x")
    assert found.value.hint is not None
    assert found.value.hint.startswith("did you mean resnet5")


@pytest.mark.parametrize("name", ["", "../catalogue/vgg", "vgg.arch", "resnet50]", "\0", "index"])
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(sc.ArchitectureError):
        sc.zoo(name)


FORMULAS: dict[str, tuple[dict[str, int | str], str]] = {
    "unet": ({"o": 1}, "9*c*f + 7574*f**2 + 108*f + 1"),
    "unetplusplus": ({"o": 1}, "9*c*f + 8825*f**2 + 141*f + 1"),
    "nasbench201": ({"w": 16, "m": 5, "c": 3, "o": 10}, "243040*a + 28000*b + 73306"),
    "wide-resnet": ({"b": 4, "c": 3, "o": 10}, "364288*k**2 + 4992*k + 474"),
    "resnet-cifar": ({"w": 16, "c": 3, "o": 10}, "97216*b - 21926"),
    "mobilenet-v1": ({"c": 3, "o": 1000}, "3139584*a**2 + 1091392*a + 1000"),
    "resnet-video": ({"c": 3, "o": 400}, "10838016*t + 857424"),
    "lenet5": ({"c": "c", "o": "o"}, "150*c + 85*o + 60706"),
}


@pytest.mark.parametrize("family", FORMULAS)
def test_a_family_has_its_formula(family: str) -> None:
    given, formula = FORMULAS[family]
    assert str(sc.zoo(family, **given).params) == formula


def test_every_family_has_its_formula_on_the_page() -> None:
    page = (ROOT / "docs" / "families.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\$ symcount formula zoo:(\S+)", page, re.MULTILINE)) == set(families())


def test_the_u_net_stands_on_one_assumption() -> None:
    assert sc.zoo("unet").assumptions == ("16 divides n",)
    assert sc.zoo("unet", n=96).assumptions == ()
    with pytest.raises(sc.ArchitectureError, match="branches differ"):
        assert sc.zoo("unet", n=100, f=32, c=1, o=1).params


OPEN = {
    "vgg": "b_1 b_2 b_3 b_4 b_5 w bn c o",
    "resnet-basic": "b_1 b_2 b_3 b_4 w n c o",
    "resnet-bottleneck": "b_1 b_2 b_3 b_4 w g n c o",
    "resnet-cifar": "b w c o",
    "wide-resnet": "b k c o",
    "densenet": "k b_1 b_2 b_3 b_4 w n c o",
    "convnext": "b_1 b_2 b_3 b_4 w n c o",
    "regnet": "b_1 b_2 b_3 b_4 f_1 f_2 f_3 f_4 g q n c o",
    "shufflenet-v2": "f_2 f_3 f_4 f_5 n c o",
    "efficientnet-v2": "b_1 b_2 b_3 b_4 b_5 b_6 f_1 f_2 f_3 f_4 f_5 f_6 c o",
    "mobilenet-v1": "a n c o",
    "unet": "f n c o",
    "nasbench201": "a b w m c o",
    "allcnn": "w c o",
    "inception-v3": "aux n c o",
    "inception-v1-bn": "aux n c o",
}


@pytest.mark.parametrize("family", OPEN)
def test_the_formula_of_a_family_gives_each_of_its_totals(family: str) -> None:
    for network in (each for each in MODELS if each.family == family):
        opened = sc.zoo(family, **values(network, but=OPEN[family]))
        total: Any = opened.params
        bound = {opened.symbols[name]: value for name, value in network.bindings.items() if name in opened.symbols}
        assert total.subs(bound) == network.total


def test_the_parts_of_lenet_are_those_of_the_paper() -> None:
    layers = {row.name: row.params for row in sc.zoo("lenet5-1998").layers if row.params}
    assert layers == {"C1": 156, "AP1": 12, "C2": 1516, "AP2": 32, "C3": 48120, "H1": 10164, "O1": 840}


def test_keras_counts_the_statistics_of_xception() -> None:
    network = sc.Architecture(family_text("xception"), sc.zoo("xception").bindings, convention="keras")
    assert network.params == 22_910_480


def test_a_family_is_read_where_an_architecture_is() -> None:
    assert "9*c*f + 7574*f^2 + 108*f + 1" in run("formula", "zoo:unet", "o=1").output
    assert "23,528,522" in run("zoo:resnet50", "o=10", "--depth", "0").output
    assert run("check", "zoo:vgg16").exit_code == 0
    assert run("fmt", "zoo:vgg").output.startswith("def block")
    assert run("count", "zoo:resnet50", "q=3").exit_code == 2


def test_the_table_holds_every_network() -> None:
    told = run("zoo", "--format", "json")
    assert told.exit_code == 0
    assert [each["name"] for each in json.loads(told.output)] == [each.name for each in MODELS]


def test_one_network_is_shown_with_its_text_and_source() -> None:
    told = run("zoo", "unet-96").output
    assert "7,759,521" in told
    assert "UNetPlusPlus" in told
    assert family_text("unet").rstrip() in told
    assert json.loads(run("zoo", "unet", "--format", "json").output)["networks"] == ["unet-96", "wide-unet-96"]


def test_the_page_is_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("symcount.cli.zoo.entries", lambda: [counted(each.name) for each in MODELS])
    told = run("zoo", "--format", "markdown")
    assert (told.exit_code, told.output) == (0, (ROOT / "docs" / "zoo.md").read_text(encoding="utf-8"))


def test_a_wrong_total_is_told_by_the_exit_status(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = entry(replace(MODELS[0], total=MODELS[0].total + 1))
    monkeypatch.setattr("symcount.cli.zoo.entries", lambda: [wrong])
    assert run("zoo").exit_code == 1


def built_to(totals: dict[str, int | None]) -> Any:
    """What builds networks to totals, or lacks the library where there is none."""

    def built(network: Model) -> int:
        total = totals.get(network.name, network.total)
        if total is None:
            raise sc.ArchitectureError("not-installed", "needs the package timm", hint="pip install torch timm")
        return total

    return built


def test_what_libraries_build_stands_beside_the_totals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("symcount.cli.zoo.built_total", built_to({"resnet26": None}))
    told = run("zoo", "resnet", "--verify")
    rows = {line.split()[0]: line.split()[-1] for line in told.output.splitlines()[1:] if line}
    assert (told.exit_code, rows["resnet50"], rows["resnet26"]) == (0, "yes", "installed")
    assert "resnet20-cifar10" not in rows
    assert "networks were built; 5 have no library that does" in told.output
    assert json.loads(run("zoo", "resnet26", "--verify", "--format", "json").stdout or "[]") == []


def test_a_network_that_is_built_otherwise_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("symcount.cli.zoo.built_total", built_to({"resnet50": 1}))
    told = run("zoo", "resnet50", "--verify", "--format", "json")
    assert told.exit_code == 1
    assert {
        "name": "resnet50",
        "total": 25_557_032,
        "by": "torchvision.models.resnet50",
        "built": 1,
        "agrees": False,
    } in (json.loads(told.output))


def test_no_library_is_an_error_that_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("symcount.interop.checking.library.import_module", missing)
    told = run("zoo", "convnextv2_atto", "--verify")
    assert told.exit_code == 2
    assert "pip install torch timm" in told.output


def missing(name: str) -> Any:
    raise ModuleNotFoundError(f"No module named {name!r}", name=name)


@pytest.mark.parametrize("network", [each for each in MODELS if each.built], ids=lambda each: each.name)
def test_what_builds_a_network_can_be_asked(network: Model) -> None:
    library, _, name = network.built.partition(".")
    assert library in ("torchvision", "timm", "transformers")
    assert name
    if library == "transformers":
        fields = tomllib.loads(builders_text())[network.family]["fields"]
        texts = [text for each in fields.values() for text in ([each] if isinstance(each, str) else each)]
        asked = {factor for text in texts for factor in text.split("*") if not factor.isdigit()}
        assert asked <= {*network.bindings}


def test_the_page_of_trust_tells_how_many_networks_are_held_against_what() -> None:
    page = (ROOT / "docs" / "trust.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| networks of the zoo \|.*\| (\d+) of (\d+) equal \|", page, re.MULTILINE)
    libraries = Counter(each.built.partition(".")[0] for each in MODELS)
    numbers = len(MODELS), libraries["transformers"], libraries["torchvision"] + libraries["timm"]
    assert told == [(str(number), str(number)) for number in numbers]

"""A variant in the words of a language: the network, what is asked, and what the answer hangs on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from symcount.arithmetic import Size, by_name
from symcount.counts import Count, LayerRow, Row
from symcount.exam.questions import UNITS, Exam
from symcount.exam.variant import Variant
from symcount.exam.wording import Wording, wording
from symcount.layers import STATISTICS_COUNT, Layer, Recurrent, Word
from symcount.layers.normalisation import BatchNormalisation
from symcount.layers.pooling import Pooling
from symcount.layers.windows import Windowed
from symcount.program import canonical_text
from symcount.records import record

_PARAMS = ("params", "trainable", "weights", "active", "frozen", "memory")
_PRODUCTS = {"macs": "macs", "macs-inside": "macs", "flops": "flops"}
_SIZED = ("output", "size", "macs", "flops", "params", "connections", "activations")


@record
class Network:
    """A network in words: what it takes, and a line for each layer, its name first."""

    given: str
    layers: tuple[tuple[str, str], ...]
    line: str


@record
class Said:
    """A variant in words: its networks, the question, and sentences on what the answer hangs on."""

    networks: tuple[Network, ...]
    question: str
    hangs: tuple[str, ...]


def said(variant: Variant, language: str) -> Said:
    """Return a variant in the words of a language."""
    words = wording(language)
    networks = [_network(variant.count, words, words["form"]["given"])]
    if variant.other is not None:
        networks = [
            _network(variant.count, words, words["form"]["given-other"]),
            _network(variant.other, words, words["form"]["other"]),
        ]
    shown = () if variant.question.form == "line" else tuple(networks)
    return Said(shown, _question(variant, words), tuple(_hangs(variant, words)))


def _question(variant: Variant, words: Wording) -> str:
    question = variant.question
    if question.text:
        values = {name: str(each) for name, each in variant.values.items() if name != question.solve}
        return _filled(question.text, values | {"target": variant.target, "line": variant.line})
    form = words["form"]
    what = form["network"] if question.at is None else form["layer"].format(layer=question.at)
    noun = words["noun"][question.ask]
    if question.form in ("value", "line", "formula", "difference"):
        noun = noun[:1].upper() + noun[1:]
        text = form[question.form].format(symbol=question.solve, noun=noun, target=variant.target, what=what)
        return text[:1].upper() + text[1:]
    text = words["ask"][question.ask].format(what=what, unit=question.unit or "B")
    return text[:1].upper() + text[1:]


def _filled(text: str, values: Mapping[str, str]) -> str:
    """A teacher's own text, with values for the names between braces that are known; other braces stay."""
    for name, value in values.items():
        text = text.replace("{" + name + "}", value)
    return text


def _network(count: Count, words: Wording, given: str) -> Network:
    sizes = count.trace.input.sizes
    key = {1: "vector", 2: "sequence", 3: "image"}.get(len(sizes), "volume")
    shown = tuple(map(by_name, sizes))
    arrives = words["input"][key].format(*shown, shape="×".join(shown))
    rows = tuple((row.name if isinstance(row, LayerRow) else "", _phrase(row, words)) for row in count.rows)
    return Network(given.format(input=arrives), rows, count.text)


def _phrase(row: Row, words: Wording) -> str:
    if not isinstance(row, LayerRow):
        item = row.part.item
        inside = canonical_text(item) if not row.layers else row.text
        times = row.times
        template = words["layers"]["block"]
        return template.format(text=inside, times=times) if isinstance(times, int) and times > 1 else inside
    layer = row.part.layer
    found = words["layers"].get(row.kind)
    if found is None:
        return f"{layer.noun} {row.text}"
    phrase = found.format(**{name: _size(getattr(layer, name)) for name in layer.arguments})
    return ", ".join((phrase, *_options(layer, words["option"])))


def _options(layer: Layer, words: Mapping[str, str]) -> Iterator[str]:
    """What a layer has besides its sizes: options that are not as one would take for granted."""
    found: Any = layer
    if isinstance(layer, Windowed):
        if any(each != 1 for each in found.stride):
            yield words["stride"].format(_once(found.stride))
        padding = _padding(found.padding, words)
        if not (isinstance(layer, Pooling) and padding == words["valid"]):
            yield padding
        if any(each != 1 for each in found.dilation):
            yield words["dilation"].format(_once(found.dilation))
    if getattr(layer, "groups", 1) != 1:
        yield words["groups"].format(_size(found.groups))
    if getattr(layer, "bias", 1) == 0 and layer.arguments["bias"].default != 0:
        yield words["no-bias"]
    if getattr(layer, "kv", None) is not None and found.kv != found.heads:
        yield words["kv"].format(_size(found.kv))
    if "last" in layer.arguments and found.last:
        yield words["last"]


def _padding(padding: tuple[Any, ...], words: Mapping[str, str]) -> str:
    if any(isinstance(each, Word) for each in padding):
        return words["same"]
    if all(isinstance(each, int) and each == 0 for each in padding):
        return words["valid"]
    return words["padding"].format(_once(padding))


def _size(value: Any) -> str:
    """A size as it is read; of a window all of its sides."""
    if isinstance(value, tuple):
        return "×".join(map(_size, value))
    return by_name(value) if isinstance(value, Size) else str(value)


def _once(sizes: tuple[Any, ...]) -> str:
    """Sizes for each axis as one, where they are the same."""
    return _size(sizes[0] if all(each == sizes[0] for each in sizes) else sizes)


def _hangs(variant: Variant, words: Wording) -> Iterator[str]:
    """The sentences on what the answer hangs on."""
    question, count = variant.question, variant.count
    hangs, ask = words["hangs"], question.ask
    layers = [step.layer for each in (count, variant.other) if each is not None for step in each.trace.steps]
    if ask in (*_PARAMS, "biases"):
        biased = [layer for layer in layers if "bias" in layer.arguments and layer.arguments["bias"].default != 0]
        if biased:
            yield hangs["biases" if any(layer.bias != 0 for layer in biased) else "no-biases"]  # type: ignore[attr-defined]
    if ask in _PARAMS and any(isinstance(layer, BatchNormalisation) for layer in layers):
        counts = count.setting.convention.choice(STATISTICS_COUNT) or ask == "memory"
        yield hangs["statistics-counted" if counts else "statistics"]
    gates = {layer.bias for layer in layers if isinstance(layer, Recurrent)}
    if ask in _PARAMS and gates:
        yield hangs["gates"].format(", ".join(map(_size, gates)))
    if ask in _PRODUCTS:
        yield hangs[_PRODUCTS[ask]]
    if ask == "memory":
        yield hangs["bytes"].format(_size(count.setting.memory.width))
        if question.unit:
            yield hangs["units"].format(unit=question.unit, size=UNITS[question.unit])
            yield hangs["rounded"]
    if ask in _SIZED and any(isinstance(layer, Windowed) for layer in layers):
        yield hangs["floor"]
    if ask == "output":
        yield hangs["channels"]


def title(exam: Exam, number: int, variant: Variant) -> str:
    """Return the title of a question: its number, and its points."""
    words = wording(exam.language)["words"]
    points = variant.question.points
    return f"{words['question']} {number} ({points} {words['point' if points == 1 else 'points']})"

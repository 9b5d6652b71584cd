"""The reference of layer kinds: what each class declares and its rules say, with nothing written twice."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping

from symcount.arithmetic import by_name
from symcount.errors import ArchitectureError
from symcount.layers import (
    FAMILIES,
    KINDS,
    Argument,
    ByConvention,
    From,
    Layer,
    LayerError,
    Shape,
    in_general,
    kind_called,
    kind_near,
)
from symcount.render.medium import MEDIA, Medium
from symcount.render.table import Column, Table
from symcount.trace import WRAPPERS

Letters = Mapping[str, str]


def reference_table(letters: Letters, medium: str = "text") -> Table:
    """Return a row for each kind: token, arguments, output, parameters, and what it is."""
    kind = MEDIA[medium]
    columns = tuple(map(Column, ("kind", "arguments", "channels", "each axis", "parameters", "is")))
    rows = [_row(each, letters, kind) for each in kinds()]
    return Table(columns, (*rows, *(_wrapper_row(name, kind) for name in _OWN_WRAPPERS)))


def kinds() -> list[type[Layer]]:
    """Return every kind, family by family; those that a program defined itself come last."""
    places = {family.__name__: place for place, family in enumerate(FAMILIES)}
    return sorted(KINDS.values(), key=lambda kind: places.get(kind.__module__, len(places)))


def _row(kind: type[Layer], letters: Letters, medium: Medium) -> tuple[str, ...]:
    return (
        medium.escape(kind.token),
        medium.escape(", ".join(_signature(each, kind) for each in _own(kind).values())),
        *map(medium.maths, _output_rules(kind, letters, medium)),
        medium.maths(_parameter_rule(kind, letters, medium)),
        medium.prose(_sentence(kind)),
    )


_OWN_WRAPPERS = tuple(name for name in WRAPPERS if name not in KINDS)
"""The wrappers that are no kind of their own."""


def _wrapper_row(name: str, medium: Medium) -> tuple[str, ...]:
    wrapper = WRAPPERS[name]
    return medium.escape(name), medium.escape(wrapper.example), "", "", "", medium.escape(wrapper.sentence)


def reference(name: str, letters: Letters) -> str:
    """Return all that there is to say of one kind, as plain text."""
    if name in _OWN_WRAPPERS:
        return "\n".join((name, "", WRAPPERS[name].sentence, "", f"  {WRAPPERS[name].example}"))
    kind = kind_called(name)
    if kind is None:
        close = kind_near(name)
        hint = f"did you mean {close}?" if close else "symcount layers lists every kind"
        raise ArchitectureError("unknown-layer", f"no layer is called {name!r}", hint=hint)
    return "\n".join(_lines(kind, letters, MEDIA["text"]))


def _lines(kind: type[Layer], letters: Letters, medium: Medium) -> Iterator[str]:
    yield ", ".join((kind.token, *kind.aliases))
    yield ""
    yield medium.prose(inspect.cleandoc(kind.__doc__ or ""))
    yield ""
    for argument in kind.arguments.values():
        yield f"  {_signature(argument, kind):<14}{_meaning(argument)}"
    yield ""
    channels, axis = _output_rules(kind, letters, medium)
    yield f"channels    {channels}"
    yield f"each axis   {axis or 'none: a vector'}"
    yield f"parameters  {_parameter_rule(kind, letters, medium)}"
    statistics = _rule(kind, letters, medium, "statistics")
    if statistics != "0":
        yield f"statistics  {statistics}"


def _own(kind: type[Layer]) -> dict[str, Argument]:
    return {name: each for name, each in kind.arguments.items() if name != "frozen" and _decides(each)}


def _decides(argument: Argument) -> bool:
    """Whether a count can depend on it."""
    return argument.counted or argument.flag or argument.label


def _signature(argument: Argument, kind: type[Layer]) -> str:
    short = argument.short
    match argument.default:
        case ByConvention(textbook=default):
            return f"{short}={default}"
        case _ if argument.required or argument.default is None:
            return short
        case From(argument=other):
            return f"{short}={kind.arguments[other].short}"
        case int() if argument.flag:
            return f"{short}={'on' if argument.default else 'off'}"
        case 0 if argument.words:
            return f"{short}={argument.words[0]}"
        case default:
            return f"{short}={default}"


def _meaning(argument: Argument) -> str:
    """What an argument takes, in words."""
    long = argument.name.replace("_", " ")
    parts = [] if long == argument.short else [long]
    if argument.flag:
        parts.append("on or off")
    parts += [f"or {' or '.join(argument.words)}"] if argument.words and argument.counted else []
    parts += [argument.default.others] if isinstance(argument.default, ByConvention) else []
    parts += ["a label"] if argument.label else []
    parts += [f"or one each for {', '.join(argument.parts)}"] if argument.parts else []
    parts += ["for each axis"] if argument.per_axis else []
    parts += ["by name only"] if argument.named_only else []
    parts += ["a symbol where it is left out"] if argument.required else []
    parts += ["counts nothing"] if not (argument.counted or argument.flag or argument.label) else []
    return ", ".join(parts)


def _sentence(kind: type[Layer]) -> str:
    return inspect.cleandoc(kind.__doc__ or "").partition("\n")[0]


def _general(kind: type[Layer]) -> tuple[Layer, Shape]:
    """The kind over an image, or over a sequence or a vector where it takes fewer axes."""
    image = 2 + 2 - kind.own_rank(2)  # the axes of an image, and those that no argument is for
    for rank in (image, 1):
        layer, x = in_general(kind, rank)
        try:
            layer.output(x)
        except LayerError:
            continue
        return layer, x
    return in_general(kind, 0)


def _output_rules(kind: type[Layer], letters: Letters, medium: Medium) -> tuple[str, str]:
    """The rule of the output's channels, and that of its axes, which are all alike."""
    layer, x = _general(kind)
    channels, *axes = (by_name(size, medium.notation, dict(letters)) for size in layer.output(x).sizes)
    return channels, axes[0] if axes else ""


def _parameter_rule(kind: type[Layer], letters: Letters, medium: Medium) -> str:
    return _rule(kind, letters, medium, Layer.parameters.__name__)


def _rule(kind: type[Layer], letters: Letters, medium: Medium, rule: str) -> str:
    layer, x = _general(kind)
    return by_name(getattr(layer, rule)(x), medium.notation, dict(letters))

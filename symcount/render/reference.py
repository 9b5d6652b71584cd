"""The reference of layer kinds: what each class declares and its rules say, with nothing written twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from symcount.answers.kinds import Kind, kind, kinds
from symcount.arithmetic import Size, by_name
from symcount.errors import ArchitectureError
from symcount.layers import KINDS, Argument, ByConvention, From, Layer, kind_called, kind_near, letters_in, renamed
from symcount.program import WRAPPERS
from symcount.render.media import medium_named
from symcount.render.medium import Medium
from symcount.render.table import Column, Table

Letters = Mapping[str, str]


def reference_table(letters: Letters, medium: str = "text") -> Table:
    """Return a row for each kind: token, arguments, output, parameters, and what it is."""
    shown = medium_named(medium)
    columns = (
        Column("kind"),
        Column("arguments", code=True),
        Column("channels", leaves=2),
        Column("each axis", leaves=3),
        Column("parameters"),
        Column("is", leaves=1),
    )
    every = kinds()
    letters = _renamed(letters, every)
    rows = [_kind_row(each, letters, shown) for each in every]
    return Table(columns, (*rows, *(_wrapper_row(name, shown) for name in _OWN_WRAPPERS)))


def _kind_row(found: Kind, letters: Letters, medium: Medium) -> tuple[str, ...]:
    own = _own(found.layer).values()
    return (
        medium.escape(found.token),
        medium.escape(", ".join(_signature(each, found.layer) for each in own)),
        medium.maths(_rule(found.channels, letters, medium)),
        medium.maths(_axis(found, letters, medium)),
        medium.maths(_rule(found.parameters, letters, medium)),
        medium.prose(found.description.partition("\n")[0]),
    )


_OWN_WRAPPERS = tuple(name for name in WRAPPERS if name not in KINDS)
"""The wrappers that are no kind of their own."""


def _wrapper_row(name: str, medium: Medium) -> tuple[str, ...]:
    wrapper = WRAPPERS[name]
    return medium.escape(name), medium.escape(wrapper.example), "", "", "", medium.escape(wrapper.sentence)


def reference(name: str, letters: Letters) -> str:
    """Return all that there is to say of one kind, as plain text."""
    if name in _OWN_WRAPPERS:
        _renamed(letters, ())
        return "\n".join((name, "", WRAPPERS[name].sentence, "", f"  {WRAPPERS[name].example}"))
    named = kind_called(name)
    if named is None:
        close = kind_near(name)
        hint = f"did you mean {close}?" if close else "symcount layers lists every kind"
        raise ArchitectureError("unknown-layer", f"no layer is called {name!r}", hint=hint)
    found = kind(named)
    return "\n".join(_lines(found, _renamed(letters, (found,)), medium_named("text")))


def _renamed(letters: Letters, shown: Iterable[Kind]) -> Letters:
    """The letters of the rules that are shown, renamed so that each still stands for one thing."""
    rules = chain.from_iterable((each.channels, each.axis, each.parameters, each.statistics) for each in shown)
    return renamed(letters, letters_in(rule for rule in rules if rule is not None))


def _lines(found: Kind, letters: Letters, medium: Medium) -> Iterator[str]:
    yield ", ".join((found.token, *found.aliases))
    yield ""
    yield medium.prose(found.description)
    yield ""
    for argument in found.layer.arguments.values():
        yield f"  {_signature(argument, found.layer):<14}{_meaning(argument)}"
    yield ""
    yield f"channels    {_rule(found.channels, letters, medium)}"
    yield f"each axis   {_axis(found, letters, medium) or 'none: a vector'}"
    yield f"parameters  {_rule(found.parameters, letters, medium)}"
    statistics = _rule(found.statistics, letters, medium)
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
            return f"{short}={('off', 'on')[default] if argument.flag else default}"
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
    parts += ["a name, which stands for itself"] if argument.is_name else []
    parts += ["counts nothing"] if not (_decides(argument) or argument.is_name) else []
    return ", ".join(parts)


def _axis(found: Kind, letters: Letters, medium: Medium) -> str:
    return "" if found.axis is None else _rule(found.axis, letters, medium)


def _rule(rule: Size, letters: Letters, medium: Medium) -> str:
    return by_name(rule, medium.notation, dict(letters))

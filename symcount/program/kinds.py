"""Which layer kind a name in the text means: ``C``, ``conv2d``, or ``P2`` with its argument glued to it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from symcount.arithmetic.remembered import remembered
from symcount.errors import ArchitectureError, Span, near
from symcount.layers import KINDS, Layer, kind_called, kind_near
from symcount.syntax import text, tree
from symcount.syntax.limits import check_digits

_GLUED = re.compile(r"([A-Za-z_]\w*?)([0-9]+(?:x[0-9]+)*)")


@remembered
def split_digits(name: str) -> tuple[str, str]:
    """Part a name from the digits that are glued to it.

    >>> split_digits("P1x2"), split_digits("relu")
    (('P', '1x2'), ('relu', ''))
    """
    match = _GLUED.fullmatch(name)
    return (match[1], match[2]) if match else (name, "")


def glued_arguments(call: tree.Call) -> tuple[tree.Argument, ...]:
    """Return the digits at the end of a layer's name as its first argument: that of ``P1x2`` is 1×2."""
    word, digits = split_digits(call.name)
    if not digits:
        return ()
    start = call.name_span.start + len(word)
    sizes = []
    for each in re.finditer("[0-9]+", digits):
        check_digits(each[0], start + each.start())
        sizes.append(tree.Number(Span(start + each.start(), start + each.end()), int(each[0])))
    span = Span(start, start + len(digits))
    value = sizes[0] if len(sizes) == 1 else tree.Dimensions(span, tuple(sizes))
    return (tree.Argument(span, None, value),)


def resolved_kind(call: tree.Call, macros: Iterable[str] = ()) -> tuple[type[Layer], tuple[tree.Argument, ...]]:
    """Return the kind that the name of a call means, and all of its arguments, glued digits first."""
    kind = kind_called(call.name)
    if kind is not None:
        if call.name in _CHANNELS_FIRST:
            _refuse_what_arrives(call, kind.token)
        return kind, call.arguments
    word, digits = split_digits(call.name)
    kind = kind_called(word)
    if kind is None:
        raise _unknown(call, word, digits, macros)
    return kind, (*glued_arguments(call), *call.arguments)


def is_input(item: tree.Item) -> bool:
    """Return whether an item of a text is an input, perhaps with a label."""
    while isinstance(item, tree.Labelled):
        item = item.item
    return isinstance(item, tree.Call) and kind_named(item.name) is KINDS["I"]


def kind_named(name: str) -> type[Layer] | None:
    """Return the kind that a name means, with or without glued digits."""
    return kind_called(name) or kind_called(split_digits(name)[0])


def _unknown(call: tree.Call, word: str, digits: str, macros: Iterable[str]) -> ArchitectureError:
    hint = _intended(call.name, word, digits, macros) or "symcount layers lists every kind"
    return ArchitectureError("unknown-layer", f"no layer is called {call.name!r}", span=call.name_span, hint=hint)


def _intended(name: str, word: str, digits: str, macros: Iterable[str]) -> str | None:
    same = next((token for token in KINDS if token.lower() == word.lower()), None)
    if same is not None:
        return f"did you mean {same}{digits}?"
    if word.lower() in _NOT_LAYERS:
        return _NOT_LAYERS[word.lower()]
    if word[0] in KINDS and 1 < len(name) <= 3 and name[1:].islower():
        return f"write {word[0]}({name[1:]}) for a size that is a symbol"
    close = near(word, macros) or kind_near(word)
    return f"did you mean {close}{digits}?" if close else None


_CHANNELS_FIRST = {
    "Linear": 2,
    **dict.fromkeys((f"Conv{transpose}{axes}d" for transpose in ("", "Transpose") for axes in (1, 2, 3)), 3),
    **dict.fromkeys(("BatchNorm1d", "BatchNorm2d", "BatchNorm3d", "LayerNorm"), 1),
}
"""PyTorch's classes whose first argument says what arrives, and how many by place show that it is given."""


def _refuse_what_arrives(call: tree.Call, token: str) -> None:
    """Refuse ``Conv2d(1,32,5)`` in PyTorch's order: it would be one filter of 32 by 32, 5 apart."""
    by_place = [text(each.value) for each in call.arguments if each.name is None]
    if len(by_place) < _CHANNELS_FIRST[call.name]:
        return
    others = by_place[1:]
    without = f"{call.name}({','.join(others)})" if others else call.name
    here = f", or {token}({','.join(by_place)}) in the order of this language" if len(others) > 1 else ""
    raise ArchitectureError(
        "what-arrives",
        f"{call.name} in PyTorch's order begins with what arrives, which is known here",
        span=call.span,
        hint=f"write {without}{here}",
    )


_NOT_LAYERS = {
    "add": "branches are added by {A+B}",
    **dict.fromkeys(("concatenate", "concat", "cat"), "branches are concatenated by {A|B}"),
    **dict.fromkeys(("multiply", "mul"), "branches are multiplied by mul{A|B}"),
    "bidirectional": "both directions are written bi[LSTM(h)]",
    "timedistributed": "Lin acts at every step by itself",
    **dict.fromkeys(("pwconv", "pointwise", "pointwiseconv"), "a pointwise convolution is C(f,1)"),
    "sequential": "layers in series are linked with '-'",
}
"""What classes of the frameworks that are no layers here are written as."""

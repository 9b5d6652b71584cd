"""The texts of steps that work along the axes of an image, and of normalisations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from symcount.interop.reading.graphs.flow import refused
from symcount.interop.reading.graphs.steps import Step


def each(sizes: Any) -> str:
    """Return a size for each axis as the language writes it: one where they are equal."""
    values = (sizes,) if isinstance(sizes, str | int) else tuple(sizes)
    if len(set(values)) == 1:
        return str(values[0])
    return f"({','.join(map(str, values))})"


def options(*given: tuple[str, Any, Any]) -> str:
    """Return options as the language writes them, those left out that are at their defaults."""
    return "".join(f",{name}={each(value)}" for name, value, usual in given if each(value) != str(usual))


def convolution(step: Step, channels: int) -> str:
    """Return the text of a convolution of so many channels, perhaps transposed, perhaps one for each channel."""
    said = step.options
    weights, groups = step.weights, said["groups"]
    bias = "" if len(weights) > 1 else ",bias=off"
    kernel = each(weights[0].shape[2:])
    padding = said["padding"]
    before = ""
    if len(set(padding)) > 1 and padding[: len(padding) // 2] != padding[len(padding) // 2 :]:
        before, padding = f"{border(step)}-", (0,)
    window = options(("s", said["stride"], 1), ("p", padding[: len(padding) // 2] or padding, 0))
    if said.get("transposed"):
        window += options(("op", said["output padding"], 0), ("d", said["dilation"], 1), ("g", groups, 1))
        return f"T({weights[0].shape[1] * groups},{kernel}{window}{bias})"
    window += options(("d", said["dilation"], 1))
    filters = weights[0].shape[0]
    if 1 < groups == channels:
        return f"{before}DW({kernel}{window}{bias}{options(('m', filters // channels, 1))})"
    return f"{before}C({filters},{kernel}{window}{options(('g', groups, 1))}{bias})"


def norm(step: Step, channels: int) -> str:
    """Return the text of a normalisation, whose factors and addends are of each channel."""
    counts = [weight.count for weight in step.weights]
    if any(count != channels for count in counts):
        raise refused(f"{step.name}, a normalisation over more than the channels")
    match step.kind:
        case "batch norm":
            return "BN" if len(counts) == 4 else "BN(scale=off,shift=off)"
        case "layer norm":
            return ("_", "LN(bias=off)", "LN")[len(counts)]
        case "rms norm":
            return ("_", "RMS")[len(counts)]
        case "group norm":
            return f"GN({step.options['groups']}{'' if counts else ',affine=off'})"
        case _:
            return "IN(affine=on)" if counts else "IN"


def pool(step: Step) -> str:
    """Return the text of a pooling."""
    said = step.options
    padding: Sequence[int] = said["padding"]
    half = len(padding) // 2
    before = ""
    if padding[:half] != padding[half:]:
        before, padding = f"{border(step)}-", (0,)
    stride = "" if each(said["stride"]) == each(said["kernel"]) else f",s={each(said['stride'])}"
    more = options(("p", padding[: len(padding) // 2] or padding, 0), ("d", said["dilation"], 1))
    token = "P" if said["max"] else "AP"
    return f"{before}{token}({each(said['kernel'])}{stride}{more}{',ceil=on' if said.get('ceil') else ''})"


def border(step: Step) -> str:
    """Return the text of what is added or cut at the sides: ``padding`` has those before, then those behind."""
    padding: Sequence[int] = step.options["padding"]
    half = len(padding) // 2
    written = []
    for token, sign in (("pad", 1), ("crop", -1)):
        before, behind = ([max(0, sign * side) for side in sides] for sides in (padding[:half], padding[half:]))
        if any((*before, *behind)):
            same = before == behind
            sides = each(before) if same else f"before={each(before)},after={each(behind)}"
            written.append(f"{token}({sides})")
    return "-".join(written) or "_"


def resized(step: Step) -> str:
    """Return the text of a change of size, as a factor where it is one."""
    factors = step.options.get("factors")
    if factors is not None and all(factor == int(factor) >= 1 for factor in factors):
        return f"U({each([int(factor) for factor in factors])})"
    return f"resize({each(step.shape[2:])})"

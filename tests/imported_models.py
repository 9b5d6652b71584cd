"""Imports the models of libraries, and tells how many come with their own totals; run by hand.

``python -m tests.imported_models torchvision [PART…]`` needs torchvision, ``timm`` timm, ``keras`` Keras. Models of
these names or groups are read; without any all of torchvision's and of Keras' applications, and a hundred of timm's,
at least one of each file, drawn from the seed of the tests. They are built without values where they run without: no
weights are fetched.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from importlib import import_module
from inspect import getmembers, isfunction
from math import prod
from random import Random
from time import process_time
from typing import Any, NamedTuple

import torch

from symcount.architecture import Architecture
from symcount.errors import ArchitectureError
from symcount.interop.reading.source import read_said
from symcount.interop.torch_trace import traced_network
from tests.seeds import chosen_seed


class Model(NamedTuple):
    """A model of a library: the group that it stands in, its name, what makes it, and its input without the batch."""

    group: str
    name: str
    make: Callable[[], Any]
    shape: tuple[int, ...]


_SIDES = {"inception_v3": 299, "r3d_18": 112, "mc3_18": 112, "r2plus1d_18": 112}


def _of_torchvision(parts: Sequence[str]) -> Iterator[Model]:
    models = import_module("torchvision").models
    for group in ("classification", "segmentation", "detection", "video"):
        for name in models.list_models(module=models if group == "classification" else getattr(models, group)):
            more: dict[str, Any] = {} if group in ("classification", "video") else {"weights_backbone": None}
            if name in ("googlenet", "inception_v3"):
                more["init_weights"] = False
            side = _SIDES.get(name, 224)
            shape = (3, 16, side, side) if group == "video" else (3, side, side)
            if not parts or {group, name} & {*parts}:
                yield Model(group, name, partial(models.get_model, name, weights=None, **more), shape)


_LARGE = "giant gigantic huge enormous xlarge xxl 384 448 512 so400 1b 2b 3b 7b".split()
"""Parts of the names of models whose size says nothing that the smaller ones do not."""


_DRAWN = 100
"""How many models of timm are read where none is named."""


def _of_timm(parts: Sequence[str]) -> Iterator[Model]:
    timm = import_module("timm")
    files: dict[str, list[str]] = defaultdict(list)
    for name in timm.list_models():
        files[timm.models.model_entrypoint(name).__module__.rpartition(".")[2]].append(name)
    named = [(file, name) for file, names in sorted(files.items()) for name in names if {file, name} & {*parts}]
    for file, name in named if parts else _drawn(files):
        config = timm.get_pretrained_cfg(name)
        shape = (3, 224, 224) if config is None else tuple(config.input_size)
        yield Model(file, name, partial(timm.create_model, name), shape)


def _drawn(files: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """Draw a model of each file, and of what is left as many as are missing."""
    draw = Random(chosen_seed())
    found, others = [], []
    for file, names in sorted(files.items()):
        small = [name for name in names if not any(large in name for large in _LARGE)] or names
        chosen = draw.choice(small)
        found.append((file, chosen))
        others += [(file, name) for name in small if name != chosen]
    return found + draw.sample(others, _DRAWN - len(found))


def _of_keras(parts: Sequence[str]) -> Iterator[Model]:
    os.environ.setdefault("KERAS_BACKEND", "torch")
    keras = import_module("keras")
    for name, make in getmembers(keras.applications, isfunction):
        if not parts or name in parts:
            yield Model("applications", name, partial(make, weights=None), ())


_LIBRARIES = {"torchvision": _of_torchvision, "timm": _of_timm, "keras": _of_keras}


def _notes_of(model: Model) -> tuple[str, ...]:
    """Read a model of Keras by its JSON, and return what is said of it besides."""
    keras = import_module("keras")
    try:
        with keras.device("meta"):
            built = model.make()
    except ValueError as error:  # of NASNetMobile, which Keras does not build on PyTorch
        raise ArchitectureError("not-traced", f"Keras does not build it: {error}") from None
    read = read_said(json.loads(built.to_json()), "model.json")
    net = Architecture(read.numbers)
    given = [layer for layer in built.layers if type(layer).__name__ == "Normalization"]  # a note says that it keeps
    learned, kept, noted = (
        sum(prod(weight.shape) for weight in weights)
        for weights in (built.trainable_weights, built.weights, [each for layer in given for each in layer.weights])
    )
    if (net.of("trainable"), net.of("params") + net.of("statistics") + noted) != (learned, kept):
        raise ArchitectureError("not-traced", f"it has {kept:,} weights, and the line that was read {net.params:,}")
    return read.notes


def warnings_of(model: Model) -> tuple[str, ...]:
    """Read a model, and return what is said of it besides; an `ArchitectureError` says why it is not read."""
    try:
        with torch.device("cpu" if model.group == "detection" else "meta"):  # what a detector does depends on values
            module = model.make()
    except (NotImplementedError, RuntimeError):  # what sets values as it is built cannot be built without them
        module = model.make()
    return traced_network(module, model.shape).warnings


EXACT, DECLARED, APART, REFUSED = "exact", "with parameters that are declared", "in parts", "refused"
"""A line that says all; one that says of some modules how many parameters they have, and no more; one that has the
parts side by side; and none."""


def main(words: Sequence[str]) -> None:
    """Read the models of a library, print a line for each, and how many of how many of each group are read."""
    library, *parts = words
    outcomes: dict[str, Counter[str]] = defaultdict(Counter)
    for model in _LIBRARIES[library](parts):
        started = process_time()
        try:
            said = (_notes_of if library == "keras" else warnings_of)(model)
            apart = any("not followed as a whole" in each for each in said)
            outcome = APART if apart else DECLARED if any("free(" in each for each in said) else EXACT
        except ArchitectureError as error:
            said, outcome = (f"{error.message} ({error.hint})",), REFUSED
        outcomes[model.group][outcome] += 1
        more = f" (of {len(said)})" if len(said) > 1 else ""
        seconds = process_time() - started
        print(
            f"{model.group:16} {model.name:34} {seconds:4.1f} s  {outcome}: {said[0] if said else ''}{more}", flush=True
        )
    total: Counter[str] = Counter()
    for group, counts in outcomes.items():
        print(f"{group}: {_told(counts)}")
        total += counts
    print(f"all of {library}: {_told(total)}")


def _told(counts: Counter[str]) -> str:
    return f"{counts.total()}, " + ", ".join(f"{counts[each]} {each}" for each in (EXACT, DECLARED, APART, REFUSED))


if __name__ == "__main__":
    main(sys.argv[1:])

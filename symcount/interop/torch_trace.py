"""A PyTorch module as a network: traced in the process of whoever owns it, and never without being asked by name.

``python -m symcount.interop.torch_trace MODULE:FACTORY SIZE…`` calls a factory of the user's, and prints the line.
"""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from importlib import import_module
from typing import Any

from symcount.architecture import Architecture
from symcount.errors import ArchitectureError, not_installed
from symcount.interop.reading.graphs.chains import line_of
from symcount.interop.reading.graphs.flow import Traced
from symcount.interop.reading.graphs.operations import Operation
from symcount.interop.reading.traced.exported import DECLARING, ENDING, exported
from symcount.interop.reading.traced.fx import Tracing
from symcount.interop.reading.traced.parts import in_parts
from symcount.records import record, replace


@record
class TracedNetwork:
    """A network that was traced, and what a reader would want to know: what a layer is written as, or left out."""

    network: Architecture
    warnings: tuple[str, ...]


def traced_network(module: Any, *inputs: Any) -> TracedNetwork:
    """Return the network of a PyTorch module with what was left out on the way.

    The totals of the two are equal, and the shapes that leave them where it is not read in parts, or an
    `ArchitectureError` is raised.
    """
    torch = _torch()
    was_training = module.training
    module.eval()
    try:
        return _read(torch, module, _tensors(torch, module, inputs))
    finally:
        module.train(was_training)


def from_torch(module: Any, *inputs: Any) -> Architecture:
    """Return the network of a PyTorch module, traced on tensors like these.

    An input is a tensor with its batch, or a shape without it, such as ``(3, 224, 224)``. The module's own code
    runs here, as it does wherever it is called. What no line says is written as ``free(n)`` where it leaves the shape
    that arrives; what cannot be followed as a whole is read in parts, each with an input of its own. A warning says so.
    What cannot be read either way is refused by an `ArchitectureError`; the totals of the two are equal.
    """
    from warnings import warn

    found = traced_network(module, *inputs)
    for warning in found.warnings:
        warn(warning, stacklevel=2)
    return found.network


_MOST_NAMED = 6


def _torch() -> Any:
    try:
        import torch
        import torch.fx
    except ModuleNotFoundError:
        raise not_installed("tracing a module", "torch", "torch") from None
    return torch


def _tensors(torch: Any, module: Any, inputs: tuple[Any, ...]) -> tuple[Any, ...]:
    """The inputs as tensors, on the device of the module, which may be one without values."""
    device = next((parameter.device for parameter in module.parameters()), None)
    return tuple(each if isinstance(each, torch.Tensor) else torch.zeros(1, *each, device=device) for each in inputs)


def _read(torch: Any, module: Any, tensors: tuple[Any, ...]) -> TracedNetwork:
    """The network as it is followed, or else its parts, each by itself."""

    def read(part: Any, given: tuple[Any, ...]) -> Traced:
        return _traced(torch, part, given, ENDING)

    try:
        return _checked(module, _traced(torch, module, tensors))
    except ArchitectureError as error:
        first = error
    try:
        parts = in_parts(torch, module, tensors, read)
        whole = _with_left(parts.traced, _left(module, parts.traced))
        said = (
            f"{type(module).__name__} is not followed as a whole; its parts are read, each by itself: "
            f"{_named(parts.names)}; what it does besides is left out"
        )
        return _checked(module, replace(whole, warnings=(said, *whole.warnings)))
    except ArchitectureError:
        raise first from None


def _traced(torch: Any, module: Any, given: tuple[Any, ...], most: int = DECLARING) -> Traced:
    """The module as `torch.fx` follows it, or else as `torch.export` runs it, read as freely as is said at most."""
    ways: list[Callable[[], Traced]] = [
        lambda: _followed(torch, module, given),
        *(partial(exported, torch, module, given, how) for how in range(most + 1)),
    ]
    without_end = ways[-1] if most == ENDING else None
    errors: list[ArchitectureError] = []
    found: list[Traced] = []
    for way in ways:
        try:
            traced = way()
            traced = _with_left(traced, _left(module, traced))
            network = _checked(module, traced).network
            if way is not without_end:
                _check_shape(network, traced)
        except ArchitectureError as error:
            errors.append(error)
            continue
        if not traced.declared:
            return traced
        found.append(traced)
    if found:
        return min(found, key=lambda each: each.declared)
    first, *others = errors
    raise ArchitectureError(first.code, first.message, hint=_hint(first, others))


def _followed(torch: Any, module: Any, tensors: tuple[Any, ...]) -> Traced:
    """The module as `torch.fx` follows it, in training where more of its parameters are taken then."""
    traced = Tracing(torch, module, tensors).traced()
    left = _left(module, traced)
    if not left:
        return traced
    try:
        trained = Tracing(torch, module, tensors, training=True).traced()
    except ArchitectureError:
        return traced
    finally:
        module.eval()
    more = [name for name in left if name not in _left(module, trained)]
    if not more:
        return traced
    warning = f"{_named(more)} are taken in training alone: it is read as it is trained"
    return replace(trained, warnings=(*trained.warnings, warning))


def _named(names: Sequence[str]) -> str:
    """Names for a reader, the first few of them."""
    more = f" and {len(names) - _MOST_NAMED} others" if len(names) > _MOST_NAMED else ""
    return ", ".join(names[:_MOST_NAMED]) + more


_EXPORTED = 0
"""Which of the later errors is that of `torch.export`."""


def _hint(first: ArchitectureError, others: Sequence[ArchitectureError]) -> str:
    said = f"nor is it read by torch.export: {others[_EXPORTED].message}"
    return said if first.hint is None else f"{first.hint}; {said}"


def _left(module: Any, traced: Traced) -> Mapping[str, int]:
    """The parameters that no step takes, with how many values they have."""
    return {name: each.numel() for name, each in module.named_parameters() if id(each) not in traced.met}


def _with_left(traced: Traced, left: Mapping[str, int]) -> Traced:
    """What was traced, with parameters that no step takes behind its output."""
    if not left:
        return traced
    count = sum(left.values())
    warning = f"no step takes {_named([*left])}: written as free({count})"
    operations = (*traced.operations, Operation((traced.output.operation,), f"free({count})"))
    output = replace(traced.output, operation=len(operations) - 1)
    return replace(traced, operations=operations, output=output, warnings=(*traced.warnings, warning))


def _checked(module: Any, traced: Traced) -> TracedNetwork:
    net = Architecture(_line(traced), convention="torch")
    _check(module, net)
    return TracedNetwork(net, traced.warnings)


def _line(traced: Traced) -> str:
    numbers, texts = zip(*traced.inputs, strict=True)
    return line_of(traced.operations, numbers, texts, traced.output.operation, traced.besides)


def _check(module: Any, net: Architecture) -> None:
    """Hold the total of what was read against the module's."""
    parameters = sum(parameter.numel() for parameter in module.parameters())
    counted = net.of("trainable") + net.of("frozen")
    if counted != parameters:
        message = f"the module has {parameters:,} parameters, and the line that was read {counted:,}"
        raise ArchitectureError("not-traced", message, hint=f"it was read as {net.text}")


def _check_shape(net: Architecture, traced: Traced) -> None:
    """Hold the shape that leaves what was read against the module's."""
    shape = traced.output.shape
    if traced.output.at != "first" and len(shape) > 1:
        shape = (shape[-1], *shape[:-1])
    if tuple(net.output) != shape:
        message = f"{shape} leaves the module, and {tuple(net.output)} the line that was read"
        raise ArchitectureError("not-traced", message, hint=f"it was read as {net.text}")


def main(words: list[str] | None = None) -> None:
    """Print the line of a module that a factory makes; its warnings stand before it as comments."""
    parser = ArgumentParser(prog="python -m symcount.interop.torch_trace", description=main.__doc__)
    parser.add_argument(
        "factory", metavar="MODULE:FACTORY", help="what makes the module, as in torchvision.models:resnet18"
    )
    parser.add_argument(
        "sizes", metavar="SIZE", type=int, nargs="+", help="the shape of the input without the batch: 3 224 224"
    )
    given = parser.parse_args(words)
    module, _, name = given.factory.partition(":")
    try:
        made = getattr(import_module(module), name)()
        found = traced_network(made, tuple(given.sizes))
    except ArchitectureError as error:
        parser.exit(2, f"error: {error}\n")
    print("\n".join([*(f"# {warning}" for warning in found.warnings), found.network.text]))


if __name__ == "__main__":
    main()

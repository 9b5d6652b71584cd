"""A PyTorch module as a network: traced in the process of whoever owns it, and never without being asked by name.

``python -m symcount.interop.torch_trace MODULE:FACTORY SIZE…`` calls a factory of the user's, and prints the line.
"""

from __future__ import annotations

from argparse import ArgumentParser
from importlib import import_module
from typing import Any

from symcount.architecture import Architecture
from symcount.errors import ArchitectureError, not_installed
from symcount.interop.reading.graphs.chains import line_of
from symcount.interop.reading.graphs.flow import Traced
from symcount.interop.reading.traced.exported import exported
from symcount.interop.reading.traced.fx import Tracing
from symcount.records import record


@record
class TracedNetwork:
    """A network that was traced, and what a reader would want to know: what a layer is written as, or left out."""

    network: Architecture
    warnings: tuple[str, ...]


def traced_network(module: Any, *inputs: Any) -> TracedNetwork:
    """Return the network of a PyTorch module with what was left out on the way.

    The totals of the two are equal, and the shapes that leave them, or an `ArchitectureError` is raised.
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
    that arrives, with a warning, and refused elsewhere by an `ArchitectureError`; the totals of the two are equal.
    """
    from warnings import warn

    found = traced_network(module, *inputs)
    for warning in found.warnings:
        warn(warning, stacklevel=2)
    return found.network


_MOST_NAMED = 4


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
    """The network as `torch.fx` follows the module, or else as `torch.export` runs it."""
    try:
        return _checked(module, Tracing(torch, module, tensors).traced())
    except ArchitectureError as error:
        first = error
    try:
        return _checked(module, exported(torch, module, tensors))
    except ArchitectureError as error:
        hint = first.hint or f"nor is it read by torch.export: {error.message}"
        raise ArchitectureError(first.code, first.message, hint=hint) from None


def _checked(module: Any, traced: Traced) -> TracedNetwork:
    net = Architecture(_line(traced), convention="torch")
    _check(module, net, traced)
    return TracedNetwork(net, traced.warnings)


def _line(traced: Traced) -> str:
    numbers, texts = zip(*traced.inputs, strict=True)
    return line_of(traced.operations, numbers, texts, traced.output.operation)


def _check(module: Any, net: Architecture, traced: Traced) -> None:
    """Hold what was read against the module: the totals, and the shape that leaves."""
    parameters = sum(parameter.numel() for parameter in module.parameters())
    counted = net.of("trainable") + net.of("frozen")
    shape = traced.output.shape
    if traced.output.at != "first" and len(shape) > 1:
        shape = (shape[-1], *shape[:-1])
    if counted != parameters:
        message = f"the module has {parameters:,} parameters, and the line that was read {counted:,}"
        left = [name for name, parameter in module.named_parameters() if id(parameter) not in traced.met]
        hint = f"not met on the way: {', '.join(left[:_MOST_NAMED])}" if left else f"it was read as {net.text}"
        raise ArchitectureError("not-traced", message, hint=hint)
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

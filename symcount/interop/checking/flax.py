"""Traces a network in Flax, which keeps shapes and no values, and measures every layer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import prod
from typing import Any

from symcount.answers.built import Building
from symcount.counts import Count
from symcount.errors import not_installed
from symcount.interop.checking.measuring import BATCH, arriving, compared, model_of
from symcount.interop.writing.flax import flax_written
from symcount.interop.writing.networks import Written
from symcount.records import record

NAME = "Flax"

_WHOLE = "whole"
"""The scope of the whole pass, without what sets the first values."""

_TRANSPOSED = "transposed"
"""The scope of a transposed convolution, which JAX makes of a usual one."""

_AT = "at "
"""What the scope of a layer begins with, before its path."""


def building(count: Count) -> Building:
    """Return a network as it is counted, beside what Flax builds of the code that is written for it.

    Each layer is compared where it is first met; one of a repeat in its first pass.
    """
    inputs = [*arriving(count)]
    jax = _jax()
    written = flax_written(count)
    run = _Run(written)
    given = [
        jax.ShapeDtypeStruct((BATCH, *axes, channels), jax.numpy.int32 if looked_up else jax.numpy.float32)
        for (channels, *axes), looked_up in inputs
    ]
    traced = jax.make_jaxpr(run.call)(*given)
    run.count(traced.jaxpr)
    return compared(NAME, count, written, run, run.model)


def _jax() -> Any:
    try:
        import flax  # noqa: F401
        import jax
    except ModuleNotFoundError as error:
        raise not_installed(f"building a network with {NAME}", error.name or "flax", "flax") from None
    return jax


class _Run:
    """One pass through a model: of each layer what leaves it when it runs first, and its operations then.

    A layer is known by its path, and the model by none: what it is made of is functions too, which are no objects of
    their own.
    """

    model = ""

    def __init__(self, written: Written) -> None:
        self.written = written
        self.shapes: dict[str, tuple[int, ...]] = {}
        self.kept: dict[str, list[tuple[Any, int, bool]]] = {}
        self.counted: Counter[str] = Counter()
        self.every_flop = 0
        self.output: tuple[int, ...] = ()

    def call(self, *tensors: Any) -> Any:
        """Make the model and run it once, and keep what is measured."""
        from flax import nnx
        from jax import named_scope, tree

        model = model_of(self.written)
        nnx.update(model, tree.map(_traced, nnx.state(model)))
        self.kept[self.model] = [*_values(model)]
        for path, place in [(path, _place(model, path)) for path in self._paths()]:
            self.kept[path] = [*_values(place.module)]
            place.put(self._seen(path, place.module))
        with named_scope(_WHOLE), _transposed_told_apart():
            left = model(*tensors)
        first = left[0] if isinstance(left, tuple) else left
        self.output = first.shape[1:]
        return first

    def _paths(self) -> Iterator[str]:
        """The path of every layer, and of a mixture beside that of its router."""
        paths = [path for found in self.written.modules.values() for path in found]
        yield from dict.fromkeys(found for path in paths for found in (path, path.removesuffix(".router")))

    def _seen(self, path: str, module: Callable[..., Any]) -> Callable[..., Any]:
        """A function that stands for a layer, and sees what leaves it."""
        from jax import named_scope

        def call(*given: Any) -> Any:
            if path in self.shapes:
                return module(*given)
            with named_scope(f"{_AT}{path}"):
                left = module(*given)
            self.shapes[path] = left.shape[1:]
            return left

        return call

    def count(self, program: Any, within: frozenset[str] = frozenset(), times: int = 1) -> None:
        """Count the operations of a traced program, those of the programs inside it as often as they run."""
        for each in program.eqns:
            scopes = within.union(str(each.source_info.name_stack).split("/"))
            made = _operations(each, transposed=_TRANSPOSED in scopes)
            if made and _WHOLE in scopes:
                self.every_flop += made * times
                self.counted.update(dict.fromkeys(scopes, made * times))
            for inner in each.params.values():
                inner = getattr(inner, "jaxpr", inner)
                if hasattr(inner, "eqns"):
                    self.count(inner, scopes, times * each.params.get("length", 1))

    def module(self, path: str) -> str:
        """Return the layer at a path, which is known by it."""
        return path

    def shape(self, module: str) -> tuple[int, ...]:
        """Return the shape that left a layer."""
        return self.shapes[module]

    def flops(self, module: str) -> int:
        """Return the operations of a layer."""
        return self.counted[f"{_AT}{module}"]

    def values(self, module: str) -> Iterator[tuple[Any, int, bool]]:
        """Yield the variables of a layer, among which are the values that it keeps besides."""
        yield from self.kept[module]


@contextmanager
def _transposed_told_apart() -> Iterator[None]:
    """Let every transposed convolution run in a scope of its own."""
    from flax import nnx
    from jax import named_scope

    before = nnx.ConvTranspose.__call__

    def call(layer: Any, inputs: Any) -> Any:
        with named_scope(_TRANSPOSED):
            return before(layer, inputs)

    nnx.ConvTranspose.__call__ = call
    try:
        yield
    finally:
        nnx.ConvTranspose.__call__ = before


@record
class _Place:
    """Where a layer stands: the module that owns it, and its name or number there."""

    owner: Any
    name: str | int

    @property
    def module(self) -> Any:
        """What stands there."""
        return self.owner[self.name] if isinstance(self.name, int) else getattr(self.owner, self.name)

    def put(self, module: Callable[..., Any]) -> None:
        """Set something else there."""
        if isinstance(self.name, int):
            self.owner[self.name] = module
        else:
            setattr(self.owner, self.name, module)


def _place(model: Any, path: str) -> _Place:
    from flax import nnx

    found = _Place((model,), 0)
    for each in path.split("."):
        owner = found.module
        number = int(each) if each.isdigit() else None
        found = _Place(
            owner.layers if number is not None and isinstance(owner, nnx.Sequential) else owner,
            each if number is None else number,
        )
    return found


def _traced(value: Any) -> Any:
    """A value of which the code keeps the shape alone, as one that can be traced."""
    import jax

    if not isinstance(value, jax.ShapeDtypeStruct):
        return value
    is_key = jax.numpy.issubdtype(value.dtype, jax.dtypes.prng_key)
    return jax.random.key(0) if is_key else jax.numpy.zeros(value.shape, value.dtype)


def _values(module: Any) -> Iterator[tuple[Any, int, bool]]:
    from flax import nnx

    if isinstance(module, nnx.Module):
        for _, each in nnx.iter_graph(module):
            if isinstance(each, nnx.Variable) and not isinstance(each, nnx.RngState):
                yield each, each.size, type(each) is nnx.Param


def _operations(equation: Any, *, transposed: bool) -> int:
    """The operations of a product, two for each multiplication, 0 of what is none."""
    made: tuple[int, ...] = equation.outvars[0].aval.shape if equation.outvars else ()
    left, *others = (each.aval.shape for each in equation.invars) if equation.invars else ((),)
    if equation.primitive.name == "dot_general":
        (contracted, _), _ = equation.params["dimension_numbers"]
        return int(2 * prod(made) * prod(left[axis] for axis in contracted))
    if equation.primitive.name == "conv_general_dilated":
        order = equation.params["dimension_numbers"].rhs_spec
        features, inner, *axes = (others[0][axis] for axis in order)
        if transposed:  # the zeros between its values and around them are no products
            return int(2 * prod(left) * prod(axes) * features)
        return int(2 * prod(made) * prod(axes) * inner)
    return 0

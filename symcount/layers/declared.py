"""Parameters that are declared, for what no kind says: by their number, or as a tensor of a name and a shape."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from symcount.arithmetic import Size, product
from symcount.layers.arguments import LayerError, Value, Word
from symcount.layers.declarations import bare_name, flag, size, sizes
from symcount.layers.layer import Layer
from symcount.layers.reach import alone
from symcount.layers.rules import none
from symcount.layers.sentences import Sentence, many, sentence
from symcount.layers.shape import Shape


class _Declared(Layer):
    """Parameters that are there, whatever is done with them: what arrives goes on as it is."""

    reach = alone

    trainable: Size

    biases = none("it is not said that any are biases")
    macs = held = none("it is not said what is done with them")

    @classmethod
    def bound(cls, given: Mapping[str, Value], rank: int) -> Self:
        """Return the layer with these values; what is not trainable is frozen."""
        layer = super().bound(given, rank)
        return layer if layer.trainable == 1 else layer.with_values(frozen=1)


class Free(_Declared, token="free", aliases=("params",)):
    """A number of parameters, declared by hand; ``trainable=off`` holds them as they are.

    ``param(name,shape)`` says what they are called, and of what shape they are.
    """

    noun = "declared parameters"

    count: Size = size("m", least=0)
    trainable: Size = flag("trainable", default=1)

    def parameters(self, x: Shape) -> Size:
        return self.count

    def reason(self, x: Shape) -> Sentence:
        return sentence("{}, declared by hand", many(self.count, "parameter"))


class NamedTensor(_Declared, token="param", aliases=("parameter",)):
    """A learned tensor of a name and a shape, declared by hand: ``param(sinks,8)``, ``param(A,e×s)``.

    The name stands for itself, and is that of the row. A shape is written as that of an input.
    """

    noun = "declared tensor"
    naming: ClassVar[str] = "name"

    name: Word = bare_name()
    shape: tuple[Size, ...] = sizes("a", numbered=True, meaning="size")
    trainable: Size = flag("trainable", default=1, named_only=True)

    @classmethod
    def arranged(cls, positional: tuple[Any, ...], named: Mapping[str, Any]) -> dict[str, Any]:
        """Read ``sinks,8``, ``A,e,s``, ``A,(e,s)``, ``A,3x5``: a name, then a size for each axis."""
        match positional:
            case (first, *axes) if len(axes) > 1:
                positional = (first, tuple(axes))
            case _:
                pass
        given = super().arranged(positional, named)
        if "name" not in given:
            hint = "write param(sinks,8), or free(8) for what has no name"
            raise LayerError("missing-argument", "param takes a name, and then a shape", hint=hint)
        return given

    @classmethod
    def bound(cls, given: Mapping[str, Value], rank: int) -> Self:
        """Return the layer with these values: it has its own axes, whatever arrives."""
        shape = given.get("shape")
        return super().bound(given, len(shape) if isinstance(shape, tuple) else 1)

    def parameters(self, x: Shape) -> Size:
        return product(self.shape)

    def reason(self, x: Shape) -> Sentence:
        return sentence("the tensor {} of {}, declared by hand", str(self.name), many_values(self.shape))


def many_values(shape: tuple[Size, ...]) -> Sentence:
    """Return how many values a shape has, axis by axis."""
    return many(shape[0], "value") if len(shape) == 1 else sentence("{} values", shape)

"""What every layer kind is: declared arguments, and rules that are ordinary arithmetic.

A kind is a subclass; its token, arguments, reference row and rules are read from the class. A rule
takes the shape that arrives and must not branch on a size, only on kinds of option.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Self

from symcount.arithmetic import Size
from symcount.errors import near
from symcount.layers.addends import Addend
from symcount.layers.arguments import Argument, ByConvention, From, LayerError, Value
from symcount.layers.constraints import Constraint
from symcount.layers.kept import Kept
from symcount.layers.reach import Reach
from symcount.layers.rules import Nothing, Rule, none, unwritten
from symcount.layers.sentences import SILENT, Sentence, sentence
from symcount.layers.shape import Shape
from symcount.layers.source import Matrix
from symcount.records import replace

KINDS: dict[str, type[Layer]] = {}
"""Every layer kind by its token, in the order of definition."""

ALIASES: dict[str, type[Layer]] = {}
"""Every layer kind by what else it is called, in lower case."""


_ELSEWHERE = {
    "activation": "an activation is a layer of its own, linked behind: -R",
    "input_shape": "the input is a layer of its own: I(1,28x28)-…",
    **dict.fromkeys(
        ("in_channels", "in_features", "input_size", "num_features"), "leave it out: what arrives is known"
    ),
}
"""Arguments of the frameworks' layers that are no arguments here, and where what they say is said."""

_SHORTEST_WORD = 3
"""The letters of the shortest token that is a word, and read in any case as an alias is."""

_FROZEN = Argument("frozen", 0, 0, flag=True, named_only=True, name="frozen")
"""The argument that every kind has: the layer's parameters are held as they are."""


class Layer:
    """A layer kind; an instance holds the values of its arguments for one place in one network."""

    token: ClassVar[str]
    aliases: ClassVar[tuple[str, ...]]
    noun: ClassVar[str]
    naming: ClassVar[str] = ""
    """The argument that names a layer of this kind, where one does."""
    arguments: ClassVar[dict[str, Argument]] = {}

    frozen: Size

    def __init_subclass__(cls, token: str = "", aliases: tuple[str, ...] = ()) -> None:
        inherited = {name: each for name, each in cls.arguments.items() if each is not _FROZEN}
        declared = {name: replace(each, name=name) for name, each in vars(cls).items() if isinstance(each, Argument)}
        own = sorted({**inherited, **declared}.items(), key=lambda item: item[1].named_only)
        cls.arguments = {**dict(own), _FROZEN.name: _FROZEN}
        if token:
            cls.token, cls.aliases = token, aliases
            cls._check_rules()
            if "noun" not in vars(cls):
                cls.noun = aliases[0] if aliases else token
            KINDS[token] = cls
            words = (token, *aliases) if len(token) >= _SHORTEST_WORD else aliases
            ALIASES.update(dict.fromkeys(map(str.lower, words), cls))

    @classmethod
    def _check_rules(cls) -> None:
        """Refuse a kind that leaves a rule out: what it forgets would silently count 0."""
        for rule in unwritten(cls, Layer):
            raise TypeError(f"{cls.token} has no rule {rule}: write it, or say why there is none, {rule} = none(…)")
        added = [name for name, each in cls.arguments.items() if each.added]
        if added and isinstance(cls.biases, Nothing):
            raise TypeError(f"{cls.token} has no rule biases, but {added[0]} says that it adds values")

    @classmethod
    def arranged(cls, positional: tuple[Any, ...], named: Mapping[str, Any]) -> dict[str, Any]:
        """Return what was given by the long names of its arguments, whether evaluated or as written."""
        places = [name for name, each in cls.arguments.items() if not each.named_only]
        if len(positional) > len(places):
            takes = f"at most {len(places)} ({', '.join(places)})" if places else "none"
            raise LayerError("too-many-arguments", f"{cls.token} takes {takes} by place, found {len(positional)}")
        return cls.named_besides(dict(zip(places, positional, strict=False)), named)

    @classmethod
    def named_besides(cls, placed: Mapping[str, Any], named: Mapping[str, Any]) -> dict[str, Any]:
        """Return what was given by place with what was given by name, under long names, or refuse one given twice."""
        given = dict(placed)
        for name, value in named.items():
            full = cls.full_name(name)
            if full in given:
                raise LayerError("twice", f"{cls.token}: {full} is given twice", argument=full)
            given[full] = value
        return given

    @classmethod
    def full_name(cls, name: str) -> str:
        """Return the long name of the argument that is spelled so, in its long or short form."""
        if name in cls.arguments:
            return name
        for full, argument in cls.arguments.items():
            if argument.letter == name:
                return full
        known = [*cls.arguments]
        close = near(name, known)
        near_hint = f"did you mean {close}?" if close else f"{cls.token} takes {', '.join(known)}"
        hint = _ELSEWHERE.get(name, near_hint)
        raise LayerError("unknown-argument", f"{cls.token} has no argument {name!r}", hint=hint, argument=name)

    @classmethod
    def bound(cls, given: Mapping[str, Value], rank: int) -> Self:
        """Return the layer with these values, for an input with that many axes."""
        layer = cls.__new__(cls)
        values = layer.__dict__
        rank = cls.own_rank(rank)
        for name, argument in cls.arguments.items():
            if name in given:
                values[name] = argument.read(given[name], rank)
            elif isinstance(argument.default, From):
                values[name] = values[argument.default.argument]
            elif isinstance(argument.default, ByConvention):
                values[name] = argument.default.textbook
            elif argument.per_axis and argument.default is not None:
                values[name] = (argument.default,) * rank
            else:
                values[name] = argument.default
        return layer

    @classmethod
    def own_rank(cls, rank: int) -> int:
        """Return for how many axes its arguments have a size each: for all that arrive."""
        return rank

    def with_values(self, **values: Any) -> Self:
        """Return the same layer with other values for some of its arguments."""
        layer = type(self).__new__(type(self))
        layer.__dict__.update(self.__dict__, **values)
        return layer

    def settled(self, x: Shape) -> dict[str, Any]:
        """Return the values of its arguments by their long names, those that were left out as they are for a shape."""
        return {name: getattr(self, name) for name in self.arguments}

    def weights_only(self) -> Self:
        """Return the same layer with every argument for what is only added turned off."""
        return self.with_values(**{name: 0 for name, each in self.arguments.items() if each.added})

    @property
    def learns(self) -> bool:
        """Whether layers of its kind have parameters at all."""
        return not isinstance(self.parameters, Nothing)

    def output(self, x: Shape) -> Shape:
        """Return the shape that leaves; the shape that arrives, unless a kind says otherwise."""
        return x

    def parameters(self, x: Shape) -> Size:
        """Return the number of learned values, biases included."""
        raise NotImplementedError

    def addends(self, x: Shape) -> Iterator[Addend]:
        """Yield the parts that the parameters are the sum of, where a page has a line for each of them."""
        return iter(())

    def biases(self, x: Shape) -> Size:
        """Return the number of learned values that are only added."""
        raise NotImplementedError

    def macs(self, x: Shape, y: Shape) -> Size:
        """Return the number of products that one pass forward adds up, given the shapes that arrive and leave.

        Zeros of a padding are multiplied like any value; a bias is added, and so no product.
        """
        raise NotImplementedError

    def macs_inside(self, x: Shape, y: Shape) -> Size:
        """Return the number of products of which none is with a zero of a padding."""
        return self.macs(x, y)

    def connections(self, x: Shape, y: Shape) -> Size:
        """Return for every value that leaves the number of values that it sees, and one where it has a bias.

        A kind without products has none, unless it says otherwise.
        """
        return 0 if isinstance(self.macs, Nothing) else self.macs_inside(x, y) + self.biases(x)

    def reach(self, x: Shape) -> Reach:
        """Return what of its input a unit of the output sees."""
        raise NotImplementedError

    def rooms(self, x: Shape) -> Reach:
        """Return how the axes that leave come of those that arrive, which are kept where it is None and as many."""
        return self.reach(x)

    def held(self, x: Shape, y: Shape) -> Size:
        """Return the number of values that are held for the backward pass: the output, where that is a new tensor."""
        return y.size

    def kept(self, x: Shape) -> tuple[Kept, ...] | None:
        """Return what is kept for the backward pass in Megatron's account; None for a kind that it does not know."""
        return () if isinstance(self.held, Nothing) else None

    cached: Rule = none("it keeps no keys and values")
    """The number of values that are cached for each token: keys and values that later tokens meet."""

    def weights(self, x: Shape) -> Size:
        """Return the number of learned values that multiply.

        A kind that adds values whether or not an argument says so writes this rule too.
        """
        return self.weights_only().parameters(x)

    statistics: Rule = none("it keeps nothing beside what it learns")
    """The number of values that are kept but not learned, such as running means."""

    adapters: Rule = none("it has no weight matrix that an adapter could add to")
    """The number of values of its low-rank adapters, which are learned though the layer is frozen."""

    def matrix(self, x: Shape) -> Matrix | None:
        """Return the one weight matrix that another layer may share, where there is one."""
        return None

    def constraints(self, x: Shape) -> Iterator[Constraint]:
        """Yield what must hold of the sizes for this layer to exist."""
        return iter(())

    def notes(self, x: Shape) -> Iterator[str]:
        """Yield what a reader would want to know of this layer here; ``{}`` stands for its name."""
        return iter(())

    def beforehand(self, x: Shape) -> Iterator[tuple[str, Size]]:
        """Yield what is calculated before the parameters can be, under the word for it; the rule may name it."""
        return iter(())

    def reason(self, x: Shape) -> Sentence:
        """Return why this layer has the parameters that it has, as one would say it in class."""
        rule = self.parameters
        return sentence(f"{rule.reason}: there is nothing to learn") if isinstance(rule, Nothing) else SILENT

    def work(self, x: Shape, y: Shape) -> Sentence:
        """Return why this layer has the products that it has, as one would say it in class."""
        return sentence(self.macs.reason) if isinstance(self.macs, Nothing) else SILENT

    def seen(self, x: Shape, y: Shape) -> Sentence:
        """Return why this layer has the connections that it has."""
        return SILENT

    def fit(self, x: Shape) -> Sentence:
        """Return in a few words by which rule the axes of the output come about."""
        return SILENT

    def notes_behind(self, before: Layer, x: Shape) -> Iterator[str]:
        """Yield what a reader would want to know of this layer because of the one before it."""
        return iter(())

    def exact_constraints(self, x: Shape) -> Iterator[Constraint]:
        """Yield what must hold besides where every window must fit exactly, as some courses hold it."""
        return iter(())

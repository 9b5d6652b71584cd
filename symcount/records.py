"""Frozen classes with slots, as dataclasses are, but quick to make: a count on numbers must start fast.

`dataclasses` compiles six methods for each class when it is imported; here one is compiled, and only
when the first instance is made.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any, NoReturn, TypeVar, dataclass_transform

_Record = TypeVar("_Record")


@dataclass_transform(frozen_default=True)
def record(cls: type[_Record]) -> type[_Record]:
    """Make a class whose annotations are its fields: frozen, with slots, equal and hashed by its values.

    A class may name fields in ``_apart`` that neither equality nor the printed form looks at, and
    may define ``__eq__`` and ``__hash__`` of its own.

    >>> @record
    ... class Point:
    ...     x: int
    ...     y: int = 0
    >>> Point(3), Point(3) == Point(3, 0)
    (Point(x=3, y=0), True)
    """
    own = tuple(cls.__annotations__)
    fields = (*getattr(cls, "__match_args__", ()), *own)
    namespace = {name: value for name, value in vars(cls).items() if name not in ("__dict__", "__weakref__", *own)}
    defaults = {**getattr(cls, "_defaults", {}), **{name: vars(cls)[name] for name in own if name in vars(cls)}}
    apart = namespace.get("_apart", getattr(cls, "_apart", ()))
    shown = tuple(name for name in fields if name not in apart)
    namespace |= _METHODS
    if "__eq__" not in vars(cls):
        namespace |= _EQUALITY
    namespace |= {
        "__slots__": own, "__match_args__": fields, "__init__": _first_init, "__qualname__": cls.__qualname__,
        "_defaults": defaults, "_shown": shown, "_values": _values_of(shown),
    }  # fmt: skip
    metaclass: Any = type(cls)
    made: type[_Record] = metaclass(cls.__name__, cls.__bases__, namespace)
    return made


def replace(instance: _Record, **changes: Any) -> _Record:
    """Return a record like this one, with some fields changed."""
    fields: tuple[str, ...] = type(instance).__match_args__  # type: ignore[attr-defined]
    return type(instance)(**{name: getattr(instance, name) for name in fields} | changes)


def _values_of(fields: tuple[str, ...]) -> Callable[[Any], Any]:
    return staticmethod(attrgetter(*fields) if fields else bool)


def _first_init(self: Any, *args: Any, **kwargs: Any) -> None:
    """Compile the class's own `__init__`, put it in place of this one, and call it."""
    cls: Any = next(each for each in type(self).__mro__ if vars(each).get("__init__") is _first_init)
    compiled = cls.__init__ = _compiled(cls)
    compiled(self, *args, **kwargs)


def _compiled(cls: Any) -> Callable[..., None]:
    fields = cls.__match_args__
    globals_: dict[str, Any] = {f"_set_{name}": getattr(cls, name).__set__ for name in fields}
    globals_ |= {f"_default_{name}": value for name, value in cls._defaults.items()}
    parameters = ", ".join(f"{name}=_default_{name}" if name in cls._defaults else name for name in fields)
    body = "".join(f"\n    _set_{name}(self, {name})" for name in fields) or "\n    pass"
    made: dict[str, Callable[..., None]] = {}
    exec(f"def __init__(self, {parameters}):{body}", globals_, made)
    return made["__init__"]


def _refuse_set(self: object, name: str, value: object = None) -> NoReturn:
    raise AttributeError(f"{type(self).__name__} is frozen: {name!r} cannot be changed")


def _repr(self: Any) -> str:
    shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in self._shown)
    return f"{type(self).__qualname__}({shown})"


def _reduce(self: Any) -> tuple[Any, ...]:
    return type(self), tuple(getattr(self, name) for name in type(self).__match_args__)


def _eq(self: Any, other: Any) -> bool:
    return bool(self._values(self) == self._values(other)) if type(self) is type(other) else NotImplemented


def _hash(self: Any) -> int:
    return hash((type(self), self._values(self)))


_METHODS = {"__setattr__": _refuse_set, "__delattr__": _refuse_set, "__repr__": _repr, "__reduce__": _reduce}
_EQUALITY = {"__eq__": _eq, "__hash__": _hash}

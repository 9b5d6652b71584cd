"""Frozen classes with slots, as dataclasses are, but quick to make: a count on numbers must start fast.

`dataclasses` compiles six methods for each class when it is imported; here three are compiled, and each
only when it is first called.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn, TypeVar, dataclass_transform

_Record = TypeVar("_Record")


@dataclass_transform(frozen_default=True)
def record(cls: type[_Record]) -> type[_Record]:
    """Make a class whose annotations are its fields: frozen, with slots, equal and hashed by its values.

    A class may name fields in ``_apart`` that neither equality nor the printed form looks at, and
    may define ``__eq__``, ``__hash__`` and ``__repr__`` of its own.

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
    apart = getattr(cls, "_apart", ())
    shown = tuple(name for name in fields if name not in apart)
    namespace |= _METHODS | {
        "__slots__": own, "__match_args__": fields, "__qualname__": cls.__qualname__, "_defaults": defaults,
        "_shown": shown, "__init__": _compiled_when_called(lambda: made, "__init__"),
    }  # fmt: skip
    namespace.setdefault("__repr__", _repr)
    for name in ("__eq__", "__hash__", "__replace__"):
        namespace.setdefault(name, _compiled_when_called(lambda: made, name))
    metaclass: Any = type(cls)
    made: type[_Record] = metaclass(cls.__name__, cls.__bases__, namespace)
    return made


class Unchanging:
    """What cannot be changed once it is made, but may keep what it works out in ``__dict__``."""

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} cannot be changed: {name!r}")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} cannot be changed: {name!r}")


def replace(instance: _Record, **changes: Any) -> _Record:
    """Return a record like this one, with some fields changed."""
    replaced: _Record = instance.__replace__(**changes)  # type: ignore[attr-defined]
    return replaced


def _compiled_when_called(owner: Callable[[], Any], name: str) -> Callable[..., Any]:
    """A stand-in for a method: when first called it compiles the real one, puts that in its place, and calls it."""

    def method(*args: Any, **kwargs: Any) -> Any:
        cls = owner()
        globals_, text = _WRITTEN[name](cls)
        made: dict[str, Callable[..., Any]] = {}
        exec(text, globals_, made)
        made[name].__qualname__ = f"{cls.__qualname__}.{name}"
        setattr(cls, name, made[name])
        return made[name](*args, **kwargs)

    return method


def _init_of(cls: Any) -> tuple[dict[str, Any], str]:
    fields = cls.__match_args__
    globals_: dict[str, Any] = {f"_set_{name}": getattr(cls, name).__set__ for name in fields}
    globals_ |= {f"_default_{name}": value for name, value in cls._defaults.items()}
    parameters = ", ".join(f"{name}=_default_{name}" if name in cls._defaults else name for name in fields)
    body = "".join(f"\n    _set_{name}(self, {name})" for name in fields) or "\n    pass"
    return globals_, f"def __init__(self, {parameters}):{body}"


def _eq_of(cls: Any) -> tuple[dict[str, Any], str]:
    # tuples are compared, and not field by field, since a tuple does not look into a field that both share
    own, others = (f"({''.join(f'{each}.{name}, ' for name in cls._shown)})" for each in ("self", "other"))
    equal = f"{own} == {others} if other.__class__ is self.__class__ else NotImplemented"
    return {}, f"def __eq__(self, other):\n    return {equal}"


def _hash_of(cls: Any) -> tuple[dict[str, Any], str]:
    values = "".join(f", self.{name}" for name in cls._shown)
    return {"_cls": cls}, f"def __hash__(self):\n    return hash((_cls{values}))"


def _replace_of(cls: Any) -> tuple[dict[str, Any], str]:
    parameters = "".join(f", {name}=_same" for name in cls.__match_args__)
    values = ", ".join(f"self.{name} if {name} is _same else {name}" for name in cls.__match_args__)
    return {"_same": object()}, f"def __replace__(self{parameters}):\n    return self.__class__({values})"


_WRITTEN = {"__replace__": _replace_of, "__init__": _init_of, "__eq__": _eq_of, "__hash__": _hash_of}


def _refuse_set(self: object, name: str, value: object = None) -> NoReturn:
    raise AttributeError(f"{type(self).__name__} is frozen: {name!r} cannot be changed")


def _repr(self: Any) -> str:
    shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in self._shown)
    return f"{type(self).__qualname__}({shown})"


def _reduce(self: Any) -> tuple[Any, ...]:
    return type(self), tuple(getattr(self, name) for name in type(self).__match_args__)


_METHODS = {"__setattr__": _refuse_set, "__delattr__": _refuse_set, "__reduce__": _reduce}

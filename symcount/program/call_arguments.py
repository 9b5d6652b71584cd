"""What a call of a macro or a wrapper is given: by the names of the parameters, or as the one number that it takes."""

from __future__ import annotations

from symcount.errors import ArchitectureError, near
from symcount.program.kinds import glued_arguments, split_digits
from symcount.program.wrappers import Wrapper
from symcount.syntax import tree


def one_argument(call: tree.Call, wrapper: Wrapper) -> tree.Expression:
    """The one argument of a wrapper, which is a size."""
    match (*glued_arguments(call), *call.arguments):
        case (tree.Argument(name=None, value=value),) if isinstance(value, tree.Expression):
            return value
        case _:
            message = f"{split_digits(call.name)[0]} takes one number"
            raise ArchitectureError("bad-argument", message, span=call.span, hint=f"write {wrapper.example}")


def axis_of(call: tree.Call) -> int:
    """The axis along which ``cat`` sets its branches, the first where it is not said."""
    match (*glued_arguments(call), *call.arguments):
        case ():
            return 1
        case (tree.Argument(name=None, value=tree.Number(value=int() as axis)),) if axis > 0:
            return axis
        case _:
            message = "cat takes the number of an axis, the first behind the channels being 1"
            hint = "branches are side by side over the channels in {A|B}"
            raise ArchitectureError("bad-argument", message, span=call.span, hint=hint)


def macro_arguments(
    call: tree.Call, definition: tree.Definition, arguments: tuple[tree.Argument, ...]
) -> dict[str, tree.Value]:
    """The written arguments of a call by the names of the parameters."""
    names = [parameter.name for parameter in definition.parameters]
    values: dict[str, tree.Value] = {}
    by_place = [argument.value for argument in arguments if argument.name is None]
    if len(by_place) > len(names):
        takes = f"at most {len(names)} ({', '.join(names)})" if names else "none"
        message = f"{definition.name} takes {takes}, found {len(by_place)}"
        raise ArchitectureError("too-many-arguments", message, span=call.span)
    for place, argument in enumerate(arguments):
        name = argument.name
        if name is None:
            if any(before.name is not None for before in arguments[:place]):
                raise _out_of_order(argument)
            name = names[place]
        elif name not in names:
            close = near(name, names)
            hint = f"did you mean {close}?" if close else f"it takes {', '.join(names) or 'none'}"
            message = f"{definition.name} has no parameter {name!r}"
            raise ArchitectureError("unknown-argument", message, span=call.span, hint=hint)
        if name in values:
            raise ArchitectureError("twice", f"{definition.name}: {name} is given twice", span=call.span)
        values[name] = argument.value
    for parameter in definition.parameters:
        if parameter.default is None and parameter.name not in values:
            message = f"{definition.name} needs a value for {parameter.name}"
            hint = f"def {definition.name}({', '.join(names)}) has no default for it"
            raise ArchitectureError("missing-argument", message, span=call.span, hint=hint)
    return values


def _out_of_order(argument: tree.Argument) -> ArchitectureError:
    message = "an argument without a name stands behind one with a name"
    return ArchitectureError("argument-order", message, span=argument.span, hint="put it first, or name it")

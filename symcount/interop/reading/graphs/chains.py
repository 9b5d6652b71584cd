"""Sets a graph of operations in a line: blocks where branches leave one place and meet in another, labels elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from symcount.interop.reading.graphs.operations import AGAIN, Operation

_LONGEST_PERIOD = 12
"""The most items that are looked at for a repeat."""


class _SeveralTimesError(Exception):
    """An operation that would be written twice, as two places take what leaves it: it needs a label."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def line_of(
    operations: Sequence[Operation],
    inputs: Sequence[int],
    texts: Sequence[str],
    output: int,
    besides: Sequence[int] = (),
) -> str:
    """Return the line of a graph; ``inputs`` are its operations without inputs of their own, with their texts.

    ``besides`` are operations that leave the graph too, as towers of their own where the output does not need them.

    >>> chain = [Operation(()), Operation((0,), "C(8,3)"), Operation((1, 0), joint="+"), Operation((2,), "R")]
    >>> line_of(chain, [0], ["I(8,9)"], 3)
    'I(8,9)-{C(8,3)+_}-R'
    """
    labelled = {each.also for each in operations if each.also is not None}
    if len(inputs) > 1:
        labelled |= {*inputs}
    while True:
        try:
            return _Line(operations, dict(zip(inputs, texts, strict=True)), labelled).written(output, besides)
        except _SeveralTimesError as error:
            labelled |= {error.number}


class _Line:
    def __init__(self, operations: Sequence[Operation], inputs: dict[int, str], labelled: set[int]) -> None:
        self.operations = operations
        self.inputs = inputs
        self.labelled = labelled
        self.again = {each.also for each in operations if each.text == AGAIN}
        self.written_already: set[int] = set()
        self.begun: set[int] = set()
        self.before = self._dominators()

    def written(self, output: int, besides: Sequence[int]) -> str:
        """Return the chains of the labelled operations and of what leaves besides, in order, and that of the output."""
        needed = self._needed(output)
        towers = []
        for end in besides:
            if end not in needed:
                needed |= self._needed(end)
                towers.append(end)
        towers = [end for end in towers if not any(end in self._needed(other) - {other} for other in towers)]
        last = output not in self.labelled
        ends = sorted((self.labelled & needed) | {*towers} - {output}) + [output] * last
        chains = [self._tower(end, f"@{_label(end)}" if end in self.labelled else "") for end in ends]
        return "; ".join(chains if last else [*chains, f"@{_label(output)}"])

    def _needed(self, output: int) -> set[int]:
        pending, found = [output], set()
        while pending:
            number = pending.pop()
            if number not in found:
                found.add(number)
                operation = self.operations[number]
                pending += [*operation.inputs, *([] if operation.also is None else [operation.also])]
        return found

    def _tower(self, end: int, label: str) -> str:
        items, start = self._walked(end, None)
        if start is not None and start in self.inputs and start not in self.labelled:
            if start in self.begun:
                raise _SeveralTimesError(start)
            self.begun.add(start)
        first = [self.inputs[start]] if start in self.inputs and start not in self.labelled else []
        if start is not None and start in self.labelled and start != end:
            first = [f"@{_label(start)}"]
        if start == end and start in self.inputs:
            first = [self.inputs[start]]
        alone = items[-1:] if end in self.again else []  # what is labelled is one layer, and not the last of a repeat
        items = repeated([*first, *items[: len(items) - len(alone)]]) + alone
        *rest, last = items
        return "-".join([*rest, f"{last}{label}" if not last.startswith("@") else f"{last}-_{label}"])

    def _walked(self, end: int, fork: int | None) -> tuple[list[str], int | None]:
        """The items that lead to an operation, and where they begin: the fork, a label, an input, or labels alone."""
        items: list[str] = []
        number = end
        while number != fork:
            if number != end and number in self.labelled:
                break
            operation = self.operations[number]
            if number in self.inputs:
                break
            if number in self.written_already:
                raise _SeveralTimesError(number)
            self.written_already.add(number)
            if operation.joint:
                text, start = self._merged(number, operation)
                items.append(text)
                if start is None:
                    return items[::-1], None
                number = start
                continue
            if operation.text:
                also = operation.also
                sign = "" if operation.text == AGAIN else "@"
                items.append(operation.text if also is None else operation.text.replace("{}", sign + _label(also)))
            [number] = operation.inputs
        return items[::-1], number

    def _merged(self, number: int, operation: Operation) -> tuple[str, int | None]:
        """The branches that meet in an operation, and the one place that they leave, None for labels alone."""
        fork = self.before[number]
        branches: list[list[str]] = []
        here: list[bool] = []
        for each in operation.inputs:
            items: list[str] = []
            start: int | None = each
            if each != fork and each not in self.labelled:
                items, start = self._walked(each, fork)
            if start is not None and start != fork:
                if start not in self.labelled:
                    raise _SeveralTimesError(start)
                items = [f"@{_label(start)}", *items]
            branches.append(items)
            here.append(start == fork)
        if any(here) and fork in self.labelled and not all(here):
            label = f"@{_label(fork)}"
            branches = [[label, *items] if begins else items for items, begins in zip(branches, here, strict=True)]
            here = []
        word, sign = _JOINTS[operation.joint]
        written = ("-".join(repeated(items)) or "_" for items in branches)
        return f"{word}{{{sign.join(written)}}}", fork if any(here) else None

    def _dominators(self) -> list[int]:
        """For each operation the last one that everything that leads to it passes; an input's is itself."""
        before: list[int] = []
        for number, operation in enumerate(self.operations):
            if not operation.inputs:
                before.append(number)
                continue
            common, *others = operation.inputs
            for other in others:
                while common != other:
                    if common > other:
                        common = self._step(before, common)
                    else:
                        other = self._step(before, other)
                    if common == other or (before[common] == common and before[other] == other):
                        break
            before.append(common)
        return before

    @staticmethod
    def _step(before: Sequence[int], number: int) -> int:
        return before[number]


_JOINTS = {"+": ("", "+"), "|": ("", "|"), "×": ("mul", "|"), "cat": ("cat", "|"), "cat2": ("cat2", "|")}
"""What stands before the branches of a joint, and what between them."""

_POOLED = {("AAP(1)", "F"): "GAP", ("AMP(1)", "F"): "GMP"}
"""Two items that are one layer."""


def _pooled(items: Sequence[str]) -> list[str]:
    found: list[str] = []
    for item in items:
        if found and (found[-1], item) in _POOLED:
            found[-1] = _POOLED[found[-1], item]
        else:
            found.append(item)
    return found


def _label(number: int) -> str:
    return f"n{number}"


def repeated(items: Sequence[str]) -> list[str]:
    """Return items in which equal ones in a row are a repeat, the shortest period first.

    >>> repeated(["A", "B", "C", "B", "C", "D", "D"])
    ['A', '[B-C]*2', 'D*2']
    """
    found = _pooled(items)
    for period in range(1, min(_LONGEST_PERIOD, len(found) // 2) + 1):
        place = 0
        while place + 2 * period <= len(found):
            one = found[place : place + period]
            times = 1
            while found[place + times * period : place + (times + 1) * period] == one:
                times += 1
            if times > 1 and not any(each.startswith(("@", "I(")) for each in one):
                alone = period == 1 and not one[0].endswith("]") and "*" not in one[0]
                block = one[0] if alone else f"[{'-'.join(one)}]"
                found[place : place + times * period] = [f"{block}*{times}"]
            place += 1
    return found

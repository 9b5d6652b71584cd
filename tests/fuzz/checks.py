"""What every text is held to: an answer or a refusal, the same text again, and the walk's number from its formula."""

from __future__ import annotations

import ast
import random
import re
import resource
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import symcount as sc
from symcount.arithmetic import work
from symcount.counts.least import in_counts
from symcount.trace import Iteration, Repeat

MEDIA = ("text", "markdown", "latex", "typst", "html", "json")

SECONDS = 2
"""The most processor time that one question about a text may take."""

MEGABYTES = 500
"""The most memory by which one text may raise the peak."""

_PATIENCE = 20
"""Seconds after which a text is given up."""

_POINTS = 3
_WORKED_OUT = 1 / 3
_LONGEST_EVALUATED = 2_000
_TOO_MUCH = ("too-large", "limit", "no-closed-form")
"""What a part of an answer may be refused for, though the network is counted."""

INTERNAL = re.compile(r"\b[a-z]+'\d|\b(i|tap)'\s*=")
"""A name that the walk gives, which no text can write."""


@dataclass
class Funnel:
    """How far texts came, and what was found on the way."""

    reached: Counter[str] = field(default_factory=Counter)
    findings: list[tuple[str, str]] = field(default_factory=list)
    longest: float = 0.0

    def add(self, stage: str, times: int = 1) -> None:
        self.reached[stage] += times


class FindingError(Exception):
    """A text that is not answered as it should be; the first word says in what."""


def check(text: str, funnel: Funnel, draw: random.Random) -> None:
    """Hold one text to all; raise `FindingError` for what is not so."""
    funnel.add("texts")
    try:
        with _within(funnel, "read"):
            net = sc.parse(text)
            again = sc.Architecture(str(net), net.counted.bindings)  # those that a shipped network comes with
        funnel.add("read")
        _so(str(again) == str(net), "printed-otherwise", str(net), str(again))
        with _within(funnel, "counted"):
            params = net.params
        funnel.add("counted")
        _so(again.params == params, "counted-otherwise", params, again.params)
        if not net.symbols:
            _written(net, funnel, draw)
            return
        with _within(funnel, "formula"):
            said = net.formula().data()
        funnel.add("symbolic")
    except sc.ArchitectureError as error:
        _so(bool(str(error)), "says-nothing", error.code)
        _so(bool(INTERNAL.search(text)) or not INTERNAL.search(str(error)), "names-of-the-walk", error)
        return
    _written(net, funnel, draw)
    for _ in range(_POINTS):
        check_at(net, said, {name: draw.randint(1, 6) for name in net.symbols}, funnel)


def _written(net: sc.Architecture, funnel: Funnel, draw: random.Random) -> None:
    """See that one in three networks is worked out and written, in one medium, in names that a text may use."""
    if draw.random() > _WORKED_OUT:
        return
    medium = draw.choice(MEDIA)
    pages = []
    try:
        with _within(funnel, "derived"):
            pages.append(net.derive().to(medium))
        funnel.add(f"derived as {medium}")
    except sc.ArchitectureError as error:
        _so(error.code in _TOO_MUCH, "refused-late", error.code, error)
    if net.symbols and medium != "json":
        with _within(funnel, "formula written"):
            pages.append(net.formula().to(medium))
    for page in pages:
        _so(bool(page.strip()), "says-nothing", medium)
        _so(not INTERNAL.search(page), "names-of-the-walk", medium, page)


def check_at(net: sc.Architecture, said: dict[str, object], values: dict[str, int], funnel: Funnel) -> None:
    """See that a formula has the walk's value where it says that it holds, and that there is no network elsewhere."""
    stated = [*said["conditions"], *said["assumptions"]]  # type: ignore[misc]
    sources = (*stated, str(said["python"]))
    if max(map(len, sources)) > _LONGEST_EVALUATED or any(map(_is_tower, sources)):
        return
    names = {"min": min, "max": max, "sum": sum, "range": range, **values}
    among: dict[str, list[int]] = said.get("choices", {})  # type: ignore[assignment]
    holds = all(eval(each, dict(names)) for each in stated)
    holds = holds and all(values[name] in options for name, options in among.items())
    try:
        with _within(funnel, "walked"):
            network = net(**values)
            walked = network.params
    except sc.ArchitectureError as error:
        # a number too long to write is nothing that a domain states
        _so(not holds or error.code in ("limit", "too-large"), "holds-without-a-network", values, stated, error)
        funnel.add("points outside")
        return
    elsewhere = _elsewhere(said, values, names)
    if not holds and elsewhere is not None:
        _so(walked == elsewhere, "wrong-formula", values, walked, elsewhere)
        funnel.add("points elsewhere")
        return
    if not holds:
        # a formula may be one of networks in which a repeat happens, or happens twice, and says so by the count alone
        repeats = [each for each in network.counted.trace.every if type(each) is Repeat]
        unmet = [each for each in stated if not _is_met(each, names)]
        is_told = any(_names(each) <= in_counts(net.counted.trace) for each in unmet)
        _so(is_told and any(not _passes(each) for each in repeats), "network-outside-the-domain", values, unmet, walked)
        funnel.add("points of fewer passes")
        return
    value = eval(str(said["python"]), names)
    _so(walked == value, "wrong-formula", values, walked, value)
    funnel.add("points inside")


def _elsewhere(said: dict[str, object], values: dict[str, int], names: dict[str, object]) -> int | None:
    """What the formula of just these values gives, where there is one, and it holds."""
    for each in said.get("elsewhere", []):  # type: ignore[attr-defined]
        stated = [*each["conditions"], *each["assumptions"]]
        if each["where"].items() <= values.items() and all(_is_met(one, names) for one in stated):
            found: int = eval(each["python"], dict(names))
            return found
    return None


def _is_tower(source: str) -> bool:
    """Whether a power stands in the exponent of another: from small sizes on nothing holds its value."""
    powers = [
        part for part in ast.walk(ast.parse(source)) if isinstance(part, ast.BinOp) and isinstance(part.op, ast.Pow)
    ]
    return any(isinstance(inner, ast.Pow) for power in powers for inner in ast.walk(power.right))


def _names(statement: str) -> set[str]:
    """Return the sizes of which a statement speaks: ``min`` in it is none."""
    parts = [*ast.walk(ast.parse(statement))]
    called = {id(part.func) for part in parts if isinstance(part, ast.Call)}
    return {part.id for part in parts if isinstance(part, ast.Name) and id(part) not in called}


def _is_met(statement: str, names: dict[str, object]) -> bool:
    """Whether a statement is true; behind one that is not, a later one may divide by 0."""
    try:
        return bool(eval(statement, dict(names)))
    except ZeroDivisionError:
        return False


def _passes(repeat: Repeat) -> int:
    passes: list[Repeat] = [each for each in repeat.parts if isinstance(each, Iteration)] or [repeat]
    counts = (each.count for each in passes)
    return sum(count for count in counts if isinstance(count, int)) if repeat.parts else 0


def _so(holds: bool, what: str, *more: object) -> None:
    if not holds:
        raise FindingError(what, *map(str, more))


@contextmanager
def _within(funnel: Funnel, what: str) -> Iterator[None]:
    start = time.process_time()
    yield
    took = time.process_time() - start
    funnel.longest = max(funnel.longest, took)
    _so(took <= SECONDS, "slow", f"{what} took {took:.1f} s of a processor")


def found(text: str, funnel: Funnel, draw: random.Random) -> FindingError | None:
    """Return what is found at a text, an exception that nobody expects among it."""

    def give_up(*_: object) -> None:
        raise FindingError("slow", f"given up after {_PATIENCE} s of a processor")

    work.begin()
    before = peak()
    signal.signal(signal.SIGVTALRM, give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, _PATIENCE)
    try:
        check(text, funnel, draw)
        _so(peak() - before <= MEGABYTES, "memory", f"{peak() - before:,.0f} MB more than before")
    except FindingError as finding:
        return finding
    except Exception as error:
        return FindingError(type(error).__name__, str(error))
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return None


def peak() -> float:
    """Return the most memory that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def shortened(text: str, is_found: Callable[[str], bool], attempts: int = 200) -> str:
    """Leave out of a text what is not needed for a finding."""
    length = len(text) // 2
    while length:
        place = 0
        while place < len(text) and attempts:
            attempts -= 1
            shorter = text[:place] + text[place + length :]
            if is_found(shorter):
                text = shorter
            else:
                place += length
        length //= 2
    return text

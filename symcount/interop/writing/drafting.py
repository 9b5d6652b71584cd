"""Drafts a network: walks what was recorded of it, and makes the modules of each layer, block and joint."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from symcount.arithmetic import Size
from symcount.counts import Count
from symcount.interop.writing.draft import Draft, Tower, variable
from symcount.interop.writing.framework import FIRST, LAST, Layers, lacking
from symcount.interop.writing.nodes import (
    Again,
    Block,
    Chain,
    Hole,
    Loop,
    Mark,
    Merge,
    Module,
    Node,
    Tensor,
    arguments,
    every,
)
from symcount.interop.writing.sizes import Sizes
from symcount.interop.writing.taken import chains_of, copied, lending, taken_up
from symcount.layers import Input, Recurrent
from symcount.records import replace
from symcount.trace import (
    AddedBranches,
    Bidirectional,
    Body,
    Branches,
    Copies,
    Experts,
    Iteration,
    JoinedBranches,
    MacroBlock,
    Mixture,
    MultipliedBranches,
    Part,
    Picked,
    Repeat,
    Shared,
    Step,
    Tap,
    parts_of,
)

JOINTS = {AddedBranches: "+", MultipliedBranches: "×"}


def drafted(count: Count, framework: Layers) -> Draft:
    """Return a network in the modules of a framework."""
    return _Drafting(count, framework).network()


class _Drafting:
    def __init__(self, count: Count, framework: Layers) -> None:
        self.count = count
        self.sizes = Sizes(count.numbers)
        self.framework = framework
        self.at = framework.style.at
        self.layout: dict[int, str] = {}
        self.entered: dict[int, str] = {}
        self.ties: list[tuple[Step, Step]] = []
        self.marked = {*taken_up(count.trace)}
        self.fills = False

    def network(self) -> Draft:
        """Draft every chain, one tower for each that has its own input or begins with a label."""
        towers: list[Tower] = []
        out = next((id(part) for part in self.count.trace.every if part.label == "out"), None)
        again = {*self.marked}
        self.marked |= {out} if out is not None else set()
        for parts in chains_of(self.count):
            first = parts[0]
            own = first if isinstance(first, Step) and first.is_input else None
            self.at = self.framework.style.at
            nodes = self._nodes(parts)
            towers.append(Tower(own, Chain(nodes), bool(parts) and id(parts[-1]) in again))
        at_end = self.at if out is None else self.layout[out]
        return Draft(tuple(towers), self.layout, tuple(self.ties), out, at_end)

    def _nodes(self, parts: Iterable[Part]) -> tuple[Node, ...]:
        return tuple(node for part in parts for node in self._part(part))

    def _part(self, part: Part) -> tuple[Node, ...]:
        self.entered[id(part)] = self.at
        nodes = self._drafted(part)
        self.layout[id(part)] = self.at
        if id(part) not in self.marked:
            return nodes
        name = variable(part.label) or _word(nodes) or "kept"
        return (Mark(nodes[0] if len(nodes) == 1 else Chain(nodes), id(part), name),)

    def _drafted(self, part: Part) -> tuple[Node, ...]:
        match part:
            case Step():
                return self._step(part)
            case Tap(source=source):
                self.at = self.layout[id(source)]
                return (Tensor(id(source), part),)
            case Shared(source=source):
                return self._again(part, source)
            case Picked(parts=(_, _, *_)):
                raise lacking(part, "which branch is picked is open", "give the number that is picked")
            case Copies():
                return self._copies(part)
            case Branches():
                return self._merged(part)
            case MacroBlock() if self.count.program.macros[part.macro].leaves_labels:
                return self._nodes(part.parts)
            case MacroBlock():
                chain = Chain(self._filling(part.parts, fills=False))
                return (Block(part.macro, chain, part, self._given(part), word=part.macro),)
            case Body() if self.fills:  # a body that is handed on: no module is, that would be there twice
                return self._nodes(part.parts)
            case Body():
                return (Hole(Chain(self._filling(part.parts, fills=True))),)
            case Bidirectional():
                return self._both_ways(part)
            case Mixture():
                return self._mixture(part)
            case Repeat():
                return self._repeated(part)
            case _:
                return self._nodes(part.parts)

    def _filling(self, parts: Iterable[Part], *, fills: bool) -> tuple[Node, ...]:
        """The nodes of parts that fill a hole, or of parts of a macro, in which there may be holes again."""
        before, self.fills = self.fills, fills
        nodes = self._nodes(parts)
        self.fills = before
        return nodes

    def _given(self, part: MacroBlock) -> tuple[tuple[str, str], ...]:
        return tuple((name, self.sizes.text(value)) for name, value in part.given.items() if isinstance(value, Size))

    def _step(self, step: Step) -> tuple[Node, ...]:
        if isinstance(step.layer, Input):
            return ()
        modules, self.at = self.framework.step(step, self.at)
        tied = step.taken.get("tied")
        if tied is not None:
            self.ties.append((step, lending(tied)))
            self.marked.add(id(step))
        ends = {self.layout[id(lender)] for name, lender in step.taken.items() if name != "tied"}
        if len(ends) > 1:
            raise lacking(step, "it takes tensors whose channels stand in different places", "label both behind Lin")
        if ends == {FIRST}:
            modules = tuple(replace(each, turns=bool(each.needs)) for each in modules)
        if step.layer.frozen == 1:
            modules = tuple(self.framework.frozen(each) if each.counts else each for each in modules)
        return modules

    def _turned(self, part: Part, wanted: str) -> tuple[Module, ...]:
        made = self.framework.turned(part, part.output, self.at, wanted)
        self.at = wanted
        return made

    def _again(self, part: Shared, source: Part | None) -> tuple[Node, ...]:
        assert source is not None
        before = self.framework.turned(part, part.input, self.at, self.entered[id(source)])
        self.at = self.layout[id(source)]
        again = [step for each in part.parts for step in each.steps]
        for step, first in zip(again, source.steps, strict=True):
            if step.input.axes != first.input.axes and self._made_otherwise(step, first):
                why = f"{self.framework.style.name} makes it for the size that arrives, which is another here"
                raise lacking(step, why, "write the layers out, or give them the same size")
            self.layout[id(step)] = self.layout[id(first)]
        return (*before, Again(id(source), part))

    def _made_otherwise(self, step: Step, first: Step) -> bool:
        """Whether other modules would be made of a step than of one with the same layer."""
        at = self.entered.get(id(first), self.framework.style.at)
        made, before = (_as_written(self.framework.step(each, at)[0]) for each in (step, first))
        return made != before

    def _copies(self, part: Copies) -> tuple[Node, ...]:
        """Copies of a block side by side, each with modules of its own."""
        times = part.parts[0].times if part.parts else 0
        if not isinstance(times, int) or not times:
            raise lacking(part, "the number of copies is open, or none", "give it a number")
        if any(id(each) in self.marked for each in parts_of(part)):
            raise lacking(part, "a label stands in a copy", "write the copies as branches, {A|A}")
        before = self.at
        chains: list[Chain] = []
        for number in range(times):
            self.at = before
            # a layer is that of the first copy, where it is measured
            chains.append(Chain(self._nodes(part.parts[0].parts if not number else map(copied, part.parts[0].parts))))
        return (Merge("|", tuple(chains), 1 if self.at == FIRST else -1, part),)

    def _merged(self, part: Branches) -> tuple[Node, ...]:
        at = self.at
        chains: list[Chain] = []
        wanted: str | None = None
        for branch in part.parts:
            self.at = at
            nodes = self._nodes(branch.parts)
            if branch.output.axes:
                wanted = self.at if wanted is None else wanted
                nodes = (*nodes, *self.framework.turned(branch, branch.output, self.at, wanted))
            chains.append(Chain(nodes))
        self.at = wanted or self.framework.style.at
        rank = part.output.rank
        chains = [
            chain if branch.output.rank == rank else Chain((*chain.nodes, self.framework.spread(branch, rank, self.at)))
            for chain, branch in zip(chains, part.parts, strict=True)
        ]
        axis = 1 if self.at == FIRST else -1
        if isinstance(part, JoinedBranches):
            axis = part.axis + (self.at == FIRST)
        return (Merge(JOINTS.get(type(part), "|"), tuple(chains), axis, part),)

    def _both_ways(self, part: Bidirectional) -> tuple[Node, ...]:
        step = next(part.steps)
        assert isinstance(step.layer, Recurrent)
        before = self.framework.turned(part, step.input, self.at, LAST)
        self.at = self.layout[id(step)] = LAST
        made = self.framework.both_ways(step, part)
        return (*before, self.framework.frozen(made) if step.layer.frozen == 1 else made)

    def _mixture(self, part: Mixture) -> tuple[Node, ...]:
        router, experts = part.parts
        assert isinstance(router, Step)
        assert isinstance(experts, Experts)
        before = self.framework.turned(part, part.input, self.at, LAST)
        self.at = LAST
        self.layout[id(router)] = LAST
        chain = Chain((*self._nodes(experts.parts), *self._turned(experts, LAST)))
        copies = self.sizes.size(experts.copies, "experts")
        loop = Loop(chain, experts, copies, word="experts")
        is_frozen = router.layer.frozen == 1
        if is_frozen and any(step.layer.frozen != 1 for step in experts.steps):
            raise lacking(router, "a router that is frozen beside experts that learn", "write frozen[moe(…)[…]]")
        made = self.framework.mixture(router, loop)
        return (*before, self.framework.frozen(made) if is_frozen else made)

    def _repeated(self, part: Repeat) -> tuple[Node, ...]:
        if not part.parts:
            return ()
        if isinstance(part.parts[0], Iteration):
            return tuple(node for each in part.parts for node in self._part(each))
        count = part.count
        if isinstance(part, Iteration) and isinstance(count, int) and count == 1 and part.over is None:
            return self._nodes(part.parts)
        at = self.at
        body = Chain(self._nodes(part.parts))
        if self.at != at:
            last = part.parts[-1]
            body = Chain((*body.nodes, *self.framework.turned(part, last.output, self.at, at)))
            self.at = at
        if not body.nodes or (isinstance(count, int) and count == 0):
            return ()
        return (self._loop(part, body),)

    def _loop(self, part: Repeat, body: Chain) -> Loop:
        if part.over is None:
            return Loop(body, part, self.sizes.size(part.count, "count"))
        index, first = part.over.index.name, self.sizes.size(part.over.first, "first", default=0)
        used = any(index in each.text for node in every(body) for each in getattr(node, "arguments", ()))
        return Loop(body, part, self.sizes.size(part.count, "count"), index if used else "_", first)


def _as_written(modules: Sequence[Module]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The names of modules, with what each is given."""
    return [(module.name, [(each.keyword, each.text) for each in arguments(module)]) for module in modules]


def _word(nodes: Sequence[Node]) -> str:
    return next((node.word for node in nodes if isinstance(node, Module | Block | Loop)), "")

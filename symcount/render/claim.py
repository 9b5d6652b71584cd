"""The answer of `verify --against` in text: equal, or the difference and what could make it."""

from __future__ import annotations

from collections.abc import Iterator

from symcount.answers.claim import Cause, Verdict
from symcount.errors import visible

_MOST_CAUSES = 8
"""The most causes that are named."""

_SENTENCES = {
    "statistics": "the running means and variances are counted among the parameters",
    "biases": "no bias is counted",
    "frozen": "what is frozen is not counted",
    "without": "{name} is not counted",
    "twice": "{name} is counted twice",
    "more": "{name} happens {times} times more",
    "fewer": "{name} happens {times} times fewer",
    "with bias": "{name} has a bias",
    "biases of": "{name} has no bias",
    "untied": "{name} has weights of its own, not shared ones",
    "without all": "no layer {name} is counted",
    "twice all": "every layer {name} is counted twice",
    "with bias all": "every layer {name} has a bias",
    "biases of all": "no layer {name} has a bias",
    "untied all": "every layer {name} has weights of its own",
    "held": "the tensors {name} are what is more",
}


def verdict_text(verdict: Verdict) -> str:
    """Return what is claimed and what is counted, and what could make a difference between the two."""
    return "\n".join(_lines(verdict))


def _lines(verdict: Verdict) -> Iterator[str]:
    claim = verdict.claim
    if verdict.agrees:
        yield f"equal: {verdict.counted:,} parameters, as {visible(claim.source)} says"
        return
    more = "more" if verdict.difference > 0 else "fewer"
    yield f"different: {verdict.counted:,} parameters, and {visible(claim.source)} says {claim.total:,}"
    yield f"that is {abs(verdict.difference):,} {more}"
    for cause in verdict.causes[:_MOST_CAUSES]:
        yield f"it would be so if {_sentence(cause)}"
    if not verdict.causes:
        yield "no change of a single layer makes this difference"


def _sentence(cause: Cause) -> str:
    return visible(_SENTENCES[cause.what].format(name=cause.name, times=cause.times)).replace(" 1 times ", " once ")

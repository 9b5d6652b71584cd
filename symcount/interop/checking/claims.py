"""From what somebody claims, a number or a file of weights, to the total that it states."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from symcount.answers.claim import Claim
from symcount.errors import ArchitectureError, visible
from symcount.interop.reading.safetensors import Tensor, is_safetensors, tensors

_NUMBER = re.compile(r"[0-9]{1,3}(?:[,_'][0-9]{3})+|[0-9]{1,100}")

_STATISTICS = ("running_mean", "running_var", "num_batches_tracked")
"""What PyTorch calls the values that a batch normalisation keeps, and does not learn."""

_PACKED = ("qweight", "qzeros", "quant_state", "absmax", "quant_map", "_packed", "_blocks")
"""What the names of tensors end in whose values are several parameters each, or belong to such."""


def claim_of(given: str) -> Claim:
    """Return the claim that a number makes, or a file of safetensors by its header.

    >>> claim_of("25,557,032").total
    25557032
    """
    if _NUMBER.fullmatch(given.strip()):
        return Claim(int(re.sub("[,_']", "", given)), "the claim")
    path = Path(given)
    if is_safetensors(path):
        return _of_tensors(tensors(path), visible(path.name or str(path)))
    hint = "write a whole number, such as 25557032, or the path of a .safetensors file, its index or its folder"
    raise ArchitectureError("bad-claim", f"{given!r} states no total that is read", hint=hint)


def _of_tensors(found: tuple[Tensor, ...], name: str) -> Claim:
    """The parameters among the tensors of a file, grouped by their names without numbers."""
    packed = next((each for each in found if any(part in each.name for part in _PACKED)), None)
    if packed is not None:
        message = f"{name} is quantized: one value of {packed.name!r} holds several parameters, or parts of them"
        raise ArchitectureError("bad-claim", message, hint="take the file as it was before it was quantized")
    learned = [each for each in found if not each.name.endswith(_STATISTICS)]
    groups: Counter[str] = Counter()
    for tensor in learned:
        groups[re.sub(r"(?<![A-Za-z0-9])[0-9]+(?![A-Za-z0-9])", "*", tensor.name)] += tensor.values
    return Claim(sum(each.values for each in learned), f"{name} ({len(found):,} tensors)", tuple(groups.items()))

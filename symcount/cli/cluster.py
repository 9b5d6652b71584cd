"""Sends tasks to a cluster of Dask, and takes the answers in order; what a worker had that ends is done by another.

The package comes with the extra ``symcount[dask]``, and the workers need symcount too.
"""

from __future__ import annotations

import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from threading import Lock
from typing import Any, TypeVar

from symcount.errors import ArchitectureError, not_installed, visible

_Task = TypeVar("_Task")
_Answer = TypeVar("_Answer")

_AHEAD = 4
"""The tasks that wait for each thread of the cluster: no more are read before answers are taken."""

_SECONDS = 10
"""How long a scheduler is waited for."""


def ordered(
    prepared: Callable[[], Callable[[_Task], _Answer]], tasks: Iterable[_Task], address: str
) -> Iterator[_Answer]:
    """Yield the answers to tasks in their order; ``prepared`` makes in each process what answers them.

    Raises ``ArchitectureError`` where no scheduler answers at the address, or workers are killed time after time.
    """
    distributed = _distributed()
    made = pickle.dumps(prepared)
    with _connected(distributed, address) as client:
        ahead = _AHEAD * max(1, sum(client.nthreads().values()))
        pending = iter(tasks)
        waiting: deque[Any] = deque()
        while True:
            while len(waiting) < ahead and (task := next(pending, None)) is not None:
                waiting.append(client.submit(_answered, made, task, pure=False))
            if not waiting:
                return
            try:
                yield waiting.popleft().result()
            except distributed.KilledWorker:
                message = "the workers that answer these lines were ended from outside, time after time"
                raise ArchitectureError("limit", message, hint="there may be too little memory on them") from None


def _connected(distributed: Any, address: str) -> Any:
    try:
        return distributed.Client(address, timeout=_SECONDS, set_as_default=False)
    except (OSError, ValueError):
        message = f"no scheduler of Dask answers at {visible(address)}"
        raise ArchitectureError("usage", message, hint="start one with: dask scheduler --port 8786") from None


_answering: dict[bytes, Callable[[Any], Any]] = {}
_lock = Lock()


def _answered(made: bytes, task: object) -> object:
    """Answer a task on a worker: one at a time, since its threads would share what is remembered of links."""
    with _lock:
        if made not in _answering:
            _answering.clear()
            _answering[made] = pickle.loads(made)()
        return _answering[made](task)


def _distributed() -> Any:
    try:
        import distributed
    except ModuleNotFoundError:
        raise not_installed("Dask", "distributed", "dask") from None
    return distributed

"""Several processes that answer in order; one that is killed loses nothing: what it had is done again."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Any, TypeVar

from symcount.errors import ArchitectureError

_Task = TypeVar("_Task")
_Answer = TypeVar("_Answer")

_AHEAD = 4
"""The tasks that wait for each process: no more are read before answers are taken."""

_MOST_TRIES = 3
"""How often a task is begun before it is given up."""


def ordered(prepared: Callable[[], Callable[[_Task], _Answer]], tasks: Iterable[_Task], jobs: int) -> Iterator[_Answer]:
    """Yield the answers to tasks in their order; ``prepared`` makes in each process what answers them.

    Raises ``ArchitectureError`` where the processes that begin one task are killed time after time.
    """
    waiting: deque[tuple[_Task, Future[_Answer]]] = deque()
    pending = iter(tasks)
    pool = _pool(prepared, jobs)
    tries = 1
    try:
        while True:
            while len(waiting) < _AHEAD * jobs and not (waiting and waiting[0][1].done()):
                task = next(pending, None)
                if task is None:
                    break
                waiting.append((task, _begun(pool, task)))
            if not waiting:
                return
            try:
                answer = waiting[0][1].result()
            except BrokenProcessPool:
                tries += 1
                if tries > _MOST_TRIES:
                    raise _given_up() from None
                pool.shutdown(wait=False)
                pool = _pool(prepared, jobs)
                waiting = deque((task, _begun(pool, task)) for task, _ in waiting)
                continue
            waiting.popleft()
            tries = 1
            yield answer
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _pool(prepared: Callable[[], Callable[[Any], Any]], jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, get_context("spawn"), _prepare, (prepared,))


def _begun(pool: ProcessPoolExecutor, task: object) -> Future[Any]:
    try:
        return pool.submit(_answered, task)
    except BrokenProcessPool as error:  # a process was killed while others were being begun
        broken: Future[Any] = Future()
        broken.set_exception(error)
        return broken


_answering: Callable[[Any], Any] | None = None


def _prepare(prepared: Callable[[], Callable[[Any], Any]]) -> None:
    """Begin a process: Ctrl-C is for the one that waits for it."""
    global _answering
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _answering = prepared()


def _answered(task: object) -> object:
    assert _answering is not None
    return _answering(task)


def _given_up() -> ArchitectureError:
    message = f"the processes that answer these lines were ended from outside, {_MOST_TRIES} times"
    return ArchitectureError("limit", message, hint="there may be too little memory: ask for fewer --jobs")

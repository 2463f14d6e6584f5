"""Processes that work for a command: begun, fed, limited and ended in one way.

The layout engine can't be used from several threads, and what others made may ask for endless
time or memory: both are given to processes. They end with the one that began them, however it
ends, and leave Ctrl-C to it.
"""

from __future__ import annotations

import errno
import gc
import os
import shutil
import signal
import sys
import tempfile
import time
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from multiprocessing import parent_process
from multiprocessing.connection import wait
from multiprocessing.context import SpawnContext, SpawnProcess
from pathlib import Path
from threading import Thread, current_thread, main_thread
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar

from handouts.basics.errors import MachineError
from handouts.basics.limits import Limit, OverLimitError, within
from handouts.basics.locks import is_free, try_to_hold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from multiprocessing.process import BaseProcess
    from types import TracebackType

    T = TypeVar("T")
else:
    T = TypeVar("T")

_DIE_WITH_PARENT = 1
"""PR_SET_PDEATHSIG of Linux, prctl(2)."""
_SCRATCH = "handouts-work-"
_HELD = "held"
"""A file whose lock the command keeps that made the folder, as long as it is at work."""
_YOUNG_S = 600
_OBJECTS_A_LOOK = 20_000
"""To look for garbage every 700 new objects, as Python does, took a tenth of a layout's time."""
_ENDING = [
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
]


def cores() -> int:
    """Say how many processes can work at once."""
    return os.cpu_count() or 1


class WorkerEndedError(Exception):
    """A worker was ended in the middle of its work: from outside, or by what it worked on."""


class Working(Generic[T]):
    """Work that a process was given."""

    def __init__(self, future: Future[T]) -> None:
        self._future = future

    def result(self) -> T:
        """Wait for what the work gives.

        Raises:
            OverLimitError: it needs more time or memory than its limit.
            WorkerEndedError: its process was ended.
            Exception: whatever the work raises.

        """
        try:
            return self._future.result()
        except BrokenProcessPool as error:
            raise WorkerEndedError("a process of the work was ended") from error


class Workers:
    """Some processes that do what they are given, within ``with``.

    At its end they have done all of it; where it ends by an error or a signal, they are killed.
    ``ready`` is what each of them does first. What they write into the folder for temporary files
    goes with them. On Linux they are forks of this process, which begin
    at once: so they begin before it has other threads.
    """

    def __init__(self, count: int, ready: Callable[[], object] | None = None) -> None:
        self._context = _Forking() if sys.platform == "linux" else _Spawning()
        self._end = ExitStack()
        with _machine_errors():
            scratch = self._end.enter_context(_scratch())
            self._executor = ProcessPoolExecutor(
                count, self._context, initializer=_begin, initargs=(scratch, ready)
            )

    def __enter__(self) -> Self:
        """Start the processes, which get ready.

        Raises:
            MachineError: the system starts no process.

        """
        try:
            self.submit(bool)
        except BaseException:
            self.__exit__(*sys.exc_info())
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Wait for the work, or end it."""
        with self._end:
            if kind is not None:
                self._context.kill()
            self._executor.shutdown(wait=True, cancel_futures=kind is not None)

    def submit(
        self, work: Callable[..., T], *args: object, limit: Limit | None = None
    ) -> Working[T]:
        """Give work to the next process that is free.

        Raises:
            MachineError: the system starts no process.

        """
        try:
            with _machine_errors():
                return Working(self._executor.submit(partial(_done, limit, work), *args))
        except BrokenProcessPool as error:
            raise WorkerEndedError("a process of the work was ended") from error

    def map(
        self, work: Callable[..., T], items: Iterable[Any], limit: Limit | None = None
    ) -> Iterator[T]:
        """Give the results of work on each item, in their order."""
        working = [self.submit(work, item, limit=limit) for item in items]
        return (one.result() for one in working)


def apart(work: Callable[..., T], *args: object, limit: Limit | None = None) -> T:
    """Do work in a process of its own, within a limit; without one, the work keeps its own.

    Raises:
        OverLimitError: it needs more time or memory.
        Exception: whatever the work raises.

    """
    with Workers(1) as workers:
        try:
            return workers.submit(work, *args, limit=limit).result()
        except WorkerEndedError as error:
            words = "more memory or time than it was given, and its process was ended"
            raise OverLimitError(words) from error


def _done(limit: Limit | None, work: Callable[..., T], *args: object) -> T:
    if limit is None:
        return work(*args)
    with within(limit):
        return work(*args)


class _Held:
    """A process that starts with the signals held that end a command.

    One that came before it leaves Ctrl-C to its parent would print a traceback.
    """

    def start(self) -> None:
        with _signals_held():
            super().start()  # type: ignore[misc]


class _Knows:
    """A way to start processes that knows those it started."""

    kind: type[BaseProcess]

    def __init__(self) -> None:
        self.started: list[BaseProcess] = []

    def Process(self, *args: Any, **options: Any) -> BaseProcess:  # noqa: N802 - as a context's
        process = self.kind(*args, **options)
        self.started.append(process)
        return process

    def kill(self) -> None:
        for process in self.started:
            if process.is_alive():
                process.kill()


class _SpawnedWorker(_Held, SpawnProcess):
    pass


class _Spawning(_Knows, SpawnContext):  # type: ignore[misc]
    kind = _SpawnedWorker


if sys.platform == "win32":
    _Forking = _Spawning
else:
    from multiprocessing.context import ForkContext, ForkProcess

    class _ForkedWorker(_Held, ForkProcess):
        pass

    class _Forking(_Knows, ForkContext):  # type: ignore[misc]
        kind = _ForkedWorker


@contextmanager
def _machine_errors() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in {errno.EMFILE, errno.ENFILE}:
            raise  # told as what it is, where commands end
        raise MachineError.because(
            "no process can be started for the work",
            why=error.strerror or str(error),
            mend="free some space (on Linux in /dev/shm, too) or close other programs",
        ) from error


@contextmanager
def _signals_held() -> Iterator[None]:
    """Hold the signals that end a command, here and in a process that is started meanwhile.

    The mask is for that process. Here another thread may still get them, so their handlers wait.
    """
    if sys.platform == "win32" or current_thread() is not main_thread():
        yield
        return
    came: list[int] = []
    handlers = {number: signal.getsignal(number) for number in _ENDING}
    for number, handler in handlers.items():
        if callable(handler):
            signal.signal(number, lambda got, _: came.append(got))
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        for number, handler in handlers.items():
            signal.signal(number, handler)
        for number in came[:1]:
            signal.raise_signal(number)


@contextmanager
def _scratch() -> Iterator[str]:
    """Make a folder for the temporary files of workers; they may be killed before they clear up.

    Where the command itself was killed, a later one takes its folder away. A young one may not
    be held yet.
    """
    for held in Path(tempfile.gettempdir()).glob(f"{_SCRATCH}*/{_HELD}"):
        with suppress(OSError):
            if held.stat().st_mtime < time.time() - _YOUNG_S and is_free(held):
                shutil.rmtree(held.parent, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=_SCRATCH))
    try:
        with (folder / _HELD).open("wb") as file:
            try_to_hold(file.fileno())
            yield str(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _begin(scratch: str, ready: Callable[[], object] | None) -> None:
    gc.freeze()  # what came with a fork is shared as long as nobody looks through it for garbage
    gc.set_threshold(_OBJECTS_A_LOOK)
    tempfile.tempdir = scratch
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in _ENDING:
        if number is not signal.SIGINT:
            signal.signal(number, signal.SIG_DFL)
    _end_with_parent()
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)
    if ready is not None:
        ready()


def _end_with_parent() -> None:
    """Let this process end when the one that began it is killed.

    Linux does so at once. Elsewhere a thread looks for it, which waits for its turn.
    """
    parent = parent_process()
    if parent is None:
        return
    if sys.platform != "linux":

        def watch() -> None:
            wait([parent.sentinel])
            os._exit(1)

        Thread(target=watch, daemon=True).start()
        return
    import ctypes  # noqa: PLC0415 - only here

    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent.pid:  # it ended before it was asked for
        os._exit(1)

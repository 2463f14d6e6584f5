"""How far a job is, told to whoever waits for it."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Shows how far a job is; it is called as the work goes on, and once all is done."""

    def __call__(self, done: int, of: int, at: str = "") -> None:
        """Take in that so many steps are done, and the name of the one that is being done."""


def unseen(done: int, of: int, at: str = "") -> None:
    """Show nothing."""

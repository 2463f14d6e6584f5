"""What day it is: today, or the day a reproducible build pretends it is."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

from handouts.basics.errors import MachineError


def source_date() -> datetime | None:
    """Read SOURCE_DATE_EPOCH, the moment a reproducible build pretends it is.

    Raises:
        MachineError: it is set and is no number of seconds.

    """
    text = os.environ.get("SOURCE_DATE_EPOCH")
    if not text:
        return None
    try:
        return datetime.fromtimestamp(int(text), tz=UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise MachineError.because(
            f'SOURCE_DATE_EPOCH is "{text[:40]}"',
            why="it is a number of seconds since 1970",
            mend="unset it or set it to a whole number",
        ) from error


def now() -> datetime:
    """Give this moment: SOURCE_DATE_EPOCH's, or the machine's own, in its time zone."""
    return source_date() or datetime.now(tz=UTC).astimezone()


def today() -> date:
    """Give the day that decides what has expired: SOURCE_DATE_EPOCH's, or today."""
    return now().date()

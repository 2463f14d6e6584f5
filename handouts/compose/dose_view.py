"""What a template sees of a dose: its words, and the panel that it is printed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handouts.compose.scripts import Words


@dataclass(frozen=True, slots=True)
class CountBoxes:
    """A row of boxes that shows how often to repeat; the last ones may stay empty."""

    side: str | None
    """Left or right, where each side has its row."""
    sure: int
    more: int


@dataclass(frozen=True, slots=True)
class DoseRow:
    """One amount in the three parts of a dose's panel: how long, how many, when."""

    label: str | None
    """What it is for, where there are several: "Left side", "Morning", "Weeks 1–2"."""
    how_long: str | None
    how_many: str | None
    when: str | None
    """None where it is said for all amounts at once, or by the label."""
    start: str | None = None
    """Where to start in a range, and what to work up to."""
    boxes: tuple[CountBoxes, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """All that is printed of it."""
        said = (self.label, self.how_long, self.how_many, self.when, self.start)
        return tuple(text for text in said if text)


@dataclass(frozen=True, slots=True)
class DoseView:
    """A dose in words."""

    hold_words: str | None
    """None where nothing is held, or not always alike."""
    repeat_words: str | None
    """None where it is not always alike."""
    how_often_words: str | None
    """None where that is said with each amount."""
    amounts_words: tuple[str, ...] = ()
    """What is done on each side, at each time of day or in each stretch of weeks."""
    more_words: tuple[str, ...] = ()
    """What is worked against and how hard, and when to stop."""
    start_words: str | None = None
    """Where to start in a range, and what to work up to."""
    as_needed: Words | None = None
    """When it is done, in the clinician's words for this patient."""
    held: Words | None = None
    """Where a band or a weight goes, in the clinician's words."""
    rows: tuple[DoseRow, ...] = ()
    """The panel: a row, or one for each side, time of day or stretch of weeks."""

    @property
    def words(self) -> tuple[str, ...]:
        """The whole dose, a short line for each part."""
        lines = (
            *self.amounts_words,
            self.hold_words,
            self.repeat_words,
            self.how_often_words,
            *self.more_words,
            self.start_words,
        )
        return tuple(line for line in lines if line)

    @property
    def short_words(self) -> str:
        """The one figure that matters most, for a list: the hold, else the repetitions."""
        return self.words[0]

    @property
    def panel_texts(self) -> tuple[str, ...]:
        """All that is printed where the dose has its panel, but for what is the patient's own."""
        rows = tuple(text for row in self.rows for text in row.texts)
        often = (self.how_often_words,) if self.how_often_words else ()
        return (*rows, *often, *self.more_words)

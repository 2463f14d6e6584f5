"""What is chosen from a short list: the edition, who takes the file, the side, an order."""

from __future__ import annotations

from enum import StrEnum


class Edition(StrEnum):
    """How a piece is set."""

    STANDARD = "standard"
    LARGE_PRINT = "large-print"
    """18 pt in one column, reflowed into as many pages as it takes (ACB guideline, 2022)."""
    INK_SAVER = "ink-saver"
    """One ink and no fills, for a desk printer's sake."""


class Profile(StrEnum):
    """Who takes the file: the clinic's own printer, a print shop, or a screen."""

    OFFICE = "office"
    """RGB, cut to the page, clear of the edge that a desk printer can't reach."""
    PRESS = "press"
    """CMYK with bleed, boxes and an output intent (PDF/X-4)."""
    SCREEN = "screen"
    """RGB, tagged for screen readers (PDF/UA-1), links live."""


class Side(StrEnum):
    """Which side an exercise is done on."""

    EACH = "each"
    LEFT = "left"
    RIGHT = "right"


class Order(StrEnum):
    """In which order the exercises stand on the sheet."""

    POSTURE = "posture"
    """Lying, kneeling, sitting, standing: nobody gets up and down twice."""
    AS_LISTED = "as-listed"


class Layout(StrEnum):
    """How many exercises a page is made for."""

    AUTO = "auto"
    """The largest that fits on two sides."""
    ONE = "1"
    TWO = "2"
    FOUR = "4"


class Diary(StrEnum):
    """What is written into the log beside the exercises, day by day."""

    PAIN = "pain"
    """How much pain, of 10."""
    HEADACHE = "headache"
    """Whether there was a headache."""


class Sort(StrEnum):
    """In which order the sheets of a roster lie."""

    ROSTER = "roster"
    NAME = "name"
    """By last name where the roster has a column of them, else by the whole name."""
    PROGRAMME = "programme"
    """Rows of a programme together, as the roster has them; those without one last."""


class Flip(StrEnum):
    """The edge of the sheet about which a printer turns it for the back."""

    LONG = "long"
    SHORT = "short"


class Limits(StrEnum):
    """Whose margins a press file keeps."""

    EUROPE = "europe"
    """Text 5 mm from the trim."""
    US = "us"
    """Text 1/8 in (3.175 mm) from the trim."""


class Work(StrEnum):
    """How a sheet is turned whose two sides are printed from one form."""

    TURN = "turn"
    """Like a book's page: left becomes right, the gripper's edge stays (work and turn)."""
    TUMBLE = "tumble"
    """Over its head: foot becomes head (work and tumble)."""


class Apart(StrEnum):
    """By what a run is split into piles that a printer needs apart."""

    PAPER = "paper"
    SIDES = "sides"
    EDITION = "edition"


class SchemeName(StrEnum):
    """A scheme by the name under which it is asked for."""

    BOOKLET = "booklet"
    TWO_UP = "2-up"
    THREE_UP = "3-up"
    FOUR_UP = "4-up"
    EIGHT_UP = "8-up"
    CUT_STACK = "cut-stack"


AFTER_NEEDLING = "after-needling"
"""What needling's own danger signs are called by, where they are printed and signed for."""

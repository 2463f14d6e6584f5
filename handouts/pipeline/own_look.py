"""Preflight of a file before it is written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib.util import find_spec
from typing import TYPE_CHECKING

from handouts.basics.choices import Profile
from handouts.basics.findings import Finding, Place, Report, Severity
from handouts.preflight.look import look_at_own
from handouts.preflight.result import Check, Result

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handouts.compose.composed import Composed

LEFT_OUT = {
    Profile.OFFICE: frozenset(
        {"colour-spaces", "black-text", "pictures", "hairlines", "page-count"}
    ),
    Profile.PRESS: frozenset[str](),
    Profile.SCREEN: frozenset[str](),
}
"""What is not looked at in each file that is built.

Office: to read every painted thing takes 0.1 s a page, a tenth of the build, and a blank back
hurts nobody at the front desk.
"""


@dataclass(frozen=True, slots=True)
class OwnLook:
    """What the checks said of a file that was just made."""

    passed: tuple[str, ...]
    """The checks that found nothing wrong; what they doubt stands in the report."""
    inks: tuple[tuple[str, ...], ...]
    """The inks on each page of a press file."""
    report: Report


def preflight_own(pdf: bytes, piece: Composed, *, imposed: bool = False) -> OwnLook:
    """Look at a file before it is written; no words of a patient's own are repeated.

    Of ``imposed`` sheets the folds are not looked at: each piece was looked at alone.
    """
    left_out = LEFT_OUT[piece.profile]
    if find_spec("page") is None:  # the doctor says it once, with its mend
        left_out |= {"tags"}
    folded = None if imposed else piece.folded
    folds_mm = [[fold.mm for fold in side.folds] for side in folded.sides] if folded else []
    looked = look_at_own(pdf, piece.profile, folds_mm, piece.quote, left_out)
    return OwnLook(
        tuple(
            name
            for name in dict.fromkeys(check.name for check in looked.checks)
            if all(check.result is not Result.FAIL for check in looked.checks if check.name == name)
        ),
        looked.inks,
        findings_of(looked.checks, Place(piece=piece.label)),
    )


SLOW = frozenset({"colour-spaces", "black-text", "ink-limit", "pictures", "hairlines"})
"""Checks that read every painted thing: of a run's sheets, layouts and pieces passed them alone."""


def preflight_sheets(pdf: bytes) -> tuple[tuple[str, ...], Report]:
    """Look at the imposed sheets of a press run; give the checks that they passed, and the rest."""
    checks = look_at_own(pdf, Profile.PRESS, (), lambda _: "text", SLOW).checks
    failed = {check.name for check in checks if check.result is Result.FAIL}
    names = dict.fromkeys(check.name for check in checks)
    return tuple(name for name in names if name not in failed), findings_of(checks, Place())


def findings_of(checks: Iterable[Check], place: Place) -> Report:
    """Turn what failed and what is doubtful into findings, each in its place."""
    weights = {Result.FAIL: Severity.ERROR, Result.WARN: Severity.WARNING}
    return Report(
        tuple(
            Finding(
                f"{check.name}: {check.what}",
                _why(check),
                check.mend,
                replace(place, page=check.page),
                weights[check.result],
            )
            for check in checks
            if check.result in weights
        )
    )


def _why(check: Check) -> str:
    parts = [check.measured]
    if check.place_mm:
        left, top = check.place_mm
        parts.append(f"{left:.1f} mm from the left, {top:.1f} mm from the top of the trim")
    if check.times > 1:
        parts.append(f"{check.times} times on the page")
    return "; ".join(part for part in parts if part)

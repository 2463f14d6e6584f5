"""A sheet alone, in a run and as the engine lays it out show the same picture and all words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import three_ways
from three_ways import MOST_APART, Asked, prescriptions

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("shared_cache")
SEED, A_SAMPLE = 7, 4
"""A larger sample: ``python tests/three_ways.py 200``."""


def test_prescriptions_at_random_look_alike_three_ways(tmp_path: Path) -> None:
    for seen in three_ways.three_ways(prescriptions(SEED, A_SAMPLE), tmp_path):
        assert max(seen.apart.values()) <= MOST_APART, (seen.asked.told, seen.apart)
        assert not any(seen.lost.values()), (seen.asked.told, seen.lost)


def test_another_persons_sheet_would_be_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (asked,) = prescriptions(SEED, 1)
    right = three_ways.one_sheet

    def of_another(loaded: object, row: three_ways.RunRow, *rest: object) -> object:
        return right(loaded, replace(row, sheet=replace(row.sheet, patient="Quincy")), *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(three_ways, "one_sheet", of_another)
    (seen,) = three_ways.three_ways([asked], tmp_path)
    assert seen.apart["alone"] > MOST_APART
    assert seen.lost["alone"]


def test_a_sample_has_each_kind() -> None:
    many = prescriptions(SEED, 3 * 3 * 2)

    def kinds(asked: Asked) -> tuple[object, ...]:
        own = asked.row.sheet
        return asked.profile, own.edition, own.paper

    assert len({kinds(one) for one in many}) == 3 * 3 * 2
    assert len({one.row.sheet.patient for one in many}) > 9

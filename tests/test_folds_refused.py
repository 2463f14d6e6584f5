"""Folds that are refused: other panels, unknown names, senseless stock, wrong manifests."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from fold_tools import KINDS, fold_as, leaflet
from PIL import Image

from handouts.basics.folds import FOLDS, FoldKind, folds_of
from handouts.pdf.look.page_pictures import DESK

if TYPE_CHECKING:
    from conftest import ClinicFolder


def test_a_fold_with_other_panels_is_refused_and_both_are_named(
    clinic_folder: ClinicFolder,
) -> None:
    fold_as(clinic_folder, "fold: half")
    error = clinic_folder.refused().the_error('"brochure" can\'t be folded as "half"')
    assert "cover, flap, inside-left, inside-center, inside-right, back" in error
    assert "that fold has cover, inside-left, inside-right, back" in error
    assert "write one of: roll, z" in error
    assert clinic_folder.place("half\n") in error


@pytest.mark.parametrize("kind", [k for k in KINDS if k not in {FoldKind.ROLL, FoldKind.Z}])
def test_the_brochure_is_folded_as_roll_or_z_alone(
    clinic_folder: ClinicFolder, kind: FoldKind
) -> None:
    fold_as(clinic_folder, f"fold: {kind}")
    assert "can't be folded" in clinic_folder.refused(command="check").the_error(f'"{kind}"')
    assert folds_of(FOLDS[FoldKind.ROLL].reading_order) == (FoldKind.ROLL, FoldKind.Z)


@pytest.mark.parametrize("line", ["fold: z", 'stock_thickness: "0.2 mm"'])
def test_a_sheet_is_not_folded(clinic_folder: ClinicFolder, line: str) -> None:
    clinic_folder.edit("    template: explainer\n", f"    template: explainer\n    {line}\n")
    key = line.partition(":")[0]
    clinic_folder.refused().the_error(f'"explainer" is not folded, so "{key}" would change')


def test_an_unknown_fold_is_refused_with_the_nearest(clinic_folder: ClinicFolder) -> None:
    fold_as(clinic_folder, "fold: rolll")
    clinic_folder.refused().the_error('"fold" can\'t be "rolll"', 'did you mean "roll"')


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ('"0.5 mm"', '"0.5 mm" is not between 0.05 and 0.4 mm'),
        ('"0.04mm"', '"0.04mm" is not between 0.05 and 0.4 mm'),
        ('"0.1 in"', '"0.1 in" is not between 0.05 and 0.4 mm'),
        ("0.2", "'0.2' is not a length; write a number and its unit"),
        ("1", '"1" has no unit; write the thickness like 0.2 mm'),
        ('"thick"', "is not a length"),
    ],
)
def test_a_senseless_thickness_is_refused(
    clinic_folder: ClinicFolder, written: str, told: str
) -> None:
    fold_as(clinic_folder, f"stock_thickness: {written}")
    clinic_folder.refused().the_error('"stock_thickness"', told)


def test_a_manifest_whose_panels_are_not_the_folds_is_refused(
    clinic_folder: ClinicFolder,
) -> None:
    leaflet(clinic_folder, "half", ("cover", "inside-left", "back"))
    error = clinic_folder.refused().the_error("the panels are not those of a half fold")
    assert "write them as: cover, inside-left, inside-right, back" in error
    assert "templates/leaflet.yaml:4:" in error


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("fold: half\n", "", "does not say how the piece is folded"),
        ("format: fold", "format: card", "a card is not folded"),
    ],
)
def test_a_manifest_that_contradicts_itself_is_refused(
    clinic_folder: ClinicFolder, old: str, new: str, told: str
) -> None:
    leaflet(clinic_folder, "half")
    manifest = clinic_folder.path / "templates" / "leaflet.yaml"
    text = manifest.read_text()
    assert text.count(old) == 1 or old == "fold: half\n"
    manifest.write_text(re.sub(f"^{old}", new, text, flags=re.MULTILINE))
    clinic_folder.refused().the_error(told)


def test_the_preview_shows_a_z_fold(plain_clinic: ClinicFolder) -> None:
    fold_as(plain_clinic, "fold: z")
    outcome = plain_clinic.run("preview", "brochure", "--dpi", "36")
    assert outcome.code == 0, outcome.err
    with Image.open(plain_clinic.out / "preview" / "brochure-folded.png") as picture:
        row = [
            picture.convert("RGB").getpixel((x, picture.height // 2)) for x in range(picture.width)
        ]
    sheets = "".join(" " if colour == DESK else "#" for colour in row).split()
    # 36 dpi: a panel of 11/3 in is 132 dots wide; each piece has a shadow of 2 dots or so
    assert [round(len(sheet) / 132) for sheet in sheets] == [1, 2, 3, 3]

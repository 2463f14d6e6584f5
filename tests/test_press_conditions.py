"""Printing conditions by name: what files say of them, and what is refused."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import pikepdf
import pytest
from conftest import ROOT
from press_tools import settle
from promised import change, set_at

from handouts.basics.press_conditions import identified, named_conditions
from handouts.pdf.finish.inks import Condition, Inks, read_condition

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import ClinicFolder

PROFILE = ROOT / "styles" / "FOGRA39L_coated.icc"
PRESS = ("--profile", "press")


def described(text: str) -> bytes:
    """Give the shipped profile with another description, behind all else, where its tag points."""
    data = bytearray(PROFILE.read_bytes())
    data += bytes(-len(data) % 4)
    count = struct.unpack(">I", data[128:132])[0]
    letters = text.encode() + b"\0"
    tag = b"desc\0\0\0\0" + struct.pack(">I", len(letters)) + letters + bytes(78)
    for entry in range(132, 132 + 12 * count, 12):
        if data[entry : entry + 4] == b"desc":
            data[entry + 4 : entry + 12] = struct.pack(">II", len(data), len(tag))
    data += tag + bytes(-len(tag) % 4)
    data[:4] = struct.pack(">I", len(data))
    return bytes(data)


def put(clinic: ClinicFolder, name: str, text: str) -> None:
    (clinic.path / name).write_bytes(described(text))


@pytest.fixture
def settled(clinic_folder: ClinicFolder) -> ClinicFolder:
    settle(clinic_folder)
    return clinic_folder


def intent(clinic: ClinicFolder) -> tuple[str, str | None]:
    outcome = clinic.run("build", "testimonials", *PRESS)
    assert outcome.code == 0, outcome.err
    with pikepdf.open(clinic.out / "testimonials-press.pdf") as pdf:
        (one,) = pdf.Root.OutputIntents
        registry = str(one.RegistryName) if "/RegistryName" in one else None
        return str(one.OutputConditionIdentifier), registry


def test_a_letter_clinic_gets_the_american_condition_once_its_profile_is_there(
    settled: ClinicFolder,
) -> None:
    assert intent(settled) == ("FOGRA39", "http://www.color.org")
    put(settled, "GRACoL2013_CRPC6.icc", "GRACoL2013_CRPC6.icc")
    assert intent(settled) == ("CGATS21-2-CRPC6", "http://www.color.org")
    change(settled, set_at("clinic", "press_condition", to="fogra39"))
    assert intent(settled)[0] == "FOGRA39"


@pytest.mark.parametrize("name", ["fogra51", "fogra52", "gracol2013", "swop2013"])
def test_a_condition_without_its_profile_says_where_that_is_to_be_had(
    clinic_folder: ClinicFolder, name: str
) -> None:
    condition = named_conditions()[name]
    change(clinic_folder, set_at("clinic", "press_condition", to=name))
    outcome = clinic_folder.run("check", "--quick")
    assert outcome.code == 3
    outcome.the_error(f'"{name}" needs its profile', condition.file, "color.org")


def test_a_profile_that_is_another_condition_is_refused(clinic_folder: ClinicFolder) -> None:
    put(clinic_folder, "PSOuncoated_v3_FOGRA52.icc", "PSO Coated v3")
    change(clinic_folder, set_at("clinic", "press_condition", to="fogra52"))
    outcome = clinic_folder.run("check", "--quick")
    assert outcome.code == 3
    outcome.the_error("PSO Coated v3", "which is fogra51, and not fogra52")


def test_a_name_that_is_no_condition_is_told_with_those_that_are(
    clinic_folder: ClinicFolder,
) -> None:
    change(clinic_folder, set_at("clinic", "press_condition", to="fogra40"))
    outcome = clinic_folder.run("check", "--quick")
    assert outcome.code == 3
    outcome.the_error('"fogra40" is no printing condition', "fogra39, fogra51, fogra52")


def test_uncoated_paper_gets_less_ink(tmp_path: Path) -> None:
    path = tmp_path / "PSOuncoated_v3_FOGRA52.icc"
    path.write_bytes(described("PSO Uncoated v3 (FOGRA52)"))
    uncoated = read_condition(path)
    assert (uncoated.identifier, uncoated.most_ink_percent) == ("FOGRA52", 270)
    coated = read_condition(PROFILE)
    assert (coated.identifier, coated.most_ink_percent) == ("FOGRA39", 300)
    steps = [n / 6 for n in range(7)]
    colours = [(r, g, b) for r in steps for g in steps for b in steps]

    def most(condition: Condition) -> int:
        inks = Inks(condition)
        return max(sum(inks.of(*colour)[:3]) for colour in colours)

    assert most(uncoated) <= 170 < most(coated) <= 200


def test_the_data_name_each_condition_once() -> None:
    conditions = named_conditions().values()
    assert len({one.identifier for one in conditions}) == len(conditions) == 5
    assert all(identified(one.identifier) is one for one in conditions)

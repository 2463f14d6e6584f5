"""Nothing of the patient's own is anywhere but on the paper and in what was asked to be kept."""

from __future__ import annotations

import contextlib
import itertools
import json
import re
import stat
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest
from click.testing import CliRunner
from conftest import run
from pdf_tools import fill_clinic, tool
from PIL import Image
from sheet_tools import ADA, LEVATOR, OPEN_BOOK, RELEASE, read_sheet, refused_sheet

from handouts.cli import main

if TYPE_CHECKING:
    from conftest import ClinicFolder, Outcome

CANARIES = {
    "patient": "Quizzyla Vexworth",
    "goal": "Juggle kumquats",
    "notes": "Beware zugzwang oxbows",
    "next_visit": "Fortnight jabberwock",
    "beyond_limits": "Wyvern tolerance",
}
NOTE = "Mind the flumphs"
PIECES = {
    word.lower()
    for text in (*CANARIES.values(), NOTE)
    for word in text.split()
    if word not in {"Beware", "Mind", "the", "tolerance"}
}
OPTIONS = {"patient": "--for", "next_visit": "--next-visit", "beyond_limits": "--beyond-limits"}
REASONED = {**CANARIES, "beyond_limits": f"{LEVATOR}:hold=50s: {CANARIES['beyond_limits']}"}
FLAGS = tuple(
    itertools.chain(*((OPTIONS.get(key, f"--{key}"), text) for key, text in REASONED.items()))
)
DOSES = ("--exercise", RELEASE, "--exercise", f"{LEVATOR}:hold=50s,side=right")
REASON = {"exercise": RELEASE, "part": "hold", "value": "200 s"}
FILE = {
    **CANARIES,
    "date": "2026-12-01",
    "beyond_limits": [{**REASON, "reason": CANARIES["beyond_limits"]}],
    "exercises": [{"exercise": RELEASE, "hold": "200 s", "note": NOTE}],
}
SHOWN = ("patient", "goal", "notes", "next_visit")


def forms(word: str) -> set[bytes]:
    """Give the ways in which a word may stand in a file."""
    return {
        form
        for text in (word, word.title(), word.upper())
        for form in (
            text.encode(), text.encode("utf-16-be"), text.encode("utf-16-le"),
            text.encode().hex().encode(), text.encode().hex().upper().encode(),
            text.encode("utf-16-be").hex().encode(),
            text.encode("utf-16-be").hex().upper().encode(),
        )
    }  # fmt: skip


def found_in(data: bytes) -> set[str]:
    """Give the parts of the patient's own words that bytes hold, in any encoding."""
    return {word for word in PIECES if any(form in data for form in forms(word))}


def objects_beside_the_content(path: Path, password: str = "") -> bytes:
    """Give all that a file holds beside what its pages draw, streams opened."""
    parts = []
    with pikepdf.open(path, password=password) as pdf:
        drawn = set()
        for page in pdf.pages:
            contents = page.obj.Contents
            for stream in contents if isinstance(contents, pikepdf.Array) else [contents]:
                drawn.add(stream.objgen)
        for item in pdf.objects:
            if isinstance(item, pikepdf.Stream):
                parts.append(item.stream_dict.unparse())
                if item.objgen not in drawn:
                    parts.append(item.read_bytes())
            elif isinstance(item, pikepdf.Object):
                parts.append(item.unparse())
        parts.append(pdf.trailer.unparse())
        parts += [str(pdf.docinfo).encode(), str(pdf.open_metadata()).encode()]
        with pdf.open_outline() as outline:
            parts += [str(item).encode() for item in outline.root]
    return b"\n".join(parts)


class Home:
    """A machine whose every folder is known and empty."""

    def __init__(self, path: Path) -> None:
        self.clinic = fill_clinic(path / "clinic")
        self.path = path
        self.env = {"SOURCE_DATE_EPOCH": "1796126400"}
        for name in ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "TMPDIR"):
            (path / name).mkdir()
            self.env[name] = str(path / name)

    def sheet(self, *args: str) -> Outcome:
        outcome = run("sheet", *args, cwd=self.clinic.path, env=self.env)
        assert outcome.code == 0, outcome
        assert found_in((outcome.out + outcome.err).encode()) == set(), outcome
        return outcome

    def leaks(self, *allowed: str) -> dict[str, set[str]]:
        """Give the files, but for those that may, that hold the patient's own words."""
        leaks: dict[str, set[str]] = {}
        for path in sorted(self.path.rglob("*")):
            found = found_in(path.name.encode())
            if path.suffix == ".pdf":
                found |= found_in(path.read_bytes())
                found |= found_in(objects_beside_the_content(path))
            elif path.is_file() and path.name not in allowed:
                found |= found_in(path.read_bytes())
            if found:
                leaks[str(path.relative_to(self.path))] = found
        return leaks


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "machine")


def test_the_looking_finds_what_is_there(tmp_path: Path) -> None:
    assert found_in(b"<< /Title (Quizzyla) >>") == {"quizzyla"}
    assert found_in("Kumquats".encode("utf-16-be")) == {"kumquats"}
    path = tmp_path / "a.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.pages[0].obj.Contents = pdf.make_stream(b"(oxbows)")
        pdf.Root.Held = pdf.make_stream(b"zugzwang " * 99)
        pdf.docinfo["/Subject"] = "Vexworth"
        pdf.save(path, compress_streams=True, recompress_flate=True)
    assert found_in(objects_beside_the_content(path)) == {"zugzwang", "vexworth"}


def test_a_sheet_by_options_leaves_nothing_behind(home: Home) -> None:
    home.sheet(*FLAGS, *DOSES, "--save", "kept.yaml")
    written = home.clinic.path / "out" / "sheet-1.pdf"
    sheet = read_sheet(written)
    assert sheet.says(*(CANARIES[key] for key in SHOWN))
    assert not sheet.says("Wyvern")
    assert found_in((home.clinic.path / "kept.yaml").read_bytes()) >= {"wyvern", "quizzyla"}
    assert home.leaks("kept.yaml") == {}
    for path in (written, home.clinic.path / "kept.yaml"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list((home.path / "TMPDIR").iterdir()) == []
    assert {path.name for path in home.clinic.path.rglob("*")} == {
        "content.yaml", "styles", "sample-logo.svg", "kept.yaml", "out", "sheet-1.pdf",
    }  # fmt: skip


def test_a_draft_is_for_its_owner_alone_and_gone_when_the_sheet_is_made(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    for key, value in home.env.items():
        monkeypatch.setenv(key, value)
    monkeypatch.setattr("handouts.cli.ask.typed_by_hand", lambda: True)
    answers = (CANARIES["patient"], "", "1", "", CANARIES["goal"], CANARIES["notes"], "", "", "")
    typed = "".join(f"{answer}\n" for answer in answers)
    left = home.clinic.run("sheet", "--ask", typed=f"{typed}n\n")
    assert left.code == 1, left.err
    ((draft, held),) = home.leaks().items()
    assert Path(draft).parent == Path("XDG_CACHE_HOME/handouts/drafts")
    assert held == found_in(" ".join(answers).encode())
    assert stat.S_IMODE((home.path / draft).stat().st_mode) == 0o600
    taken = home.clinic.run("sheet", "--ask", typed="y\ny\n")
    assert taken.code == 0, taken.err
    assert read_sheet(home.clinic.path / "out" / "sheet-1.pdf").says(CANARIES["goal"])
    assert home.leaks() == {}


def test_a_sheet_by_a_file_leaves_nothing_behind(home: Home) -> None:
    (home.clinic.path / "given.yaml").write_text(json.dumps(FILE))
    home.sheet("given.yaml")
    sheet = read_sheet(home.clinic.path / "out" / "sheet-1.pdf")
    assert sheet.says(NOTE, *(CANARIES[key] for key in SHOWN))
    assert home.leaks("given.yaml") == {}


WRONG = [
    ("--exercise", "open-bok"),
    ("--exercise", f"{LEVATOR}:side=up"),
    ("--exercise", OPEN_BOOK),
    ("--clinician", "nobody"),
    ("--programme", "nothing"),
    ("--leave-out", OPEN_BOOK),
    ("--weeks", "9"),
    ("--layout", "3"),
    ("--date", "tomorrow"),
    ("--strict",),
    ("--content", "nowhere.yaml"),
    ("--exercise", f"{OPEN_BOOK}:side=left,note={NOTE}, {NOTE}"),
    ("--next-visit", "Quizzyla \U00010330"),
    ("--goal", "Vexworth " * 5000),
    ("-o", "styles"),
    ("-o", "content.yaml/sheet.pdf"),
]


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong[-1][:24])
def test_no_refusal_repeats_what_is_the_patients_own(
    clinic_folder: ClinicFolder, wrong: tuple[str, ...]
) -> None:
    outcome = clinic_folder.run("sheet", *FLAGS, *DOSES, *wrong)
    assert outcome.code in {2, 3, 4, 5}
    assert found_in((outcome.out + outcome.err).encode()) == set(), outcome
    assert not (clinic_folder.path / "out").exists()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"patient": "Quizzyla Vexworth"', '"patient": ["Quizzyla", "Vexworth"]'),
        ('"patient": "Quizzyla Vexworth"', '"patient": {"first": "Quizzyla"}'),
        ('"Quizzyla Vexworth"', f'"{"Quizzyla " * 60}"'),
        ('"goal": "Juggle kumquats"', '"goal": ["Juggle", "kumquats"]'),
        ('"Beware zugzwang oxbows"', "Beware *zugzwang: oxbows"),
        ('"Beware zugzwang oxbows"', "*zugzwang"),
        ('"Beware zugzwang oxbows"', "!zugzwang oxbows"),
        ('"Beware zugzwang oxbows"', '"Beware zugzwang oxbows'),
        ('"Mind the flumphs"', '["Mind the flumphs"]'),
        ('"200 s"', '"20"'),
    ],
)
def test_no_refusal_of_a_file_repeats_what_is_the_patients_own(
    clinic_folder: ClinicFolder, old: str, new: str
) -> None:
    text = json.dumps(FILE)
    assert old in text
    (clinic_folder.path / "given.yaml").write_text(text.replace(old, new))
    outcome = refused_sheet(clinic_folder, "given.yaml")
    assert outcome.finding_with("given.yaml:1:")
    assert found_in(outcome.err.encode()) == set(), outcome.err


def test_initials_stand_for_the_name_everywhere(home: Home) -> None:
    home.sheet("--for", CANARIES["patient"], *DOSES[:2], "--initials", "--save", "kept.yaml")
    sheet = read_sheet(home.clinic.path / "out" / "sheet-1.pdf")
    assert sheet.says("For Q. V.")
    assert not found_in(sheet.letters.encode())
    assert "patient: Q. V." in (home.clinic.path / "kept.yaml").read_text()
    assert home.leaks() == {}


PICTURED = ("sheet", *ADA, "--exercise", RELEASE, "--preview")

# Encryption

PASSWORD = "correct horse 7"  # noqa: S105 - made up


def asked_for_a_password(clinic: ClinicFolder, typed: str, *args: str) -> tuple[int, str]:
    """Run with ``--encrypt``, typing what is asked for."""
    with contextlib.chdir(clinic.path):
        result = CliRunner().invoke(
            main, ["sheet", *args, "--encrypt"], input=typed, catch_exceptions=False
        )
    return result.exit_code, result.stdout + result.stderr


def test_an_encrypted_sheet_opens_with_its_password_alone(clinic_folder: ClinicFolder) -> None:
    code, said = asked_for_a_password(
        clinic_folder, f"{PASSWORD}\n{PASSWORD}\n", *FLAGS, *DOSES, "--save", "kept.yaml"
    )
    assert code == 0, said
    path = clinic_folder.path / "out" / "sheet-1.pdf"
    for output in (said.encode(), (clinic_folder.path / "kept.yaml").read_bytes()):
        assert PASSWORD.encode() not in output
    assert found_in(path.read_bytes()) == set()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    shown = tool("qpdf", f"--password={PASSWORD}", "--show-encryption", path)
    assert "R = 6" in shown
    assert len(re.findall(r"(?:stream|string|file) encryption method: AESv3", shown)) == 3
    tool("qpdf", f"--password={PASSWORD}", "--check", path)
    assert read_sheet(path, PASSWORD).says(CANARIES["patient"])
    assert found_in(objects_beside_the_content(path, PASSWORD)) == set()
    for wrong in ("", "correct horse 8"):
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(path, password=wrong)
    opened = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=False)
    assert opened.returncode != 0
    assert opened.stdout == b""


def test_a_password_that_is_short_or_typed_two_ways_is_asked_again(
    clinic_folder: ClinicFolder,
) -> None:
    short = PASSWORD[:14]
    typed = f"{short}\n{short[:7]}       {short[7]}\n{PASSWORD}\nanother\n{PASSWORD}\n{PASSWORD}\n"
    code, said = asked_for_a_password(clinic_folder, typed, *ADA, "--exercise", RELEASE)
    assert code == 0, said
    assert said.count("Password for the file") == 4
    assert said.count("A password needs 15 letters at least") == 2
    assert said.count("The two are not the same") == 1
    assert short not in said
    assert PASSWORD not in said
    sheet = read_sheet(clinic_folder.path / "out" / "sheet-1.pdf", PASSWORD)
    assert sheet.says("Ada Sample")


# Names of files


def test_a_sheet_takes_the_next_free_name_and_overwrites_nothing(
    clinic_folder: ClinicFolder,
) -> None:
    clinic_folder.out.mkdir()
    for number in (1, 3):
        (clinic_folder.out / f"sheet-{number}.pdf").write_bytes(b"mine")
    for number in (2, 4):
        outcome = clinic_folder.run("sheet", *ADA, "--exercise", RELEASE)
        assert outcome.out.startswith(str(Path("out") / f"sheet-{number}.pdf"))
    written = {path.name: path.read_bytes() for path in clinic_folder.out.iterdir()}
    assert set(written) == {f"sheet-{number}.pdf" for number in (1, 2, 3, 4)}
    assert written["sheet-1.pdf"] == written["sheet-3.pdf"] == b"mine"
    assert written["sheet-2.pdf"] == written["sheet-4.pdf"] != b"mine"


@pytest.mark.parametrize(
    ("paths", "said"),
    [
        (("-o", "saved.yaml"), "-o and --save name the same file"),
        (("-o", "content.yaml"), "-o would overwrite the clinic's content"),
        (("--save", "content.yaml"), "--save would overwrite the clinic's content"),
    ],
)
def test_no_file_is_written_over_another(
    clinic_folder: ClinicFolder, paths: tuple[str, str], said: str
) -> None:
    content = clinic_folder.text
    args = ("sheet", *ADA, "--exercise", RELEASE, "--save", "saved.yaml", *paths)
    outcome = clinic_folder.run(*args)
    assert outcome.code == 2
    assert said in outcome.err
    assert clinic_folder.text == content
    assert not (clinic_folder.path / "saved.yaml").exists()


def test_nothing_is_written_where_one_of_the_two_can_not_be(clinic_folder: ClinicFolder) -> None:
    args = (*ADA, "--exercise", RELEASE, "--save", "content.yaml/kept.yaml")
    outcome = clinic_folder.run("sheet", *args)
    assert outcome.code == 5
    assert not list(clinic_folder.path.rglob("*.pdf"))


def test_pictures_of_a_sheet_are_drawn_for_its_owner_alone(clinic_folder: ClinicFolder) -> None:
    outcome = clinic_folder.run(*PICTURED, "-o", "ada.pdf")
    assert outcome.code == 0, outcome.err
    with pikepdf.Pdf.open(clinic_folder.path / "ada.pdf") as pdf:
        pages = len(pdf.pages)
    pictures = sorted(clinic_folder.path.glob("ada-*.png"))
    assert [picture.name for picture in pictures] == [f"ada-{n + 1}.png" for n in range(pages)]
    for picture in pictures:
        assert stat.S_IMODE(picture.stat().st_mode) == 0o600
        assert f"{picture.name}  page " in outcome.out
        with Image.open(picture) as drawn:
            assert drawn.size == (935, 1210)  # Letter at 110 dots per inch
            assert len(drawn.getcolors(drawn.width * drawn.height) or ()) > 10


def test_a_sheet_without_a_name_has_its_pictures_beside_it(clinic_folder: ClinicFolder) -> None:
    for number in (1, 2):
        assert clinic_folder.run(*PICTURED).code == 0
        assert (clinic_folder.out / f"sheet-{number}-1.png").is_file()


def test_pictures_show_nothing_of_an_encrypted_sheet(clinic_folder: ClinicFolder) -> None:
    code, said = asked_for_a_password(clinic_folder, "", *PICTURED[1:])
    assert code == 2
    assert "take --preview out, or --encrypt" in said
    assert not clinic_folder.out.exists()

"""Each person's words are looked for in the run's finished file; what spoils them is caught."""

from __future__ import annotations

import re
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_once import made_once
from run_tools import EXERCISES, LOADED, print_run, sheet

from handouts.basics.choices import Profile
from handouts.basics.errors import LayoutError
from handouts.compose.composed import SheetUse
from handouts.mail_merge import book, faces, merge
from handouts.mail_merge.fill import PartFile
from handouts.mail_merge.font_objects import to_unicode
from handouts.mail_merge.own_file import OwnFile
from handouts.mail_merge.pdf_writer import compressed
from handouts.mail_merge.rows import RunRow
from handouts.pdf.look.shown_words import LineReader, glyph_words, shown_words
from handouts.pdf.sheets import forms

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import ClinicFolder

    from handouts.mail_merge.book import Book

OFFICE, PRESS = SheetUse(), SheetUse(profile=Profile.PRESS)
NAMES = ("Ada Sample", "Ben Sample", "Zoë Sample")
ASKED = [
    RunRow(f"r-{number}", sheet(name, exercises=EXERCISES[:1]))
    for number, name in enumerate(NAMES, 1)
]
LONG = RunRow("r-4", sheet("Dan Sample", notes="Rest. " * 60, exercises=EXERCISES[:1]))
"""Laid out alone, for its long note."""


pytestmark = pytest.mark.usefixtures("shared_cache")


def changed(part: PartFile, number: int, change: Callable[[bytes], bytes]) -> PartFile:
    """Give a part in which one of its streams is another."""
    streams = [bytes(stream) for stream in part.streams()]
    streams[number] = compressed(change(zlib.decompress(streams[number])))
    head = part.head | {"streams": [len(stream) for stream in streams]}
    return PartFile(head, memoryview(b"".join(streams)))


def second_front(part: PartFile) -> int:
    number: int = part.head["sheets"][1][1]
    return number


def swapped(part: PartFile) -> PartFile:
    first, second, *others = part.head["sheets"]
    return PartFile(part.head | {"sheets": [second, first, *others]}, part.data)


def line_cut(part: PartFile) -> PartFile:
    last_line = re.compile(rb"\[[^\]]*\]TJ(?!.*TJ)", re.DOTALL)
    return changed(part, second_front(part), lambda data: last_line.sub(b"", data))


def letter_cut(part: PartFile) -> PartFile:
    return changed(
        part, second_front(part), lambda data: re.sub(rb"[0-9a-f]{4}>", b">", data, count=1)
    )


def other_font(part: PartFile) -> PartFile:
    return changed(part, second_front(part), lambda data: data.replace(b"/S0.0", b"/S9.0"))


SPOILT_PARTS = {
    "rows swapped": swapped,
    "a line cut": line_cut,
    "a letter cut": letter_cut,
    "another font": other_font,
}


def refused(asked: list[RunRow], target: Path, use: SheetUse = OFFICE) -> str:
    """Give the message with which a run is refused; its target is as it was."""
    target.write_bytes(b"what was there before")
    with pytest.raises(LayoutError) as error:
        print_run(asked, target, loaded=LOADED, use=use)
    assert target.read_bytes() == b"what was there before"
    (finding,) = error.value.report.errors
    assert "Sample" not in str(finding), "no message names a patient"
    assert "does not show the words of its row" in finding.what
    return finding.what


def unspoilt(use: SheetUse) -> Path:
    """Give the run that nothing spoils; it must print."""
    folder = made_once(
        "unspoilt",
        lambda folder: print_run(ASKED, folder / "good.pdf", loaded=LOADED, use=use),
        str(use.profile),
    )
    return folder / "good.pdf"


@pytest.mark.parametrize("use", [OFFICE, PRESS], ids=["office", "press"])
@pytest.mark.parametrize("trouble", SPOILT_PARTS)
def test_a_spoilt_part_is_caught(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: str, use: SheetUse
) -> None:
    unspoilt(use)
    real = merge.read_part

    def spoilt(path: Path, digest: str | None = None) -> PartFile | None:
        part = real(path, digest)
        return part and SPOILT_PARTS[trouble](part)

    monkeypatch.setattr(merge, "read_part", spoilt)
    what = refused(ASKED, tmp_path / "run.pdf", use)
    assert ("r-1" if trouble == "rows swapped" else "r-2") in what


@pytest.mark.parametrize("use", [OFFICE, PRESS], ids=["office", "press"])
def test_a_wrong_table_of_glyphs_is_caught(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, use: SheetUse
) -> None:
    real = faces.to_unicode
    z = [ord("Z"), ord("z")]

    def wrong(table: list[tuple[int, str]]) -> bytes:
        return real([(g, "?" if len(w) == 1 and ord(w) in z else w) for g, w in table])

    monkeypatch.setattr(faces, "to_unicode", wrong)
    # The table is that of all words of its face, so that the first sheet shows it.
    assert "r-1 does not show the words of its row" in refused(ASKED, tmp_path / "run.pdf", use)


def test_another_persons_doses_are_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = [ASKED[0], RunRow("r-2", sheet("Ben Sample", exercises=EXERCISES[1:2]))]
    real = book.Book.add_sheet

    def on_first(self: Book, part: Any, number: int, streams: Any) -> int:
        return real(self, part, 0, streams)

    monkeypatch.setattr(book.Book, "add_sheet", on_first)
    assert "r-2" in refused(asked, tmp_path / "run.pdf")


def test_a_line_cut_from_a_sheet_laid_out_alone_is_caught(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = print_run([*ASKED, LONG], tmp_path / "good.pdf", loaded=LOADED)
    assert result.alone == 1
    real = book.plain_file

    def cut(pdf: bytes) -> Any:
        plain = real(pdf)
        first, *others = plain.pages
        content = re.sub(rb"\[[^\]]*\]\s*TJ", b"", first.content, count=1)
        return replace(plain, pages=(replace(first, content=content), *others))

    def alone_cut(self: Book, pdf: bytes) -> int:
        with monkeypatch.context() as patch:
            patch.setattr(book, "plain_file", cut)
            return add_alone(self, pdf)

    add_alone = book.Book.add_alone
    monkeypatch.setattr(book.Book, "add_alone", alone_cut)
    assert "r-4" in refused([*ASKED, LONG], tmp_path / "run.pdf")


def test_a_page_that_loses_its_own_words_on_a_larger_sheet_is_caught(
    clinic_folder: ClinicFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = "id,name,exercises\nr-1,Quizzyla Vexworth,suboccipital-release\n"
    (clinic_folder.path / "people.csv").write_text(people, encoding="utf-8")
    command = ("batch", "people.csv", "--impose", "2-up")
    assert clinic_folder.run(*command).code == 0
    before = {path: path.read_bytes() for path in clinic_folder.out.iterdir()}
    real = forms.Forms._drawn
    monkeypatch.setattr(
        forms.Forms, "_drawn", lambda self, shared, _own, page: real(self, shared, [], page)
    )
    outcome = clinic_folder.run(*command)
    assert outcome.code == 4
    assert "sheet No. r-1 does not show the words of its row" in outcome.err
    assert "Quizzyla" not in outcome.err
    assert {path: path.read_bytes() for path in clinic_folder.out.iterdir()} == before


def all_words(path: Path) -> list[str]:
    with OwnFile(path) as file:
        return [file.words(one, resources) for resources, ones in file.pages() for one in ones]


@pytest.mark.parametrize("end", [b"", b"cut"])
def test_a_file_that_is_not_whole_is_no_file(tmp_path: Path, end: bytes) -> None:
    bad = tmp_path / "bad.pdf"
    data = unspoilt(OFFICE).read_bytes()
    bad.write_bytes(data[:2000] + data[3000:] + end)
    with pytest.raises(ValueError, match=r"is at|not whole|is in no|not where"):
        all_words(bad)


@given(st.text(st.characters(codec="utf-8", categories=["L", "N", "P"]), max_size=20))
def test_words_come_back_from_their_glyphs(text: str) -> None:
    """As glyphs of a font's table, in hex and in brackets, and as words beside their glyphs."""
    table = to_unicode([(ord("A") + at, letter) for at, letter in enumerate(text)])
    codes = b"".join(b"%04x" % (ord("A") + at) for at in range(len(text)))
    packed = bytes.fromhex(codes.decode())
    escaped = re.sub(rb"[\\()]", rb"\\\g<0>", packed)
    actual = text.encode("utf-16-be").hex().encode()
    fonts = {b"F": glyph_words(table)}
    shown = shown_words(b"BT /F 9 Tf [<%b>]TJ ET" % codes, fonts)
    assert shown == shown_words(b"BT /F 9 Tf (%b) Tj ET" % escaped, fonts)
    kept = b"/Span<</ActualText<feff%b>>>BDC BT /F 9 Tf [<0001>]TJ ET EMC" % actual
    assert sorted(shown_words(kept, fonts)) == sorted(shown)


@pytest.mark.parametrize(
    "line",
    [
        b"/S0.0 9 Tf [<00410042>-15<0043>]TJ ET",
        b"/S0.0 9 Tf [<0041>]TJ /S1.0 9 Tf [<0041>]TJ ET",
        b"/S9.0 9 Tf [<0041>]TJ ET",
        b"/Span<</ActualText<feff05d3>>>BDC /S0.0 9 Tf [<0041>]TJ /S1.0 9 Tf [<0042>]TJ  EMC ET",
        b"/S0.0 9 Tf [<0041>]TJ /Span<</ActualText<feff0009>>>BDC 1 Ts [9<0042>]TJ 0 Ts EMC ET",
    ],
    ids=["moved", "two fonts", "an unknown font", "words kept", "a letter kept"],
)
def test_a_line_that_is_read_at_once_shows_what_its_glyphs_show(line: bytes) -> None:
    fonts = {b"S0.0": {0x41: "a", 0x42: "b", 0x43: "c"}, b"S1.0": {0x41: "ב", 0x42: "ג"}}
    content = b"BT 1 0 0 -1 86.0336 -115.7 Tm " + line.replace(b" ET", b" 1 0 0 -1 2 3 Tm ") + line
    reader = LineReader(fonts)
    assert reader.letters(content) == reader.letters(content) == shown_words(content, fonts)

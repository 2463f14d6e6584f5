"""The record that a clinician stands for the danger signs after needling: in content.yaml."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.basics.errors import ContentError
from handouts.basics.findings import Report
from handouts.deliver.folder import write_files
from handouts.jobs.sign import wrong_signature
from handouts.load.content import load_content
from handouts.load.yaml_insert import reads_as, with_entry, without_entry
from handouts.models.testimonials import fingerprint

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from handouts.load.content import LoadedContent
    from handouts.models.content import AfterNeedling

_BOX = ("stop_and_call", "after_needling")


def words_of_danger_signs(content: Path) -> str:
    """Give all that is signed for.

    Raises:
        ContentError: the content can't be read, or has no such signs.

    """
    return _signs(load_content(content)).words


def sign_danger_signs(content: Path, by: str, on: date) -> None:
    """Record who stands for them; comments and everything else in the file stay as they are.

    Raises:
        ContentError: the content can't be read, has no such signs or clinician, or the day is to
            come; the file is untouched.
        MachineError: the file can't be written.

    """
    loaded = load_content(content)
    signs = _signs(loaded)
    if wrong := tuple(wrong_signature(loaded, by, on)):
        raise ContentError(Report(wrong))
    written = loaded.written
    record = {"by": by, "signed_on": str(on), "fingerprint": fingerprint(signs.words)}
    text = content.read_bytes().decode("utf-8-sig")
    if (old := written.keys.get((*_BOX, "signed"))) is not None:
        text = without_entry(text, old.line, old.column)
    changed = (with_entry(text, _BOX, "signed", record) or "").encode()
    above, key = _BOX
    box = {**written.value[above][key], "signed": record}
    expected = {**written.value, above: {**written.value[above], key: box}}
    if not reads_as(changed, written.file, expected):
        raise ContentError.because(
            "the record can't be written into the file as it is laid out",
            why="something else would change",
            mend="write after_needling: as the sample does, its keys below one another",
            place=loaded.place(_BOX, key=True),
        )
    write_files({content: changed})


def _signs(loaded: LoadedContent) -> AfterNeedling:
    signs = loaded.content.stop_and_call.after_needling
    if signs is None:
        raise ContentError.because(
            "there are no danger signs after needling to sign for",
            mend="write them as after_needling: below stop_and_call",
            place=loaded.place(("stop_and_call",), key=True),
        )
    return signs

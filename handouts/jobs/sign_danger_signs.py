"""The record that a clinician stands for the danger signs after needling: in content.yaml."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.basics.clock import today
from handouts.basics.errors import ContentError
from handouts.deliver.folder import write_files
from handouts.load.content import load_content
from handouts.load.explain import did_you_mean
from handouts.load.yaml_insert import with_entry, without_entry
from handouts.load.yaml_source import read_yaml_text
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
    known = loaded.content.clinic.clinicians
    if by not in known:
        place = loaded.place(("clinic", "clinicians"), key=True)
        what = f'there is no clinician called "{by}"'
        raise ContentError.because(what, mend=did_you_mean(by, known), place=place)
    if on > today():
        why = "words are read before they are signed for"
        what = f"{on} is in the future"
        raise ContentError.because(what, why=why, mend="give the day of today")
    written = loaded.written
    record = {"by": by, "signed_on": str(on), "fingerprint": fingerprint(signs.words)}
    text = content.read_bytes().decode("utf-8-sig")
    if (old := written.keys.get((*_BOX, "signed"))) is not None:
        text = without_entry(text, old.line, old.column)
    changed = (with_entry(text, _BOX, "signed", record) or "").encode()
    above, key = _BOX
    box = {**written.value[above][key], "signed": record}
    expected = {**written.value, above: {**written.value[above], key: box}}
    try:
        read = read_yaml_text(changed, written.file)
    except ContentError:
        read = None
    if read is None or read.value != expected or read.findings:
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

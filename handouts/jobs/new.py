"""A clinic's own folder, made from the shipped sample."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.basics.assets import shipped
from handouts.basics.errors import ContentError
from handouts.basics.findings import Place
from handouts.deliver.folder import write_files
from handouts.load.schema import schema_text

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA_FILE = "content.schema.json"

_CLINIC_STYLE = """\
/* Your own rules: they are read after the shipped ones, so they win. For example:

body.explainer { font-size: 13pt; }
*/
"""

_TEMPLATES_README = """\
Put your own templates here. A file of the same name wins over the shipped one:
copy it from {shipped} and change the copy.
The cover and the maps are drawings/NAME.svg there and here: open the copy in Inkscape.
A new template is two files, NAME.html and NAME.yaml; then write `template: NAME` below
handouts: in content.yaml.
"""


def new_folder(folder: Path) -> tuple[Path, ...]:
    """Make the folder and give the files in it.

    Raises:
        ContentError: it already holds one of the files; nothing is changed.
        MachineError: it can't be written.

    """
    source = shipped()
    _, _, rest = (source / "content.yaml").read_text(encoding="utf-8").partition("\n")
    first_line = f"# yaml-language-server: $schema={SCHEMA_FILE}\n"
    files = {
        folder: {
            "content.yaml": (first_line + rest).encode(),
            SCHEMA_FILE: schema_text().encode(),
        },
        folder / "styles": {
            "clinic.css": _CLINIC_STYLE.encode(),
            "sample-logo.svg": (source / "styles" / "sample-logo.svg").read_bytes(),
        },
        folder / "templates": {
            "README.txt": _TEMPLATES_README.format(shipped=source / "templates").encode(),
        },
    }
    there = [name for place, names in files.items() for name in names if (place / name).exists()]
    if there:
        raise ContentError.because(
            f"{', '.join(there)} {'is' if len(there) == 1 else 'are'} already there",
            why="your work would be lost",
            mend="choose another folder",
            place=Place(file=str(folder)),
        )
    placed = {place / name: data for place, own in files.items() for name, data in own.items()}
    write_files(placed)
    return tuple(placed)

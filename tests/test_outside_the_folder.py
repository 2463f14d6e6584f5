"""Files of a clinic's folder that lead out of it, or are no files: none is read or repeated."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT, ClinicFolder, run

from handouts.basics.inside import NoFileError, NotInsideError, plain_file, read_inside

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SECRET = "root:x:0:0:the-secret-line"  # noqa: S105 - a line of a file
LOGO = "styles/sample-logo.svg"

# What may stand in a clinic's folder: which file it is, and how the content comes to name it.
FILES: dict[str, Callable[[ClinicFolder], str]] = {}


def file_of_a_clinic(make: Callable[[ClinicFolder], str]) -> Callable[[ClinicFolder], str]:
    FILES[make.__name__.replace("_", " ")] = make
    return make


@file_of_a_clinic
def a_template(_: ClinicFolder) -> str:
    return "templates/brochure.html"


@file_of_a_clinic
def a_template_that_others_import(_: ClinicFolder) -> str:
    return "templates/parts.html"


@file_of_a_clinic
def a_manifest(_: ClinicFolder) -> str:
    return "templates/brochure.yaml"


@file_of_a_clinic
def a_stylesheet(_: ClinicFolder) -> str:
    return "styles/brochure.css"


@file_of_a_clinic
def the_clinics_own_style(_: ClinicFolder) -> str:
    return "styles/clinic.css"


@file_of_a_clinic
def a_picture(_: ClinicFolder) -> str:
    return LOGO


@file_of_a_clinic
def a_profile(clinic: ClinicFolder) -> str:
    clinic.edit("  jurisdiction:", "  press_condition: styles/ours.icc\n  jurisdiction:")
    return "styles/ours.icc"


def put(clinic: ClinicFolder, name: str) -> Path:
    path = clinic.path / name
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    return path


def whole(name: str) -> Path:
    """Give a file that would do, if it lay in the clinic's folder."""
    shipped = "styles/FOGRA39L_coated.icc" if name.endswith(".icc") else name
    return ROOT / shipped if (ROOT / shipped).exists() else ROOT / "styles" / "brochure.css"


def told(clinic: ClinicFolder, name: str, *, alone: bool = False) -> str:
    """Give what ``check`` says of a file; ``alone`` in a process that can be ended."""
    outcome = run("check", "--quick", cwd=clinic.path) if alone else clinic.run("check", "--quick")
    assert outcome.code == 3, outcome
    assert "the-secret-line" not in outcome.err + outcome.out
    findings = {line for line in outcome.findings if "error:" in line}
    assert all(name in finding for finding in findings), findings
    return " ".join(findings)


@pytest.mark.parametrize("kind", FILES)
def test_a_link_out_of_the_folder_is_refused(clinic_folder: ClinicFolder, kind: str) -> None:
    name = FILES[kind](clinic_folder)
    secret = clinic_folder.path.parent / "secret"
    secret.write_text(SECRET, encoding="utf-8")
    put(clinic_folder, name).symlink_to(secret)
    assert "leads out of the folder of content.yaml" in told(clinic_folder, name)


@pytest.mark.parametrize("kind", FILES)
def test_a_link_out_is_refused_whatever_it_leads_to(clinic_folder: ClinicFolder, kind: str) -> None:
    name = FILES[kind](clinic_folder)
    put(clinic_folder, name).symlink_to(whole(name))
    assert "leads out of the folder of content.yaml" in told(clinic_folder, name)


@pytest.mark.parametrize("kind", FILES)
def test_a_link_within_the_folder_is_fine(clinic_folder: ClinicFolder, kind: str) -> None:
    name = FILES[kind](clinic_folder)
    ours = clinic_folder.path / "mine" / f"it{os.path.splitext(name)[1]}"  # noqa: PTH122 - of a text
    ours.parent.mkdir()
    shutil.copy(whole(name), ours)
    put(clinic_folder, name).symlink_to(os.path.relpath(ours, (clinic_folder.path / name).parent))
    clinic_folder.check()


@pytest.mark.parametrize("kind", FILES)
def test_a_pipe_is_not_waited_for(clinic_folder: ClinicFolder, kind: str) -> None:
    name = FILES[kind](clinic_folder)
    os.mkfifo(put(clinic_folder, name))
    assert "is no plain file" in told(clinic_folder, name, alone=True)


@pytest.mark.parametrize("kind", FILES)
def test_a_link_to_a_device_or_to_itself_is_refused(clinic_folder: ClinicFolder, kind: str) -> None:
    name = FILES[kind](clinic_folder)
    path = put(clinic_folder, name)
    path.symlink_to("/dev/zero")
    assert "leads out of the folder" in told(clinic_folder, name)
    path.unlink()
    path.symlink_to(path.name)
    assert "links lead round in a circle" in told(clinic_folder, name)


def test_a_folder_of_templates_elsewhere_is_not_read(clinic_folder: ClinicFolder) -> None:
    elsewhere = clinic_folder.path.parent / "elsewhere"
    shutil.copytree(ROOT / "templates", elsewhere)
    (elsewhere / "brochure.html").write_text(SECRET, encoding="utf-8")
    (elsewhere / "the-secret-line.yaml").write_text(SECRET, encoding="utf-8")
    (clinic_folder.path / "templates").symlink_to(elsewhere)
    assert "leads out of the folder" in told(clinic_folder, "templates/")
    clinic_folder.edit("    template: brochure\n", "    template: the-secret-lin\n")
    assert 'there is no template "the-secret-lin"' in clinic_folder.run("check", "--quick").err


@pytest.mark.parametrize(
    ("how", "written"),
    [
        ("style", ".clinic-name { background: url(SECRET) }"),
        ("style", "@import url(SECRET);"),
        ("template", '<img src="SECRET" alt="x">'),
        ("template", '<object data="SECRET">x</object>'),
        ("template", '<link rel="stylesheet" href="SECRET">'),
        ("template", '<a rel="attachment" href="SECRET">x</a>'),
    ],
)
@pytest.mark.parametrize("place", ["outside", "link", "up"])
def test_a_page_reads_nothing_outside(
    clinic_folder: ClinicFolder, how: str, written: str, place: str
) -> None:
    secret = clinic_folder.path.parent / "secret.svg"
    logo = (ROOT / LOGO).read_text(encoding="utf-8")
    secret.write_text(logo.replace("</svg>", f"<!-- {SECRET} --></svg>"), encoding="utf-8")
    link = clinic_folder.path / "styles" / "link.svg"
    link.symlink_to(secret)
    address = {"outside": secret.as_uri(), "link": "styles/link.svg", "up": "../secret.svg"}[place]
    written = written.replace("SECRET", address)
    if how == "style":
        (clinic_folder.path / "styles" / "clinic.css").write_text(written, encoding="utf-8")
    else:
        (clinic_folder.path / "templates").mkdir()
        clinic_folder.edit("      - nerves\n", "")  # room for a line more
        shipped = (ROOT / "templates" / "explainer.html").read_text(encoding="utf-8")
        begin = "{{ parts.masthead(view) }}"
        (clinic_folder.path / "templates" / "explainer.html").write_text(
            shipped.replace(begin, begin + written), encoding="utf-8"
        )
    outcome = clinic_folder.run("build", "explainer")
    if outcome.code == 0:  # what the engine does not know, it does not read
        assert SECRET.encode() not in (clinic_folder.out / "explainer.pdf").read_bytes()
        assert "attachment" not in written
        assert "background" not in written
    else:
        assert outcome.code == 4
        assert "lies outside the content folder" in outcome.err
    assert "the-secret-line" not in outcome.err


def test_a_plans_files_lie_beside_it(clinic_folder: ClinicFolder) -> None:
    secret = clinic_folder.path.parent / "secret"
    secret.write_text(SECRET, encoding="utf-8")
    (clinic_folder.path / "link").symlink_to(secret)
    os.mkfifo(clinic_folder.path / "pipe")
    for plan, why in (
        ("title: Fair\nparts:\n- {roster: link}\n", "leads out of the folder of the plan"),
        ("title: Fair\nparts:\n- {roster: pipe}\n", "is no plain file"),
        ("title: Fair\ncontent: link\nparts:\n- {piece: brochure}\n", "leads out of the folder"),
        ("title: Fair\ncontent: pipe\nparts:\n- {piece: brochure}\n", "is no plain file"),
        ("title: Fair\noutput: link\nparts:\n- {piece: brochure}\n", "leads out of the folder"),
    ):
        (clinic_folder.path / "run.yaml").write_text(plan, encoding="utf-8")
        outcome = run("batch", "run.yaml", cwd=clinic_folder.path)
        assert outcome.code == 3
        assert outcome.finding_with("run.yaml:", why), outcome.err
        assert "the-secret-line" not in outcome.err
    assert secret.read_text(encoding="utf-8") == SECRET


@pytest.mark.parametrize(
    "written",
    ["../x", "/etc/passwd", "a/../../x", "link", "link-to-link", "folder-link/passwd", "~/x/../.."],
)
def test_no_written_path_leads_out(tmp_path: Path, written: str) -> None:
    folder = tmp_path / "clinic"
    (folder / "a").mkdir(parents=True)
    (tmp_path / "x").write_text(SECRET, encoding="utf-8")
    (folder / "link").symlink_to("../x")
    (folder / "link-to-link").symlink_to("link")
    (folder / "folder-link").symlink_to("/etc")
    with pytest.raises((NotInsideError, NoFileError)) as caught:
        plain_file(folder, written)
    assert "the-secret-line" not in str(caught.value)


@pytest.mark.parametrize("written", ["", ".", "nothing", "a\0b", "x" * 300, "x/" * 3000, "file/x"])
def test_a_path_to_nothing_is_told(tmp_path: Path, written: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NoFileError):
        plain_file(tmp_path, written)


def test_a_file_that_became_a_link_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(SECRET, encoding="utf-8")
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    path = plain_file(tmp_path, "file")
    assert read_inside(path, 4) == b"mine"
    with pytest.raises(NotInsideError, match="has more than"):
        read_inside(path, 3)
    path.unlink()
    path.symlink_to("secret")
    with pytest.raises(NotInsideError, match="no plain file"):
        read_inside(path, 100)
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(NotInsideError, match="no plain file"):
        read_inside(path, 100)

"""How commands end where the machine fails them, or somebody stops them: one true sentence."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest
from conftest import FINDING, MOST_S, ROOT, files_below

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conftest import ClinicFolder

HANDOUTS = f"{shlex.quote(sys.executable)} -m handouts"
SHEET = "sheet --for Ada --exercise open-book:side=each -o s.pdf"
SPEAKS = ("check --quick", "list", "schema", "doctor", "new fresh", "roster template r.csv",
          "--help", "--version", "sheet --help", "list --json", "check --quick --json")  # fmt: skip
"""Commands that write to standard output, and take no time."""
EVERY = (*SPEAKS[:6], "roster check people.csv", "batch people.csv -o b.pdf", "build explainer",
         "preview explainer", SHEET, "sheet --ask", "preflight x.pdf --profile office",
         "impose x.pdf --scheme 2-up --paper a3 -o y.pdf")  # fmt: skip


def as_users_have_it(**more: str) -> dict[str, str]:
    """Give the environment of a command whose output Python keeps until it is flushed."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    return {**kept, "PYTHONPATH": str(ROOT), **more}


def shell(
    script: str, cwd: Path, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a line of shell; no traceback may be seen."""
    result = subprocess.run(
        ["bash", "-c", script],
        cwd=cwd,
        env=as_users_have_it(**(env or {})),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=MOST_S,
        check=False,
    )
    assert "Traceback" not in result.stderr, result.stderr
    assert "Exception ignored" not in result.stderr, result.stderr
    return result


def the_error(err: str) -> str:
    """Give the only error."""
    (found,) = [line for line in err.splitlines() if (m := FINDING.match(line)) and m[1] == "error"]
    return found


# -- standard output, standard error, standard input -----------------------------------------


@pytest.mark.parametrize("command", [*SPEAKS, SHEET])
def test_a_full_disk_behind_standard_output(plain_clinic: ClinicFolder, command: str) -> None:
    result = shell(f"{HANDOUTS} {command} > /dev/full", plain_clinic.path)
    assert result.returncode == 5
    assert "No space left on device" in the_error(result.stderr)


@pytest.mark.parametrize("command", SPEAKS)
def test_a_closed_standard_output(plain_clinic: ClinicFolder, command: str) -> None:
    result = shell(f"{HANDOUTS} {command} >&-", plain_clinic.path)
    assert result.returncode == 5
    assert "can't be written to standard output (it is closed)" in the_error(result.stderr)


@pytest.mark.parametrize("command", SPEAKS)
def test_a_reader_who_has_gone_is_no_fault(plain_clinic: ClinicFolder, command: str) -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    result = subprocess.run(
        [sys.executable, "-m", "handouts", *command.split()],
        cwd=plain_clinic.path,
        env=as_users_have_it(),
        stdout=theirs,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        check=False,
    )
    os.close(theirs)
    assert result.returncode == 141
    assert [line for line in result.stderr.splitlines() if "warning: " not in line] == []


def test_the_first_line_alone(plain_clinic: ClinicFolder) -> None:
    result = shell(f"{HANDOUTS} list | head -1", plain_clinic.path)
    assert (result.stdout, result.stderr) == ("Pieces\n", "")


@pytest.mark.parametrize("where", ["2>&-", "2>/dev/full"])
def test_without_standard_error_the_code_still_tells(
    plain_clinic: ClinicFolder, where: str
) -> None:
    well = shell(f"{HANDOUTS} check {where}", plain_clinic.path)
    assert (well.returncode, well.stderr) == (0, "")
    assert "no errors" in well.stdout
    assert shell(f"{HANDOUTS} check --strict {where}", plain_clinic.path).returncode == 3
    assert shell(f"{HANDOUTS} check --contnt {where}", plain_clinic.path).returncode == 2
    assert shell(f"{HANDOUTS} {SHEET} {where}", plain_clinic.path).returncode == 0
    assert (plain_clinic.path / "s.pdf").read_bytes().startswith(b"%PDF")


def test_a_closed_stream_is_never_a_file_of_ours(plain_clinic: ClinicFolder) -> None:
    """What a library tells standard error must not be written into a sheet."""
    result = shell(f"{HANDOUTS} {SHEET} -q <&- >&- 2>&-", plain_clinic.path)
    assert result.returncode == 0
    assert (plain_clinic.path / "s.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("where", ["<&-", "</dev/null", "2>&-"])
def test_questions_that_nobody_can_answer(plain_clinic: ClinicFolder, where: str) -> None:
    before = files_below(plain_clinic.path)
    for command in ("sheet --ask", "sheet --encrypt --for Ada --programme all-four"):
        if "encrypt" in command and where == "2>&-":
            continue
        result = shell(f"setsid -w {HANDOUTS} {command} {where}", plain_clinic.path)
        assert result.returncode == 5
        if where != "2>&-":
            assert "a question got no answer, so nothing was written" in the_error(result.stderr)
    assert files_below(plain_clinic.path) == before


# -- the folder, names that are no text, few files -------------------------------------------


@pytest.mark.parametrize("command", EVERY)
def test_a_working_folder_that_is_gone(tmp_path: Path, command: str) -> None:
    result = shell(f"mkdir gone; cd gone; rmdir ../gone; {HANDOUTS} {command}", tmp_path)
    assert result.returncode == 5
    assert "the folder in which this command was given can't be found" in the_error(result.stderr)


LATIN = "$'caf\\xe9'"


@pytest.mark.parametrize(
    "command",
    [
        f"check --content {LATIN}/content.yaml",
        f"list --content {LATIN}/content.yaml",
        f"build --content {LATIN}/content.yaml",
        f"build explainer --out {LATIN}",
        f"preview explainer --out {LATIN}",
        f"new {LATIN}",
        f"{SHEET}{LATIN}",
        f"sheet {LATIN}.yaml",
        f"{SHEET} --save {LATIN}.yaml",
        f"roster check {LATIN}.csv",
        f"roster check r.csv --failed {LATIN}.csv",
        f"roster template {LATIN}.csv",
        f"batch {LATIN}.csv",
        f"batch r.csv -o {LATIN}.pdf",
        f"batch r.csv --each {LATIN}",
        f"preflight {LATIN}.pdf --profile office",
        f"impose {LATIN}.pdf --scheme 2-up --paper a3 -o x.pdf",
        f"impose x.pdf --scheme 2-up --paper a3 -o {LATIN}.pdf",
    ],
)
def test_a_path_that_is_no_text_is_shown_escaped(plain_clinic: ClinicFolder, command: str) -> None:
    before = files_below(plain_clinic.path)
    result = shell(f"{HANDOUTS} {command}", plain_clinic.path)
    assert result.returncode == 5
    said = the_error(result.stderr)
    assert r"caf\xe9" in said
    assert "is no UTF-8" in said
    assert files_below(plain_clinic.path) == before


@pytest.mark.parametrize("command", ["build explainer", "check --quick", SHEET])
def test_a_working_folder_whose_name_is_no_text(plain_clinic: ClinicFolder, command: str) -> None:
    script = f"mkdir {LATIN}; cd {LATIN}; cp -r ../content.yaml ../styles .; {HANDOUTS} {command}"
    result = shell(script, plain_clinic.path)
    assert result.returncode == 5
    assert r"caf\xe9" in the_error(result.stderr)


def test_a_name_in_bytes_is_refused_without_a_byte_of_it(plain_clinic: ClinicFolder) -> None:
    result = shell(f"{HANDOUTS} sheet --for $'Ren\\xe9' --programme all-four", plain_clinic.path)
    assert result.returncode == 3
    assert "bytes that are no letter in UTF-8" in the_error(result.stderr)
    assert "Ren" not in result.stderr


def test_the_plainest_locale_prints_every_letter(plain_clinic: ClinicFolder) -> None:
    env = {"LC_ALL": "C", "LANG": "C"}
    command = "sheet --for 'Zoë Sämple' --exercise open-book:side=each -o s.pdf -q"
    assert shell(f"{HANDOUTS} {command}", plain_clinic.path, env).returncode == 0
    words = subprocess.run(
        ["pdftotext", "s.pdf", "-"],
        cwd=plain_clinic.path,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert "Zoë Sämple" in words.stdout


@pytest.mark.parametrize("files", [8, 10, 12])
@pytest.mark.parametrize("command", ["check --quick", "list", "build", SHEET, "batch people.csv"])
def test_few_open_files(plain_clinic: ClinicFolder, command: str, files: int) -> None:
    people = "name,exercises,side\nAda,open-book,each\nBen,open-book,each\n"
    (plain_clinic.path / "people.csv").write_text(people)
    result = shell(f"ulimit -n {files}; {HANDOUTS} {command}", plain_clinic.path)
    if result.returncode != 0:  # some need few files only
        assert result.returncode == 5, result.stderr
        assert "no more files can be opened" in the_error(result.stderr)


def test_a_sheet_needs_more_than_twelve_files(plain_clinic: ClinicFolder) -> None:
    cold = f"XDG_CACHE_HOME={plain_clinic.path}/cold"  # with a kept layout it needs fewer
    result = shell(f"ulimit -n 12; {cold} {HANDOUTS} {SHEET}", plain_clinic.path)
    assert result.returncode == 5
    assert "ulimit -n 1024" in the_error(result.stderr)
    assert not (plain_clinic.path / "s.pdf").exists()


# -- Ctrl-C ----------------------------------------------------------------------------------

PRESSED = """
import os, signal, sys
from handouts.cli import main
left, own = int(sys.argv.pop(1)), os.getpid()
def count(event, _):
    global left
    if event in {"import", "open"} and os.getpid() == own:
        left -= 1
        if left == 0:
            os.kill(own, signal.SIGINT)
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.addaudithook(count)
main(prog_name="handouts")
"""
"""Presses Ctrl-C when so many modules and files were opened: the same moment in each run."""


@pytest.mark.parametrize("at", [1, 12, 150, 700])
@pytest.mark.parametrize("command", EVERY)
def test_ctrl_c_at_any_moment_is_130_and_one_sentence(
    plain_clinic: ClinicFolder, command: str, at: int
) -> None:
    folder = plain_clinic.path
    (folder / "people.csv").write_text("name,exercises,side\nAda,open-book,each\n")
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(396, 612))
        pdf.save(folder / "x.pdf")
    result = subprocess.run(
        [sys.executable, "-c", PRESSED, str(at), *command.split()],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if at > 150 and result.returncode in {0, 4, 5}:
        return  # it had ended before; 4 is preflight's, 5 the question that nobody answers
    assert result.returncode in {130, -signal.SIGINT}, result  # a shell calls both 130
    said = [line for line in result.stderr.splitlines() if "warning: " not in line]
    assert len([line for line in said if line.startswith("Stopped; ")]) == 1, result.stderr
    assert "Aborted" not in result.stderr
    assert "Traceback" not in result.stderr
    for path in folder.rglob("*.pdf"):
        assert path.read_bytes().rstrip().endswith(b"%%EOF"), path


def test_ctrl_c_that_is_ignored_stays_ignored(plain_clinic: ClinicFolder) -> None:
    """As for a job in the background of a script."""
    result = shell(f"trap '' INT; {HANDOUTS} check & kill -INT $!; wait $!", plain_clinic.path)
    assert result.returncode == 0
    assert "no errors" in result.stdout


def test_no_at_the_end_is_told_apart(plain_clinic: ClinicFolder) -> None:
    outcome = plain_clinic.run("sheet", "--ask", typed="Ada\n\n4\ne\n" + "\n" * 6 + "n\n")
    assert outcome.code == 1
    assert outcome.err.endswith("Nothing is written.\n")


def test_the_readme_names_every_code() -> None:
    readme = Path(ROOT / "README.md").read_text(encoding="utf-8")
    for code in (0, 1, 2, 3, 4, 5, 6, 130, 141):
        assert f"\n| {code} | " in readme


DROPS_THE_SIGNAL = """
import os, signal, sys
from handouts.basics.errors import ContentError
from handouts.load import content
def half_read(*_, **__):
    try:
        os.kill(os.getpid(), signal.SIGTERM)
    except BaseException:  # as libraries do that are written in C
        pass
    raise ContentError.because("there is no such thing")
content.load_content = half_read
sys.argv = ["handouts", "check"]
from handouts.cli import main
main()
"""


def test_a_signal_that_a_library_dropped_still_ends_the_command(
    plain_clinic: ClinicFolder,
) -> None:
    result = shell(
        f"{shlex.quote(sys.executable)} -c {shlex.quote(DROPS_THE_SIGNAL)}", plain_clinic.path
    )
    assert result.returncode == 143
    assert result.stderr == "Stopped; no file is left half written.\n"


WHILE_IMPORTING = """
import _imp, os, signal, sys, time
from handouts.load import content
real = _imp.create_dynamic
def told_half_way(spec, *given):
    if spec.name == "pikepdf._core":
        os.kill(os.getpid(), signal.SIGTERM)
        for _ in range(1000):
            pass
        open("imported", "w").close()
    return real(spec, *given)
def read(*_, **__):
    assert "pikepdf" not in sys.modules
    import pikepdf
    time.sleep(20)
_imp.create_dynamic = told_half_way
content.load_content = read
sys.argv = ["handouts", "check"]
from handouts.cli import main
main()
"""


def test_a_signal_waits_for_the_end_of_an_import(plain_clinic: ClinicFolder) -> None:
    """A library that is written in C++ may end the process for an exception in its import."""
    result = shell(
        f"{shlex.quote(sys.executable)} -c {shlex.quote(WHILE_IMPORTING)}", plain_clinic.path
    )
    assert result.returncode == 143
    assert result.stderr == "Stopped; no file is left half written.\n"
    assert (plain_clinic.path / "imported").exists()


DROPS_IT_AND_GOES_ON = """
import os, signal, sys, time
from handouts.load import content
def read(*_, **__):
    try:
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(1)
    except BaseException:
        pass
    time.sleep(20)
content.load_content = read
sys.argv = ["handouts", "check"]
from handouts.cli import main
main()
"""


HALF_MADE = """
import os, signal, sys, time
from handouts.load import content
class HalfMade:
    def __del__(self):
        raise AttributeError("what was never reached")
def read(*_, **__):
    half = HalfMade()
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(20)
content.load_content = read
sys.argv = ["handouts", "check"]
from handouts.cli import main
main()
"""


@pytest.mark.parametrize("program", [DROPS_IT_AND_GOES_ON, HALF_MADE], ids=["dropped", "half made"])
def test_a_signal_is_heard_and_what_it_leaves_half_made_goes_without_a_word(
    plain_clinic: ClinicFolder, program: str
) -> None:
    result = shell(f"{shlex.quote(sys.executable)} -c {shlex.quote(program)}", plain_clinic.path)
    assert result.returncode == 143
    assert result.stderr == "Stopped; no file is left half written.\n"


IN_A_DESTRUCTOR = """
import os, signal, sys
from handouts.load import content
class Closing:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGTERM)
        for _ in range(1000):
            pass
real = content.load_content
def read(*given, **more):
    Closing()
    return real(*given, **more)
content.load_content = read
sys.argv = ["handouts", "list"]
from handouts.cli import main
main()
"""


def test_a_signal_while_something_is_tidied_up_says_nothing_of_itself(
    plain_clinic: ClinicFolder,
) -> None:
    result = shell(
        f"{shlex.quote(sys.executable)} -c {shlex.quote(IN_A_DESTRUCTOR)}", plain_clinic.path
    )
    assert result.returncode in {0, 143}
    assert "ToldToEndError" not in result.stderr

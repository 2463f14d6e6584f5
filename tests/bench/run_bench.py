"""The figures of print runs against four peers that draw the same sheet, as one table.

Each thing is measured in a process of its own, all of them in one run. Run it where nothing
else runs. ``--quick`` is a trial with few rows and without peers, which judges nothing;
``--write docs/figures.md`` puts the tables between that page's two markers.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
from given import give
from rows import roster, rows

from handouts.basics.workers import Workers, cores
from handouts.compose.composed import SheetUse
from handouts.load.content import load_content
from handouts.mail_merge.merge import print_run
from handouts.pipeline.on_all_cores import get_ready
from handouts.pipeline.sheet import lay_out_sheet
from handouts.render.fonts import use_shipped_fonts_only

ROOT = Path(__file__).resolve().parents[2]
PEERS = Path(__file__).with_name("peers")
MARKERS = ("<!-- bench: begin -->", "<!-- bench: end -->")

Measured = dict[str, float]


@dataclass(frozen=True, slots=True)
class Peer:
    """A peer: how it is run, on how many rows, and where it falls short."""

    name: str
    package: str
    script: str
    few: int
    many: int
    wanted: float
    """How many times as fast we want to be."""
    lacks: str
    argument: str = ""


PEERS_MEASURED = (
    Peer(
        "WeasyPrint in a loop",
        "weasyprint",
        "weasyprint_peer.py",
        2,
        8,
        1000,
        "nothing: the same HTML and styles, read once; each sheet is a file of its own",
    ),
    Peer(
        "Typst, one document",
        "typst",
        "typst_peer.py",
        50,
        300,
        30,
        "nothing seen; line breaks and gaps differ by a few points",
    ),
    Peer(
        "ReportLab platypus",
        "reportlab",
        "reportlab_peer.py",
        30,
        150,
        60,
        "Chinese letters are not embedded; a word is of one font; lines of two directions are "
        "not put in order (drawings are written once and shared)",
    ),
    Peer(
        "fullbleed, reflow, its quick way",
        "fullbleed",
        "fullbleed_peer.py",
        1000,
        10_000,
        1,
        "**loses Arabic, Devanagari and Chinese letters** of names and prints the rest of such "
        "a line in reverse; the initials stand above the foot; the foot is in one style; "
        "drawings are written once and shared",
    ),
    Peer(
        "fullbleed, reflow, its quick way, Latin names alone",
        "fullbleed",
        "fullbleed_peer.py",
        1000,
        10_000,
        1,
        "other rows than the rest: with names that its first font can draw, it loses nothing; "
        "the initials stand above the foot",
        "latin",
    ),
    Peer(
        "fullbleed, reflow, with all letters",
        "fullbleed",
        "fullbleed_peer.py",
        20,
        80,
        1,
        "the same, with names in tables: lays out each row anew; some Arabic and Devanagari "
        "marks stand wrong",
        "whole",
    ),
)


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many rows, sheets and layouts are measured, and how often."""

    small: int
    middle: int
    large: int
    alone: int
    cold_rows: int
    cold_layouts: int
    times: int


FULL = Sizes(1000, 10_000, 100_000, 6, 600, 12, 3)
QUICK = Sizes(4, 8, 12, 1, 4, 2, 1)


def peak_mb() -> float:
    """Give this program's own peak memory, as the peers do; ``ru_maxrss`` counts its parent's."""
    status = Path("/proc/self/status").read_text("utf-8")
    return int(status.split("VmHWM:", 1)[1].split()[0]) / 1024


def measure(kind: str, count: int, target: Path) -> Measured:
    """Measure one thing in this process: a ``warm`` run, or sheets laid out ``alone``.

    The clock runs from when the program is loaded to the whole file, as it does for peers.
    """
    loaded = load_content(ROOT / "content.yaml")
    start = time.perf_counter()
    if kind == "alone":
        for row in rows(loaded, count, layouts=count):
            lay_out_sheet(loaded, row.sheet, None, SheetUse(row.record))
    else:
        work = target.with_name(f"{target.name}.parts")
        with Workers(cores(), get_ready) as pool:
            result = print_run(rows(loaded, count), target, work, loaded=loaded, pool=pool)
        shutil.rmtree(work)
        if result.sheets != count or result.alone:
            raise SystemExit(f"{result.sheets} of {count} sheets, {result.alone} alone")
    seconds = time.perf_counter() - start
    own, theirs = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return {
        "seconds": seconds,
        "cpu": sum(used.ru_utime + used.ru_stime for used in (own, theirs)),
        "size": target.stat().st_size if target.exists() else 0,
        "own_mb": peak_mb(),
        "child_mb": theirs.ru_maxrss / 1024,
    }


class Bench:
    """What is measured, in a folder that goes away."""

    def __init__(self, folder: Path, sizes: Sizes) -> None:
        self._folder, self._sizes = folder, sizes
        self._target = folder / "run.pdf"
        self._warm = folder / "cache"
        self._loaded = load_content(ROOT / "content.yaml")

    def ours(self, kind: str, count: int) -> Measured:
        """Measure our own side in a new process, with a cache of layouts that is kept."""
        self._target.unlink(missing_ok=True)
        command = [sys.executable, __file__, "--measure", kind, str(count), str(self._target)]
        result: Measured = json.loads(self._run(command, self._warm))
        return result

    def warm(self, count: int, times: int) -> Measured:
        """Measure warm runs, and give the one of median time."""
        self.ours("warm", min(count, self._sizes.small))
        runs = [self.ours("warm", count) for _ in range(times)]
        return _middle(runs)

    def cold(self) -> tuple[float, float, float]:
        """Give the seconds of rows over many layouts, and of as many sheets laid out.

        All from the shell to the end, each with an empty cache; the third figure is that of
        the sheets in two processes at once.
        """
        sizes = self._sizes
        people = self._folder / "people.csv"
        people.write_bytes(roster(self._loaded, sizes.cold_rows, sizes.cold_layouts))
        batch = [sys.executable, "-m", "handouts", "batch", str(people), "--quiet"]
        batch += ["--content", str(ROOT / "content.yaml"), "-o", str(self._target)]
        seconds = [
            (
                self._from_the_shell([batch]),
                self._from_the_shell([self._alone(sizes.cold_layouts)]),
                self._from_the_shell([self._alone(sizes.cold_layouts // 2)] * 2),
            )
            for _ in range(sizes.times)
        ]
        first, second, third = (statistics.median(column) for column in zip(*seconds, strict=True))
        return first, second, third

    def _alone(self, count: int) -> list[str]:
        return [sys.executable, __file__, "--measure", "alone", str(count), str(self._folder / "-")]

    def _from_the_shell(self, commands: list[list[str]]) -> float:
        with tempfile.TemporaryDirectory() as cache:
            environment = _environment(Path(cache))
            start = time.perf_counter()
            running = [
                subprocess.Popen(
                    command, env=environment, cwd=self._folder, stdout=subprocess.DEVNULL
                )
                for command in commands
            ]
            codes = [process.wait() for process in running]
            seconds = time.perf_counter() - start
        if any(codes):
            raise SystemExit(f"{' '.join(commands[0])} ended with {codes}")
        return seconds

    def peer(self, peer: Peer) -> tuple[Measured, Measured]:
        """Measure a peer on few and on many rows; the runs of median time."""
        command = [sys.executable, str(PEERS / peer.script), str(self._folder / "given")]
        few, many = (
            _middle(
                [
                    json.loads(
                        self._run(
                            [*command, str(count), str(self._target), peer.argument], self._warm
                        )
                    )
                    for _ in range(self._sizes.times)
                ]
            )
            for count in (peer.few, peer.many)
        )
        return few, many

    def give(self) -> None:
        """Write what the peers are given, and let them use the shipped fonts."""
        (self._folder / "given").mkdir()
        give(self._loaded, max(peer.many for peer in PEERS_MEASURED), self._folder / "given")
        use_shipped_fonts_only()

    def drawn(self) -> str:
        """Say how many words and lines the first sheet of the last file has."""
        document = pypdfium2.PdfDocument(self._target)
        words = paths = 0
        for page in (document[0], document[1]):
            words += len(page.get_textpage().get_text_range().split())
            paths += sum(1 for _ in page.get_objects([pdfium.FPDF_PAGEOBJ_PATH], max_depth=15))
        return f"{words} words, {paths} shapes"

    def _run(self, command: list[str], cache: Path) -> bytes:
        done = subprocess.run(
            command, check=False, capture_output=True, env=_environment(cache), timeout=1200
        )
        if done.returncode:
            raise SystemExit(f"{' '.join(command)}:\n{done.stderr.decode()}")
        return done.stdout


def _environment(cache: Path) -> dict[str, str]:
    fonts = {name: value for name, value in os.environ.items() if name == "FONTCONFIG_FILE"}
    return {
        "PATH": "/usr/bin:/bin",
        "PYTHONPATH": str(ROOT),
        "XDG_CACHE_HOME": str(cache),
        **fonts,
    }


def _middle(runs: list[Measured]) -> Measured:
    return sorted(runs, key=lambda run: run["seconds"])[len(runs) // 2]


def _rate(few: int, many: int, first: Measured, second: Measured) -> float:
    """Give the sheets a second once it runs; NaN where more rows took no more time."""
    more_s = second["seconds"] - first["seconds"]
    return (many - few) / more_s if more_s > 0 else math.nan


@dataclass(frozen=True, slots=True)
class Figure:
    """A row of the first table; ``measured`` is what must be at least, or at most, wanted."""

    what: str
    ours: str
    peer: str
    ratio: str
    measured: float
    wanted: float | None
    at_least: bool = False

    def row(self, *, judged: bool) -> str:
        """Write the row, and say whether what is wanted was held."""
        verdict = wanted = "–"
        if self.wanted is not None:
            wanted = f"{'≥' if self.at_least else '≤'} {self.wanted:,.4g}"
            if self.wanted >= 1000:
                wanted = f"{'≥' if self.at_least else '≤'} {self.wanted:,.0f}"
            held = self.measured >= self.wanted if self.at_least else self.measured <= self.wanted
            verdict = ("held" if held else "**missed**") if judged else "not judged"
        return _row(self.what, self.ours, self.peer, self.ratio, wanted, verdict)


@dataclass(frozen=True, slots=True)
class Side:
    """A row of the second table: who draws the sheets, how fast, and how large."""

    name: str
    rows: str
    rate: float
    steady: float
    busy_us: float
    """Processor time a sheet, over all processes, in microseconds."""
    bytes_each: float
    peak_mb: float
    drawn: str
    lacks: str

    def row(self) -> str:
        """Write the row."""
        digits = 0 if self.steady >= 1000 else 1
        return _row(
            self.name,
            self.rows,
            f"{self.rate:,.{digits}f}",
            "–" if math.isnan(self.steady) else f"{self.steady:,.{digits}f}",
            f"{self.busy_us:,.0f}",
            f"{self.bytes_each:,.0f}",
            f"{self.peak_mb:.0f}",
            self.drawn,
            self.lacks,
        )


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def tables(bench: Bench, sizes: Sizes, *, peers: bool) -> str:
    """Measure all, and write the tables in Markdown."""
    before = os.getloadavg()[0]
    small = bench.warm(sizes.small, sizes.times)
    middle = bench.warm(sizes.middle, sizes.times)
    drawn = bench.drawn()
    large = bench.ours("warm", sizes.large)
    ours = Side(
        "handouts",
        f"{sizes.middle:,} and {sizes.large:,}",
        sizes.middle / middle["seconds"],
        _rate(sizes.middle, sizes.large, middle, large),
        (large["cpu"] - middle["cpu"]) / (sizes.large - sizes.middle) * 1e6,
        (large["size"] - middle["size"]) / (sizes.large - sizes.middle),
        max(large["own_mb"], large["child_mb"]),
        drawn,
        "nothing; a run for print has no tags, and neither have the others",
    )
    sides, figures = [ours], [_whole_rate(sizes, ours)]
    if peers:
        bench.give()
    for peer in PEERS_MEASURED if peers else ():
        side = _peer_side(bench, peer)
        sides.append(side)
        figures.append(_against(ours, side, peer.wanted))
    figures += _cold(bench, sizes)
    figures.append(
        Figure(
            "bytes a sheet beyond the layout",
            f"{ours.bytes_each:,.0f}",
            "–",
            "–",
            ours.bytes_each,
            1000,
        )
    )
    figures += _memory(sizes, small, large)
    after = os.getloadavg()[0]
    busy = " - **the machine was not idle**" if before > 0.5 else ""
    return "\n".join(
        (
            _said_of_machine(before, after) + busy + ".",
            "",
            _row("What", "handouts", "peer", "ratio", "wanted", ""),
            "|---|---:|---:|---:|---:|---|",
            *(figure.row(judged=peers) for figure in figures),
            "",
            _row(
                "Who",
                "rows",
                "sheets a second in all",
                "once it runs",
                "processor µs a sheet",
                "bytes a sheet",
                "peak MB of a process",
                "draws on a sheet",
                "falls short",
            ),
            "|---|---:|---:|---:|---:|---:|---:|---|---|",
            *(side.row() for side in sides),
        )
    )


def _said_of_machine(before: float, after: float) -> str:
    return (
        f"Measured on {os.cpu_count()} cores with Python {platform.python_version()}; "
        f"load before {before:.1f}, after {after:.1f}"
    )


def _whole_rate(sizes: Sizes, ours: Side) -> Figure:
    what = f"{sizes.middle:,} rows, warm layout: sheets a second in all"
    return Figure(what, f"{ours.rate:,.0f}", "–", "–", ours.rate, 5000, at_least=True)


def _peer_side(bench: Bench, peer: Peer) -> Side:
    few, many = bench.peer(peer)
    return Side(
        f"{peer.name} ({metadata.version(peer.package)})",
        f"{peer.few:,} and {peer.many:,}",
        peer.many / many["seconds"],
        _rate(peer.few, peer.many, few, many),
        (many["cpu"] - few["cpu"]) / (peer.many - peer.few) * 1e6,
        (many["size"] - few["size"]) / (peer.many - peer.few),
        many["own_mb"],
        bench.drawn(),
        peer.lacks,
    )


def _against(ours: Side, side: Side, wanted: float) -> Figure:
    ratio = ours.steady / side.steady
    return Figure(
        f"sheets a second, once it runs, against {side.name}",
        f"{ours.steady:,.0f}",
        f"{side.steady:,.{0 if side.steady >= 1000 else 1}f}",
        f"{ratio:,.{0 if ratio >= 100 else 2}f}",
        ratio,
        wanted,
        at_least=True,
    )


def _cold(bench: Bench, sizes: Sizes) -> list[Figure]:
    batch, alone, at_once = bench.cold()
    what = f"{sizes.cold_rows} rows over {sizes.cold_layouts} layouts, cold, from the shell"
    one_by_one = f"{what}, against {sizes.cold_layouts} sheets laid out one after another"
    return [
        Figure(text, f"{batch:.1f} s", f"{peer:.1f} s", f"{batch / peer:.2f}", batch / peer, most)
        for text, peer, most in (
            (one_by_one, alone, 1.15),
            ("the same, against those sheets in two processes at once", at_once, None),
        )
    ]


def _memory(sizes: Sizes, small: Measured, large: Measured) -> list[Figure]:
    return [
        Figure(
            f"peak memory of {which}, {sizes.large:,} rows against {sizes.small:,}",
            f"{large[name]:.0f} MB",
            f"{small[name]:.0f} MB",
            f"{large[name] / small[name]:.2f}",
            large[name] / small[name],
            1.2,
        )
        for which, name in (("the run itself", "own_mb"), ("its largest worker", "child_mb"))
    ]


def around_tables(page: Path) -> tuple[str, str]:
    """Give what stands before and behind the tables of a page."""
    head, begin, rest = page.read_text("utf-8").partition(MARKERS[0])
    _, end, tail = rest.partition(MARKERS[1])
    if not begin or not end:
        raise SystemExit(f"{page} lacks {MARKERS[0]} or {MARKERS[1]}")
    return head + begin, end + tail


def main() -> None:
    """Measure, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few rows, no peers, no verdict")
    parser.add_argument("--write", type=Path, metavar="PAGE", help="put the tables into PAGE")
    parser.add_argument(
        "--measure", nargs=3, metavar=("KIND", "COUNT", "FILE"), help=argparse.SUPPRESS
    )
    asked = parser.parse_args()
    if asked.measure:
        kind, count, target = asked.measure
        print(json.dumps(measure(kind, int(count), Path(target))))
        return
    head, tail = around_tables(asked.write) if asked.write else ("", "")
    sizes = QUICK if asked.quick else FULL
    with tempfile.TemporaryDirectory() as folder:
        text = tables(Bench(Path(folder), sizes), sizes, peers=not asked.quick)
    print(text)
    if asked.write:
        asked.write.write_text(f"{head}\n\n{text}\n\n{tail}", "utf-8")


if __name__ == "__main__":
    main()

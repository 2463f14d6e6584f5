"""All that is wrong or doubtful in the content, as a build would find it; nothing is written."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from handouts.basics.choices import Edition, Profile
from handouts.basics.clock import source_date, today
from handouts.basics.digests import checksum, sha256
from handouts.basics.errors import ContentError, HandoutsError, LayoutError
from handouts.basics.findings import Finding, Place, Report, Severity
from handouts.basics.kept import Cache
from handouts.checks.all import check_content
from handouts.compose.compose import compose
from handouts.jobs.in_content import InContent
from handouts.jobs.progress import Progress, unseen
from handouts.jobs.record import inputs_key
from handouts.load.content import LoadedContent, load_content
from handouts.pipeline.companions import Companions
from handouts.pipeline.on_all_cores import lay_out_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from handouts.basics.papers import Paper
    from handouts.compose.composed import Composed


_MOST_KEPT_BYTES = 2_000_000
"""What is found in a piece takes some 500 bytes."""


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """What is to be checked."""

    content: Path
    strict: bool = False
    """Whether a warning counts as an error."""
    quick: bool = False
    """Whether nothing is laid out."""


def check(request: CheckRequest, progress: Progress = unseen) -> Report:
    """Check content, and whether every piece can be composed and laid out.

    What was found of a layout is kept, so that an unchanged piece is laid out once.
    ``progress`` is told of the pieces that have to be laid out.

    Raises:
        HandoutsError: there are errors; with every finding.

    """
    return look_through(load_content(request.content), request, progress)


def look_through(loaded: LoadedContent, request: CheckRequest, progress: Progress) -> Report:
    """Check content that was loaded, as ``check`` does.

    Raises:
        HandoutsError: there are errors; with every finding.

    """
    report = _checked(loaded, strict=request.strict)
    names = tuple(loaded.content.handouts)
    wanted = product(names, [loaded.content.clinic.paper], [Edition.STANDARD])
    composed = compose_all(loaded, wanted, report)
    report += found_composing(composed)
    if request.quick:
        return report
    layout = _found_laying_out(loaded, composed, progress)
    if layout.errors or (request.strict and layout.warnings):
        raise LayoutError(report + layout)
    return report + layout


def _found_laying_out(loaded: LoadedContent, pieces: list[Composed], progress: Progress) -> Report:
    cache = Cache("checked", _MOST_KEPT_BYTES)
    companions = Companions(loaded, source_date(), None)
    keys = {piece.label: inputs_key(piece, None, *companions.inputs(piece)) for piece in pieces}
    where = InContent(loaded)
    source = loaded.source
    typed = [source.file, sha256(repr((source.keys, source.values)).encode())]
    found = {piece.label: _kept(cache.read(keys[piece.label]), typed) for piece in pieces}
    fresh = [piece for piece in pieces if found[piece.label] is None]
    if fresh:
        laid_out = lay_out_all(fresh, companions.lay_out, steps(progress))
        for piece, result in zip(fresh, laid_out, strict=True):
            read = {str(path): sha256(path.read_bytes()) for path in result.files}
            cache.keep(keys[piece.label], _to_keep(read, typed, result.report))
            found[piece.label] = result.report
    findings = (
        one
        for piece in pieces
        for one in where.placed(piece, found[piece.label] or Report()).findings
    )
    return Report(tuple(dict.fromkeys(findings))) + cache.report


def _to_keep(read: dict[str, str], typed: list[str], report: Report) -> bytes:
    """Keep what was found with the text that it names the lines of, where it names any."""
    lines = any(one.place.line for one in report.findings)
    kept = {"read": read, "typed": typed if lines else None}
    return json.dumps({**kept, "findings": [asdict(one) for one in report.findings]}).encode()


def _kept(data: bytes | None, typed: list[str]) -> Report | None:
    """Give what was found the last time; None where what was read for it has changed since."""
    if data is None:
        return None
    kept = json.loads(data)
    if kept["typed"] not in (None, typed):
        return None
    try:
        if any(checksum(Path(path)) != digest for path, digest in kept["read"].items()):
            return None
    except OSError:
        return None
    return Report(
        tuple(
            Finding(
                one["what"], one["why"], one["mend"], Place(**one["place"]),
                Severity(one["severity"]),
            )
            for one in kept["findings"]
        )
    )  # fmt: skip


def steps(progress: Progress) -> Callable[[list[Composed]], Iterator[Composed]]:
    """Tell of each piece as it is waited for, and of the end."""

    def through(pieces: list[Composed]) -> Iterator[Composed]:
        for done, piece in enumerate(pieces):
            progress(done, len(pieces), piece.label)
            yield piece
        progress(len(pieces), len(pieces))

    return through


def checked(
    content: Path, *, strict: bool = False, final: bool = False
) -> tuple[LoadedContent, Report]:
    """Load and check content; ``final`` as for ``check_content``.

    Raises:
        ContentError: there are errors; under ``strict``, or warnings.

    """
    loaded = load_content(content)
    return loaded, _checked(loaded, strict=strict, final=final)


def _checked(loaded: LoadedContent, *, strict: bool, final: bool = False) -> Report:
    report = check_content(loaded, today(), final=final)
    if report.errors or (strict and report.warnings):
        raise ContentError(report)
    return report


def compose_all(
    loaded: LoadedContent,
    wanted: Iterable[tuple[str, Paper, Edition]],
    report: Report,
    profile: Profile = Profile.OFFICE,
    *,
    proof: bool = False,
) -> list[Composed]:
    """Compose pieces, each on a paper in an edition.

    Raises:
        HandoutsError: with what is wrong with any of them, and what ``report`` holds already.

    """
    composed: list[Composed] = []
    failed: HandoutsError | None = None
    findings: Report = Report()
    for name, paper, edition in wanted:
        try:
            composed.append(compose(loaded, name, paper, edition, profile, proof=proof))
        except HandoutsError as error:
            failed = error
            findings += error.report
    if failed is not None:
        raise type(failed)((report + findings).ordered()) from failed
    return composed


def found_composing(pieces: Iterable[Composed]) -> Report:
    """Give what was found while pieces were composed, each once."""
    findings = (finding for piece in pieces for finding in piece.report.findings)
    return Report(tuple(dict.fromkeys(findings)))

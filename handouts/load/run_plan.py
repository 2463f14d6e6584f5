"""A plan of a print run in: checked as a whole, with the content that it is printed from."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from handouts.basics.errors import ContentError
from handouts.basics.findings import Finding, Place, Report
from handouts.basics.inside import NoFileError, plain_file
from handouts.load.content import load_content
from handouts.load.explain import explain_all
from handouts.load.prescription import Layer, known_ids
from handouts.load.yaml_source import read_yaml
from handouts.models.prescription import Prescription
from handouts.models.run_plan import RunPlan
from handouts.wording.which import other_language

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from handouts.load.content import LoadedContent
    from handouts.load.yaml_source import YamlSource
    from handouts.models.run_plan import RunDefaults

_MISSING = "name the right file; how a plan is written stands in docs/event.md"
_ADDRESS = re.compile(r"^[a-zA-Z][a-zA-Z0-9+.-]+:")


@dataclass(frozen=True, slots=True)
class LoadedPlan:
    """A plan, the folder it lies in, where its parts are written, and its content."""

    plan: RunPlan
    folder: Path
    source: YamlSource
    loaded: LoadedContent
    content: Path

    def layer(self, defaults: RunDefaults | None) -> tuple[Layer, ...]:
        """Give defaults as a layer below the rows' own; none where nothing is said."""
        said = defaults.model_dump(exclude_none=True) if defaults else {}
        return (Layer(Prescription.model_validate(said), self.source),) if said else ()


def load_plan(path: Path, content: Path | None, usual_content: Path) -> LoadedPlan:
    """Read and validate a plan, and the content that it names.

    ``content`` goes before what the plan names, and that before ``usual_content``.

    Raises:
        ContentError: with every finding in the plan and in the content.

    """
    source = read_yaml(path, file=str(path), missing=_MISSING)
    place = Place(file=source.file, line=1, column=1)
    if not isinstance(source.value, dict):
        finding = Finding("the file holds no plan", "", "see docs/event.md", place)
        raise ContentError(Report((*source.doubts, finding)))
    folder = path.parent
    named = source.value.get("content")
    chosen = content or _content_beside(folder, named) or usual_content
    findings = [*source.doubts]
    context: dict[str, Any] = {
        "beside": lambda written: _check_beside(folder, written),
        "roster": lambda written: _check_roster(folder, written),
    }
    loaded = None
    try:
        loaded = load_content(chosen)
        context["ids"] = known_ids(loaded) | {"piece": set(loaded.content.handouts)}
    except ContentError as error:
        findings += error.report.findings
    try:
        plan = RunPlan.model_validate(source.value, context=context)
    except ValidationError as error:
        findings += explain_all(error.errors(), source, RunPlan)
        raise ContentError(Report(tuple(findings)).ordered()) from error
    if loaded is not None:
        findings += _languages(plan, source, loaded)
    if findings or loaded is None:
        raise ContentError(Report(tuple(findings)).ordered())
    return LoadedPlan(plan, folder, source, loaded, chosen)


def _content_beside(folder: Path, named: object) -> Path | None:
    """Give the content that a plan names; none where it may not be read, which is told later."""
    if not isinstance(named, str):
        return None
    try:
        _check_beside(folder, named)
    except ValueError:
        return None
    return folder / named


def _languages(plan: RunPlan, source: YamlSource, loaded: LoadedContent) -> Iterator[Finding]:
    own = loaded.content.language
    given = [
        (("defaults",), plan.defaults),
        *((("parts", index, "defaults"), part.defaults) for index, part in enumerate(plan.parts)),
    ]
    for path, defaults in given:
        if defaults is not None and (fault := other_language(own, defaults.language)):
            what, mend = fault
            yield Finding(what, "", mend, source.place((*path, "language")))


def _check_beside(folder: Path, written: str) -> None:
    if _ADDRESS.match(written):
        raise ValueError(f'"{written}" is an address; name a file beside the plan')
    with suppress(NoFileError):  # content that is missing is told where it is read
        plain_file(folder, written, beside="the plan")


def _check_roster(folder: Path, written: str) -> None:
    _check_beside(folder, written)
    plain_file(folder, written, beside="the plan")

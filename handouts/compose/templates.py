"""Templates and styles: the clinic's own first, the shipped ones behind them."""

from __future__ import annotations

import os
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache
from traceback import walk_tb
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias

from jinja2 import (
    BaseLoader,
    Template,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2.exceptions import SecurityError

from handouts.basics.assets import shipped
from handouts.basics.choices import Edition
from handouts.basics.errors import ContentError
from handouts.basics.findings import Finding, Place, Report
from handouts.basics.inside import UnfitFileError, plain_file, read_inside
from handouts.basics.limits import OverLimitError, within
from handouts.compose.fill_limits import FILLING, PastLimitError
from handouts.compose.plain_view import NoPanelError, Record, plain
from handouts.compose.sandbox import Sandbox
from handouts.compose.template_circles import circle
from handouts.compose.template_manifest import ExerciseForm, TemplateManifest, read_manifest
from handouts.load.explain import did_you_mean
from handouts.wording.language import language

if TYPE_CHECKING:
    from collections.abc import Iterator, MutableMapping
    from pathlib import Path
    from types import CodeType

    from _typeshed import DataclassInstance
    from jinja2 import Environment

    from handouts.basics.choices import Profile
    from handouts.wording.language import Language

    View: TypeAlias = DataclassInstance
    """A piece's, a sheet's or a ticket's: frozen data, whatever its kind."""

SHARED_STYLES = ("tokens.css", "parts.css", "stop-box.css", "evidence.css", "visits.css")
CLINIC_STYLE = "clinic.css"
"""A clinic's own rules, read last."""
LARGEST_TEMPLATE_BYTES = 200_000
"""The longest shipped one has 8 kB."""
LARGEST_STYLE_BYTES = 2_000_000
_ENDLESS = ("it includes itself, or a macro calls itself, without end", "take the circle out")
"""Why a template takes too much, and how to mend it."""
_MOST_COMPILED = 32
"""Templates that are kept compiled: twice as many as are shipped."""

_NAME = re.compile(r"\w[\w .-]*(/\w[\w .-]*)*")
"""A file within ``templates/``: no way up, no way from the top."""
_FILLING_ERRORS = (
    TemplateError, ArithmeticError, AttributeError, LookupError, MemoryError, TypeError, ValueError,
    RuntimeError, SyntaxError, OverLimitError, PastLimitError,
)  # fmt: skip
"""What an expression in a template can raise."""
_TOLD = (UndefinedError, SecurityError, ArithmeticError, NoPanelError, PastLimitError)
"""Errors whose words are of the template; those of others may repeat a patient's."""
_QUOTED = re.compile("[\"'](.*?)[\"']")
_KINDS = {
    "str", "int", "float", "bool", "NoneType", "tuple", "list", "dict", "range", "mappingproxy",
    "Record", "Markup", "Macro",
}  # fmt: skip
"""What Python calls the kinds of things that a template sees."""


@dataclass(frozen=True, slots=True)
class _File:
    """A template, manifest or stylesheet: where it is, and how messages call it."""

    path: Path
    name: str

    def text(self, most_bytes: int) -> str:
        """Read it.

        Raises:
            ContentError: it can't be read, is too long, or is not UTF-8.

        """
        try:
            return self.data(most_bytes).decode("utf-8")
        except UnicodeDecodeError as error:
            raise ContentError.because(
                "the file is not UTF-8",
                why="it was saved in another encoding",
                mend="save it again as UTF-8",
                place=Place(file=self.name),
            ) from error

    def data(self, most_bytes: int) -> bytes:
        try:
            return read_inside(self.path, most_bytes)
        except UnfitFileError as error:
            raise _unfit(error, self.name) from None
        except OSError as error:
            raise ContentError.because(
                f"can't read the file: {error.strerror}",
                mend="see who may read it",
                place=Place(file=self.name),
            ) from error


def _unfit(error: UnfitFileError, name: str) -> Exception:
    return ContentError.because(error.what, mend=error.mend, place=Place(file=name))


@dataclass(frozen=True, slots=True)
class Templates:
    """The templates and styles that a content folder can use."""

    content_folder: Path

    def _roots(self) -> Iterator[Path]:
        yield self.content_folder
        if self.content_folder != shipped():
            yield shipped()

    def find(self, kind: str, file: str) -> _File | None:
        """Find a template's or a style's file; what leads out of its folder is none of them.

        Raises:
            ContentError: it is a link to another place, or no plain file.

        """
        name = f"{kind}/{file}"
        for root in self._roots():
            if os.path.lexists(root / name):
                try:
                    return _File(plain_file(root, name), name)
                except UnfitFileError as error:
                    raise _unfit(error, name) from None
        return None

    def names(self) -> list[str]:
        """Name the templates there are."""
        folders = [root.resolve() / "templates" for root in self._roots()]
        return sorted(
            path.stem
            for folder in folders
            if folder == folder.resolve()
            for path in folder.glob("*.yaml")
        )

    def manifest(self, name: str, place: Place) -> TemplateManifest:
        """Read a template's manifest.

        Raises:
            ContentError: there is no such template (``place`` is where it was asked for),
                or its manifest can't be read.

        """
        file = self.find("templates", f"{name}.yaml")
        if file is None or self.find("templates", f"{name}.html") is None:
            raise ContentError.because(
                f'there is no template "{name}"',
                mend=did_you_mean(name, self.names()),
                place=place,
            )
        return read_manifest(file.data(LARGEST_TEMPLATE_BYTES), name)

    def styles(
        self, name: str, manifest: TemplateManifest, edition: Edition, profile: Profile
    ) -> str:
        """Join the stylesheets: shared ones, the template's, the edition's, the clinic's.

        The template's rules for a profile (grounds that bleed) are for the standard edition:
        the others have no grounds.
        """
        own = ["dose.css"] if manifest.exercises is ExerciseForm.FULL else []
        if manifest.styles_of:
            own.append(f"{manifest.styles_of}.css")
        own.append(f"{name}.css")
        if edition is Edition.STANDARD:
            own.append(f"{name}-{profile}.css")
        return self._joined(*SHARED_STYLES, *own, f"{edition}.css", CLINIC_STYLE)

    def own_styles(self, name: str) -> str:
        """Join the stylesheets of a page for those who print; a clinic's own rules stay out."""
        return self._joined("tokens.css", f"{name}.css")

    def _joined(self, *styles: str) -> str:
        files = [file for style in styles if (file := self.find("styles", style))]
        return "\n".join(file.text(LARGEST_STYLE_BYTES) for file in files)

    def source(self, name: str) -> str:
        """Give a template as it is written."""
        file = self.find("templates", f"{name}.html")
        return file.text(LARGEST_TEMPLATE_BYTES) if file else ""

    def html(self, name: str, view: View, css: str, tag: str) -> str:
        """Fill a template with the view as plain data, and with words of a language.

        Raises:
            ContentError: the template is broken or takes too much; the place is its file and line.

        """
        sandbox = _fresh_sandbox(self, language(tag))
        shown = plain(view)
        try:
            with within(FILLING):
                return sandbox.get_template(f"{name}.html").render(view=shown, css=css)
        except _FILLING_ERRORS as error:
            finding = _circle(sandbox, name, error) or _finding(error, f"templates/{name}.html")
        # Out of the handler, so that what the template has heaped up is let go of.
        raise ContentError(Report((finding,)))


SHIPPED = Templates(shipped())
"""Those that come along, without a clinic's own."""


def _fresh_sandbox(templates: Templates, say: Language) -> Sandbox:
    """Give what is compiled already in this process, where no file has changed since."""
    sandbox, loader = _sandbox(templates, say)
    if loader.changed():
        _sandbox.cache_clear()
        sandbox, _ = _sandbox(templates, say)
    return sandbox


@lru_cache(maxsize=2)
def _sandbox(templates: Templates, say: Language) -> tuple[Sandbox, _Loader]:
    loader = _Loader(templates)
    sections = {name: Record(MappingProxyType(dict(keys))) for name, keys in say.sections().items()}
    return Sandbox(loader, Record(MappingProxyType(sections))), loader


class _Loader(BaseLoader):
    """Finds what a template includes, imports or extends; each file is read once."""

    def __init__(self, templates: Templates) -> None:
        self._templates = templates
        self._sources: dict[str, str] = {}

    def get_source(
        self,
        environment: Environment,  # noqa: ARG002 - Jinja's
        template: str,
    ) -> tuple[str, str, None]:
        source = self._read(template) if _NAME.fullmatch(template) else None
        if source is None:
            raise TemplateNotFound(template)
        self._sources[template] = source
        return source, f"templates/{template}", None

    def load(
        self,
        environment: Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - Jinja's
    ) -> Template:
        """Give a template that is compiled once for all folders and languages."""
        source, _, _ = self.get_source(environment, name)
        code = _compiled(source, name)
        return Template.from_code(environment, code, {} if globals is None else globals)

    def changed(self) -> bool:
        """Say whether any file would be read otherwise now."""
        return any(self._read(name) != source for name, source in self._sources.items())

    def _read(self, template: str) -> str | None:
        file = self._templates.find("templates", template)
        return file.text(LARGEST_TEMPLATE_BYTES) if file else None


@lru_cache(_MOST_COMPILED)
def _compiled(source: str, name: str) -> CodeType:
    """Compile a template; its code comes of what is written in it alone.

    To compile those of a sheet takes longer than to read the content and to fill them.
    """
    return _compiler().compile(source, name, f"templates/{name}")


@cache
def _compiler() -> Sandbox:
    return Sandbox(BaseLoader(), Record(MappingProxyType({})))


def _finding(error: Exception, file: str) -> Finding:
    """Say what stopped a template, where, and how to mend it."""
    if isinstance(error, TemplateSyntaxError):
        place = Place(file=f"templates/{error.name}", line=error.lineno, column=1)
        return Finding("this is no Jinja template", error.message or "", "", place)
    place = _place(error, file)
    if isinstance(error, OverLimitError | PastLimitError | RecursionError):
        why, mend = _past_limit(error)
        return Finding("the template takes too much to be filled", why, mend, place)
    mend = "compare it with the shipped template of that name; see docs/designer.md"
    if isinstance(error, TemplateNotFound):
        why = "a template that it includes, imports or extends is not there"
    elif isinstance(error, UndefinedError):
        why = str(error)
    else:
        why = type(error).__name__ + (f": {error}" if _may_be_told(error) else "")
    return Finding("the template can't be filled", why, mend, place)


def _may_be_told(error: Exception) -> bool:
    if isinstance(error, TypeError):
        return _KINDS.issuperset(_QUOTED.findall(str(error)))
    return isinstance(error, _TOLD)


def _circle(sandbox: Sandbox, name: str, error: Exception) -> Finding | None:
    """Name the circle of templates by which a limit was passed."""
    if not isinstance(error, OverLimitError | PastLimitError):
        return None
    place = circle(sandbox, f"{name}.html")
    what = "the template takes too much to be filled"
    return Finding(what, *_ENDLESS, place) if place else None


def _past_limit(error: Exception) -> tuple[str, str]:
    if isinstance(error, RecursionError):
        return _ENDLESS
    why = f"it takes {error.words}" if isinstance(error, OverLimitError) else str(error)
    return why, "let its loops go over the content alone"


def _place(error: Exception, file: str) -> Place:
    """Say in which line of which template an error was raised, or where a circle begins."""
    raised = error.__cause__ if isinstance(error.__cause__, MemoryError) else error
    places = [
        Place(file=frame.f_code.co_filename, line=line, column=1)
        for frame, line in walk_tb(raised.__traceback__)
        if frame.f_code.co_filename.startswith("templates/")
    ] or [Place(file=file)]
    if isinstance(error, RecursionError):
        times = Counter(places)
        return next((place for place in places if times[place] > 1), places[-1])
    return places[-1]

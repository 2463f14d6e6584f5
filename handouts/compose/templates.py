"""Templates and styles: the clinic's own first, the shipped ones behind them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from jinja2 import (
    FileSystemBytecodeCache,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment
from platformdirs import user_cache_path

from handouts.assets import shipped
from handouts.compose.manifest import Manifest, read_manifest
from handouts.compose.scripts import isolated
from handouts.editions import Edition
from handouts.errors import ContentError, HandoutsError
from handouts.findings import Place
from handouts.load.explain import did_you_mean

if TYPE_CHECKING:
    from jinja2.bccache import Bucket

    from handouts.compose.run_ticket import RunTicketView
    from handouts.compose.separators import SeparatorsView
    from handouts.compose.ticket import TicketView
    from handouts.compose.views import PieceView, SheetView
    from handouts.profiles import Profile

    View: TypeAlias = PieceView | SheetView | TicketView | RunTicketView | SeparatorsView

SHARED_STYLES = ("tokens.css", "parts.css")
CLINIC_STYLE = "clinic.css"
"""A clinic's own rules, read last."""


_FILLING_ERRORS = (
    TemplateError, ArithmeticError, AttributeError, LookupError, MemoryError, TypeError, ValueError
)  # fmt: skip
"""What an expression in a template can raise."""


class _Compiled(FileSystemBytecodeCache):
    """Keeps compiled templates between runs: they hold no content, and compiling takes 50 ms.

    Where they can't be kept, they are compiled anew.
    """

    def __init__(self) -> None:
        super().__init__(str(user_cache_path("handouts") / "templates"))

    def load_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            Path(self.directory).mkdir(mode=0o700, parents=True, exist_ok=True)
            super().dump_bytecode(bucket)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise _not_utf8(f"{path.parent.name}/{path.name}") from error


def _not_utf8(file: str) -> HandoutsError:
    return ContentError.because(
        "the file is not UTF-8",
        why="it was saved in another encoding",
        mend="save it again as UTF-8",
        place=Place(file=file),
    )


@dataclass(frozen=True, slots=True)
class Templates:
    """The templates and styles that a content folder can use."""

    content_folder: Path

    def _folders(self, kind: str) -> list[Path]:
        own = self.content_folder / kind
        theirs = shipped() / kind
        return [own, theirs] if own.is_dir() and own != theirs else [theirs]

    def _find(self, kind: str, name: str) -> Path | None:
        found = (folder / name for folder in self._folders(kind))
        return next((path for path in found if path.is_file()), None)

    def names(self) -> list[str]:
        """Name the templates there are."""
        return sorted(
            {path.stem for folder in self._folders("templates") for path in folder.glob("*.yaml")}
        )

    def manifest(self, name: str, place: Place) -> Manifest:
        """Read a template's manifest.

        Raises:
            ContentError: there is no such template (``place`` is where it was asked for),
                or its manifest can't be read.

        """
        path = self._find("templates", f"{name}.yaml")
        if path is None or self._find("templates", f"{name}.html") is None:
            raise ContentError.because(
                f'there is no template "{name}"',
                mend=did_you_mean(name, self.names()),
                place=place,
            )
        return read_manifest(path)

    def styles(self, name: str, manifest: Manifest, edition: Edition, profile: Profile) -> str:
        """Join the stylesheets: shared ones, the template's, the edition's, the clinic's.

        The template's rules for a profile (grounds that bleed) are for the standard edition:
        the others have no grounds.
        """
        own = [f"{manifest.styles_of}.css"] if manifest.styles_of else []
        own.append(f"{name}.css")
        if edition is Edition.STANDARD:
            own.append(f"{name}-{profile}.css")
        names = [*SHARED_STYLES, *own, f"{edition}.css", CLINIC_STYLE]
        paths = [path for style in names if (path := self._find("styles", style))]
        return "\n".join(_read(path) for path in paths)

    def own_styles(self, name: str) -> str:
        """Join the stylesheets of a page for those who print; a clinic's own rules stay out."""
        names = ("tokens.css", f"{name}.css")
        paths = [path for style in names if (path := self._find("styles", style))]
        return "\n".join(_read(path) for path in paths)

    def source(self, name: str) -> str:
        """Give a template as it is written."""
        path = self._find("templates", f"{name}.html")
        return _read(path) if path else ""

    def html(self, name: str, view: View, css: str) -> str:
        """Fill a template.

        Raises:
            ContentError: the template is broken; the place is its file and line.

        """
        environment = ImmutableSandboxedEnvironment(
            loader=FileSystemLoader(self._folders("templates")),
            autoescape=True,
            bytecode_cache=_Compiled(),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.filters["isolated"] = isolated
        try:
            return environment.get_template(f"{name}.html").render(view=view, css=css)
        except TemplateSyntaxError as error:
            place = Place(file=f"templates/{error.name}", line=error.lineno, column=1)
            raise ContentError.because(
                "this is no Jinja template", why=error.message or "", place=place
            ) from error
        except UnicodeDecodeError as error:
            raise _not_utf8(f"templates/{name}.html") from error
        except _FILLING_ERRORS as error:
            raise ContentError.because(
                "the template can't be filled",
                why=f"{type(error).__name__}: {error}",
                mend="compare it with the shipped template of that name",
                place=Place(file=f"templates/{name}.html"),
            ) from error

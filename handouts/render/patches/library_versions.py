"""The versions of the engine and of Pango, asked as the engine itself does.

The engine keeps its libraries in ``weasyprint.text.ffi``, which is not for others. Written for
WeasyPrint 70. Upstream could tell them beside ``weasyprint.__version__``; ``weasyprint --info``
prints Pango's.
"""

from __future__ import annotations

from dataclasses import dataclass

from handouts.render.loaded_engine import weasyprint


@dataclass(frozen=True, slots=True)
class LibraryVersions:
    """The engine and the libraries it stands on."""

    weasyprint: str
    pango: str
    subsets_with_harfbuzz: bool


def library_versions() -> LibraryVersions:
    """Give the versions of the engine and its libraries.

    Raises:
        MachineError: Pango's libraries are missing.

    """
    engine = weasyprint()
    from weasyprint.text.ffi import harfbuzz_subset, pango  # noqa: PLC0415

    number: int = pango.pango_version()
    return LibraryVersions(
        engine.__version__,
        f"{number // 10000}.{number // 100 % 100}.{number % 100}",
        bool(harfbuzz_subset),
    )

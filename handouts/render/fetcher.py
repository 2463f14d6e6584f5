"""What the layout engine may read: files below the allowed folders, and nothing else."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path, PurePath
from urllib.parse import urlsplit
from urllib.request import url2pathname

from weasyprint.urls import URLFetcher, URLFetcherResponse

from handouts.basics.inside import (
    LARGEST_PICTURE_BYTES,
    NotInsideError,
    plain_file,
    read_inside,
)
from handouts.load.pictures import as_drawn, kind_of, letters_of

_TYPES = {"SVG": "image/svg+xml", "PNG": "image/png", "JPEG": "image/jpeg"}


class _Changed(URLFetcherResponse):  # type: ignore[misc]
    """A picture that is not what its file holds: the engine would read the file again."""

    path = None


class LocalFetcher(URLFetcher):  # type: ignore[misc]
    """Reads pictures below the allowed folders; opens no connection, follows no link out.

    Any other address stops the layout, so that a piece is never printed without a part.
    """

    def __init__(self, *folders: Path) -> None:
        super().__init__(allowed_protocols=("file",), allow_redirects=False, fail_on_errors=True)
        self._folders = tuple(folder.resolve() for folder in folders)
        self.files: set[Path] = set()
        """The files that were read."""

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002
        """Give a file's bytes.

        Raises:
            ValueError: the address is not a picture below an allowed folder.

        """
        if url[:5].lower() == "data:":
            return self._picture(url, letters_of(url), "a picture written as letters")
        parts = urlsplit(url)
        if parts.scheme != "file" or parts.netloc:
            raise ValueError(f"{url[:80]} is not a file of the content folder")
        path = self._inside(url2pathname(parts.path))
        self.files.add(path)
        return self._picture(url, read_inside(path, LARGEST_PICTURE_BYTES), path.name)

    @staticmethod
    def _picture(url: str, data: bytes, name: str) -> URLFetcherResponse:
        kind = _TYPES.get(kind_of(data))
        if kind is None:
            raise ValueError(f"{name} is no SVG, PNG or JPEG")
        drawn, headers = as_drawn(data), {"Content-Type": kind}
        if drawn is data:
            return URLFetcherResponse(url, data, headers)
        return _Changed(url, drawn, headers)

    def _inside(self, written: str) -> Path:
        for folder in self._folders:
            with suppress(NotInsideError):
                return plain_file(folder, written, what="picture")
        raise ValueError(f"{PurePath(written).name[:80]} lies outside the content folder")

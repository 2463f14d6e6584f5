"""Where the shipped templates, styles and sample content lie."""

from __future__ import annotations

from pathlib import Path

import handouts


def shipped() -> Path:
    """Give the folder that holds ``templates``, ``styles`` and ``content.yaml``.

    In an installed wheel they stand in ``_assets`` beside the modules; in a checkout, at
    its top. Looking beside the modules first also ignores a stale copy that an editable
    install may have left in site-packages.
    """
    package = Path(handouts.__file__).resolve().parent
    installed = package / "_assets"
    return installed if installed.is_dir() else package.parent


def shipped_profile() -> Path:
    """Give the ICC profile of the press that is used where a clinic names none."""
    return shipped() / "styles" / "FOGRA39L_coated.icc"

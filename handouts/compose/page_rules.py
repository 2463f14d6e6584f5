"""CSS that follows from data: page sizes, and the clinic's colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.paper import Format, page_size, roll_fold

if TYPE_CHECKING:
    from handouts.compose.manifest import Manifest
    from handouts.models.clinic import Brand
    from handouts.paper import Paper, Size


def _tint(color: str, percent: int) -> str:
    """Mix a colour with white paper, as a screen of that percentage would look."""
    channels = (int(color[index : index + 2], 16) for index in (1, 3, 5))
    return "#" + "".join(f"{255 - (255 - c) * percent // 100:02x}" for c in channels)


def _colours(brand: Brand) -> str:
    colours = {
        "brand": brand.primary,
        "brand-tint": _tint(brand.primary, 12),
        "brand-line": _tint(brand.primary, 40),
        "accent": brand.accent,
        "accent-tint": _tint(brand.accent, 14),
    }
    return ":root { " + " ".join(f"--{name}: {c};" for name, c in colours.items()) + " }"


def panel_sizes(manifest: Manifest, paper: Paper) -> dict[str, Size]:
    """Give the page size of each panel; a sheet has none of its own."""
    if manifest.format is Format.ROLL_FOLD:
        return {spot.panel: spot.size for side in roll_fold(paper) for spot in side.spots}
    return {panel: page_size(manifest.format, paper) for panel in manifest.panels}


def page_rules(manifest: Manifest, paper: Paper, brand: Brand) -> str:
    """Write the rules for page sizes, panels and brand colours."""
    size = page_size(manifest.format, paper)
    rules = [
        _colours(brand),
        f"@page {{ size: {size.width.css} {size.height.css}; }}",
    ]
    for panel, panel_size in panel_sizes(manifest, paper).items():
        rules.append(
            f"@page {panel} {{ size: {panel_size.width.css} {panel_size.height.css}; }}\n"
            f'[data-panel="{panel}"] {{ page: {panel}; break-before: page; '
            f"--panel-height: {panel_size.height.css}; }}"
        )
    return "\n".join(rules)

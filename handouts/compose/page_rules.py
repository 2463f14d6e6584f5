"""CSS that follows from data: page sizes, and the clinic's colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.basics.choices import Edition
from handouts.basics.lengths import MM_PER_INCH, POINTS_PER_INCH
from handouts.basics.papers import page_size
from handouts.drawings.colours import WHITE, brand_colours, mix
from handouts.drawings.lettering import lines_of

if TYPE_CHECKING:
    from handouts.basics.folds import FoldedSheet
    from handouts.basics.lengths import Length
    from handouts.basics.papers import Paper, Size
    from handouts.compose.template_manifest import Foot, TemplateManifest
    from handouts.models.clinic import Brand
    from handouts.wording.language import Language


PT_PER_MM = float(POINTS_PER_INCH / MM_PER_INCH)
DANGER = "#a3121c"
"""Never the brand's; its contrast is 7.9 on white. In one ink it is black."""
_ONE_INK = (
    ":root { --brand: #000; --brand-ground: #000; --on-brand: #fff; --brand-tint: #fff; "
    "--brand-line: #000; --accent: #000; --accent-tint: #fff; --danger: #000; }"
)


def _colours(brand: Brand) -> str:
    printed = brand_colours(brand.primary)
    pale = printed.words != printed.ground
    colours = {
        "brand": printed.words,
        "brand-ground": printed.ground,
        "on-brand": printed.on_ground,
        "brand-tint": mix(WHITE, printed.ground, 0.4 if pale else 0.12),
        "brand-line": mix(WHITE, printed.words, 0.4),
        "accent": brand.accent,
        "danger": DANGER,
        "accent-tint": mix(WHITE, brand.accent, 0.14),
    }
    return ":root { " + " ".join(f"--{name}: {c};" for name, c in colours.items()) + " }"


def panel_sizes(
    manifest: TemplateManifest, paper: Paper, folded: FoldedSheet | None
) -> dict[str, Size]:
    """Give the page size of each panel in reading order; a sheet has none of its own."""
    if folded is not None:
        return folded.panel_sizes
    return {panel: page_size(manifest.format, paper) for panel in manifest.panels}


def page_number_rule(say: Language) -> str:
    """Write the words of a page's number as a property: what the styles put at a page's foot."""
    counters = {"page": "counter(page)", "pages": "counter(pages)"}
    content = " ".join(
        counters[part] if index % 2 else _css_string(part)
        for index, part in enumerate(say.parts("page.number"))
        if part
    )
    return f":root {{ --page-number: {content}; }}"


def _css_string(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


FOOT_SIZE_PT, FOOT_LEADING_PT = 9, 11
"""Of a running foot (``.provenance`` in styles/parts.css)."""


def foot_lines_lacking(foot: Foot | None, page: Size, paragraphs: tuple[str, ...]) -> int:
    """Say how many lines a foot's words take beyond those that its margin has room for."""
    if foot is None:
        return 0
    width_pt = (float(page.width.pt) - foot.beside_mm * PT_PER_MM) * foot.share
    lines = sum(lines_of(words, width_pt / FOOT_SIZE_PT) for words in paragraphs)
    return max(0, lines - foot.lines)


def foot_rule(lacking: int) -> str:
    """Give the margin what a long foot lacks."""
    return f":root {{ --foot-more: {lacking * FOOT_LEADING_PT}pt; }}"


LONG_NAME, VERY_LONG_NAME = 45, 70
LONG_ADDRESS, VERY_LONG_ADDRESS = 26, 50
"""In letters, from which on a clinic's name and its web address are set smaller."""


def long_words_rule(name: str, address: str) -> str:
    """Set long names and addresses smaller, down to the least size that is printed; then wrap."""
    sizes = ""
    if len(name) > LONG_NAME:
        sizes += f"--name-size: {'9pt' if len(name) > VERY_LONG_NAME else '10pt'};"
    if len(address) > LONG_ADDRESS:
        size = "9pt" if len(address) > VERY_LONG_ADDRESS else "11pt"
        sizes += f"--address-size: {size}; --address-leading: var(--leading);"
    return f":root {{ {sizes} }}" if sizes else ""


def page_rules(
    size: Size, panels: dict[str, Size], brand: Brand, edition: Edition, bleed: Length | None
) -> str:
    """Write the rules for page sizes, panels, bleed and brand colours."""
    rules = [
        _colours(brand) if edition is not Edition.INK_SAVER else _ONE_INK,
        f"@page {{ size: {size.width.css} {size.height.css}; }}",
        f":root {{ --sheet-height: {size.height.css}; }}",
    ]
    if bleed is not None:
        rules.append(f"@page {{ bleed: {bleed.css}; }} :root {{ --bleed: {bleed.css}; }}")
    for panel, panel_size in panels.items():
        rules.append(
            f"@page {panel} {{ size: {panel_size.width.css} {panel_size.height.css}; }}\n"
            f'[data-panel="{panel}"] {{ page: {panel}; break-before: page; '
            f"--panel-height: {panel_size.height.css}; }}"
        )
    return "\n".join(rules)

"""What a template sees of a section's blocks: paragraphs, lists, claims, warnings, counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.compose.template_manifest import SectionForm
from handouts.compose.views import BlockView, ClaimView, DotKind, DotsView, SectionView
from handouts.drawings.dots import dot, hundred_dots
from handouts.models.evidence import Certainty
from handouts.models.sections import Danger, Include

if TYPE_CHECKING:
    from handouts.compose.gather import Gatherer
    from handouts.models.base import Path
    from handouts.models.content import DangerBox
    from handouts.models.sections import Block, In100

_DOTS = {
    Certainty.NOT_RATED: 0,
    Certainty.VERY_LOW: 1,
    Certainty.LOW: 2,
    Certainty.MODERATE: 3,
    Certainty.HIGH: 4,
}
"""GRADE's four grades."""


def section_view(gather: Gatherer, name: str) -> SectionView:
    """Gather a section in the form that the template prints."""
    section = gather.content.sections[name]
    path: Path = ("sections", name)
    gather.print_text(section.heading, (*path, "heading"))
    brief = gather.manifest.sections is SectionForm.BRIEF and section.brief is not None
    form = "brief" if brief else "body"
    blocks: tuple[Block, ...] = getattr(section, form)
    views = tuple(_block(gather, block, (*path, form, index)) for index, block in enumerate(blocks))
    picture = gather.picture(section.picture, (*path, "picture"))
    if section.include is Include.CONTACT:
        gather.contact()
    return SectionView(name, section.heading, views, picture, section.include)


def _block(gather: Gatherer, block: Block, path: Path) -> BlockView:
    gather.print_all(block, path)
    unknown = block.unknowns is not None
    return BlockView(
        title=block.title,
        text=block.text,
        items=block.list or block.checklist or (),
        checklist=block.checklist is not None,
        claims=tuple(
            _claim(gather, name, rated=not unknown) for name in block.claims or block.unknowns or ()
        ),
        unknown=unknown,
        callout=block.callout,
        warning=block.warning,
        danger=_danger(gather, block.danger) if block.danger else None,
        dots=_dots(gather, block.in_100) if block.in_100 else None,
        visits=block.visits or (),
        refs=gather.refs(block.sources),
    )


def _claim(gather: Gatherer, name: str, *, rated: bool) -> ClaimView:
    claim = gather.content.evidence[name]
    path: Path = ("evidence", name)
    gather.print_all(claim, path)
    certainty = None
    if rated:
        word = gather.say.text(f"certainty.{claim.certainty}")
        certainty = gather.print_text(word, (*path, "certainty"))
    return ClaimView(
        claim.text, claim.basis, certainty, _DOTS[claim.certainty], gather.refs(claim.sources)
    )


def _danger(gather: Gatherer, which: Danger) -> DangerBox:
    """Gather a list of danger signs, which all pieces share."""
    if which is Danger.EMERGENCY:
        return gather.safety()
    box = gather.content.stop_and_call.after_needling
    if box is None:  # the content's model sees to it
        raise KeyError(which)
    gather.print_all(box, ("stop_and_call", "after_needling"))
    return box


def _dots(gather: Gatherer, counts: In100) -> DotsView:
    colour = gather.palette.primary
    kinds = "; ".join(f"{harm.count}: {harm.text}" for harm in counts.harms)
    return DotsView(
        of=counts.of,
        drawing=hundred_dots(
            [harm.count for harm in counts.harms], colour, counts.of, f"{counts.of}: {kinds}"
        ),
        kinds=tuple(
            DotKind(dot(number, colour), harm.count, harm.text)
            for number, harm in enumerate(counts.harms)
        ),
        rarer=counts.rarer,
        note=counts.note,
    )

"""Gathers what a page shows, and with it all that must be found on its paper."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from handouts.basics.choices import Side
from handouts.basics.errors import ContentError
from handouts.basics.findings import Report
from handouts.compose.dose_words import change_sides_words, dose_view, sided
from handouts.compose.fixed_pictures import draw_fixed
from handouts.compose.scripts import own_words
from handouts.compose.shown_clinic import address, people_words, web_words
from handouts.compose.template_manifest import ExerciseForm, TemplateManifest
from handouts.compose.templates import SHIPPED, Templates
from handouts.compose.views import (
    ExerciseView,
    ExpectedResultsView,
    LinkView,
    MustPrint,
    PictureView,
    ProvenanceView,
    QuoteView,
    SourceView,
)
from handouts.drawings.fixed.art import PictureWords
from handouts.drawings.person.exercise_drawings import UndrawableError, arrangement, draw_exercise
from handouts.drawings.person.inks import ONE_INK, in_brand
from handouts.drawings.qr import qr_code
from handouts.models.base import printed_strings
from handouts.wording.language import language

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from handouts.basics.kept import Cache
    from handouts.drawings.fixed.art import Art
    from handouts.drawings.palette import Palette
    from handouts.models.base import Path
    from handouts.models.content import Content, SafetyBox
    from handouts.models.dose import Dose
    from handouts.models.exercises import Exercise
    from handouts.models.pieces import Piece
    from handouts.models.sections import Picture
    from handouts.prescribe.own_exercise import OwnExercise
    from handouts.wording.language import Language


@dataclass
class Gatherer:
    """Gathers what must be printed while the view is made."""

    content: Content
    manifest: TemplateManifest
    palette: Palette
    drawings: Cache | None = None
    """What is kept of drawings."""
    templates: Templates = SHIPPED
    """Where the fixed pictures stand."""
    own_exercises: Mapping[str, OwnExercise] = field(default_factory=dict)
    """Exercises as one patient gets them; the others are the content's own."""
    unfit: Report = field(default_factory=Report)
    """What is wrong with them."""
    source_numbers: dict[str, int] = field(default_factory=dict)
    must: list[MustPrint] = field(default_factory=list)

    @property
    def say(self) -> Language:
        """The words of the program's own, in the content's language."""
        return language(self.content.language)

    def print_text(self, text: str, path: Path) -> str:
        """Note a text that must be printed, and give it back."""
        self.must.append(MustPrint(text, path))
        return text

    def print_private(self, text: str) -> None:
        """Note a text of the patient's own: it must be printed, and no message repeats it."""
        self.must.append(MustPrint(text, (), private=True))

    def print_all(self, value: object, path: Path) -> None:
        """Note every patient-facing text below a model."""
        for where, text in printed_strings(value, path):
            self.print_text(text, where)

    def refs(self, sources: Iterable[str]) -> tuple[int, ...]:
        """Number sources in the order in which they are first named."""
        return tuple(
            sorted(
                self.source_numbers.setdefault(source, len(self.source_numbers) + 1)
                for source in sources
            )
        )

    def picture(self, picture: Picture | None, path: Path) -> PictureView | None:
        """Gather a picture; a drawing is drawn in the edition's colours."""
        if picture is None:
            return None
        self.print_all(picture, path)
        svg = None
        if picture.drawing is not None:
            svg = self._drawn(picture.drawing, picture)
        return PictureView(svg, address(picture.file), picture.caption, picture.alt)

    def _drawn(self, art: Art, picture: Picture) -> str:
        words = PictureWords(picture.labels, picture.caption or picture.alt, picture.alt)
        try:
            return draw_fixed(self.templates, art, self.palette, words, f"art{len(self.must)}")
        except ContentError as error:
            self.unfit += error.report
            return ""

    def contact(self) -> None:
        """Note how to reach the clinic."""
        clinic = self.content.clinic
        self.print_text(clinic.name, ("clinic", "name"))
        self.print_text(clinic.phone, ("clinic", "phone"))
        for index, line in enumerate(clinic.address):
            self.print_text(line, ("clinic", "address", index))
        self.print_all(clinic.hours, ("clinic", "hours"))
        if clinic.when_closed:
            self.print_text(clinic.when_closed, ("clinic", "when_closed"))
        self.print_text(web_words(clinic.booking), ("clinic", "booking"))

    def exercise(self, name: str, dose: Dose) -> ExerciseView:
        """Gather an exercise with a dose; its words and drawings are for the dose's side."""
        exercise, own = self._as_given(name)
        path: Path = ("exercises", name)
        say = self.say
        shown = dose_view(say, dose)
        if not self.manifest.personal:
            rows = tuple(replace(row, start=None) for row in shown.rows)
            shown = replace(shown, start_words=None, rows=rows)
        stop_if = exercise.stop_if
        pain_fine = None
        if dose.pain_up_to is not None:
            pain = say.number(dose.pain_up_to)
            pain_fine = self.print_text(say.text("dose.pain_fine", n=pain), (*path, "stop_if"))
            rule = self.print_text(say.text("dose.pain", n=pain), (*path, "stop_if"))
            stop_if = (*(sign for sign in stop_if if sign not in exercise.stop_at_pain), rule)
        posture, change_sides = (
            say.text(f"posture.{exercise.posture}"),
            change_sides_words(say, dose),
        )
        video = exercise.video if self.manifest.personal else None
        if self.manifest.exercises is ExerciseForm.BRIEF:
            self.print_text(exercise.name, (*path, "name"))
            self.print_text(shown.short_words, (*path, "dose"))
        else:
            self._print_lines(exercise, own, path, dose, stop_if)
            if change_sides:
                self.print_text(change_sides, (*path, "dose", "side"))
            self.print_text(posture, (*path, "posture"))
            for words in (*shown.panel_texts, *self._side_choices(exercise)):
                self.print_text(words, (*path, "dose"))
            self.print_text(say.text("page.see_box"), ("stop_and_call", "heading"))
            for own_text in (shown.as_needed, shown.held):
                if own_text is not None:
                    self.print_private(own_text.text)

        def lines(texts: Iterable[str]) -> tuple[str, ...]:
            words = ((text in own, sided(say, text, dose.side)) for text in texts)
            return tuple(own_words(text) if is_own else text for is_own, text in words)

        return ExerciseView(
            exercise=exercise,
            posture=posture,
            dose=shown,
            steps=lines(exercise.steps),
            sides=sided(say, exercise.sides, dose.side) if exercise.sides else None,
            change_sides=change_sides,
            side_choices=self._side_choices(exercise),
            mistakes=lines(exercise.mistakes),
            stop_if=lines(stop_if),
            ask_first=lines(exercise.ask_first),
            see_box=say.text("page.see_box"),
            pain_fine=pain_fine,
            equipment=lines(exercise.equipment),
            video=self.link(video, (*path, "video")) if video else None,
            **self._pictures(name, dose),
        )

    def _side_choices(self, exercise: Exercise) -> tuple[str, ...]:
        """Give the sides to tick by hand, where nobody chose one of an exercise that has two."""
        if exercise.either_side is None:
            return ()
        return (self.say.text("side.left"), self.say.text("side.right"))

    def _print_lines(
        self,
        exercise: Exercise,
        own: frozenset[str],
        path: Path,
        dose: Dose,
        stop_if: tuple[str, ...],
    ) -> None:
        """Note the words of an exercise, of its stop signs those that are printed."""
        for where, text in printed_strings(exercise, path):
            part = where[len(path)]
            if part == "either_side" or (part == "stop_if" and text not in stop_if):
                continue
            words = sided(self.say, text, dose.side)
            if text in own:
                self.print_private(words)
            else:
                self.print_text(words, where)

    def _as_given(self, name: str) -> tuple[Exercise, frozenset[str]]:
        """Give an exercise, and which of its texts are a patient's alone."""
        if name in self.own_exercises:
            return self.own_exercises[name].exercise, self.own_exercises[name].own
        return self.content.exercises[name], frozenset()

    def exercises(self, doses: Iterable[tuple[str, Dose]]) -> tuple[ExerciseView, ...]:
        """Gather exercises with their doses.

        Raises:
            UndrawableError: some drawings can't be made. All are named.

        """
        views: list[ExerciseView] = []
        why: dict[tuple[str, str], str] = {}
        for name, dose in doses:
            try:
                views.append(self.exercise(name, dose))
            except UndrawableError as error:
                why.update(error.why)
        if why:
            raise UndrawableError(why)
        return tuple(views)

    def _pictures(self, name: str, dose: Dose) -> dict[str, Any]:
        exercise, _ = self._as_given(name)
        if self.manifest.exercises is ExerciseForm.BRIEF:
            return {"pictures": (), "arrangement": ""}
        if not exercise.drawings:
            own = tuple(
                PictureView(None, address(p.file), p.caption, p.alt) for p in exercise.pictures
            )
            return {"pictures": own, "arrangement": "squares"}
        palette = self.palette
        figures = draw_exercise(
            name,
            exercise.drawings,
            ONE_INK if palette.hatched else in_brand(palette.primary, palette.arrow),
            (self.say.side(Side.LEFT), self.say.side(Side.RIGHT)),
            dose.side,
            self.drawings,
        )
        pictures = []
        for key, figure in figures.items():
            caption = self.print_text(figure.caption, ("exercises", name, "drawings", key, "title"))
            pictures.append(PictureView(figure.place, None, caption, figure.alt, figure.form))
        return {"pictures": tuple(pictures), "arrangement": arrangement(figures.values())}

    def safety(self) -> SafetyBox:
        """Gather the stop-and-call box, which no sheet with exercises is without.

        Its last line is for who exercises by the sheet, and stands where exercises do.
        """
        box = self.content.stop_and_call
        exercised = self.manifest.exercises is ExerciseForm.FULL
        alone = box.model_copy(
            update={"after_needling": None, "milder": box.milder if exercised else None}
        )
        self.print_all(alone, ("stop_and_call",))
        return alone

    def link(self, url: str, path: Path) -> LinkView:
        """Gather a web address: as a code to scan, and in words."""
        words = self.print_text(web_words(url), path)
        return LinkView(url, words, self.code(url))

    def code(self, url: str) -> str:
        """Draw a web address as a code to scan."""
        return qr_code(url, title=self.say.text("page.qr_code", link=web_words(url)))

    def quotes(self, piece: Piece, path: Path) -> tuple[QuoteView, ...]:
        """Gather a piece's testimonials."""
        views: list[QuoteView] = []
        for index, quote in enumerate(piece.testimonials):
            testimonial = self.content.testimonials[quote.testimonial]
            text = quote.excerpt or testimonial.approved_text
            where: Path = ("testimonials", quote.testimonial)
            excerpt: Path = (*path, "testimonials", index, "excerpt")
            self.print_text(text, excerpt if quote.excerpt else (*where, "approved_text"))
            self.print_all(testimonial, where)
            views.append(QuoteView(text, testimonial.name, testimonial.compensation))
        return tuple(views)

    def expected_results(self) -> ExpectedResultsView:
        """Gather what people can generally expect."""
        expected = self.content.expected_results
        self.print_all(expected, ("expected_results",))
        return ExpectedResultsView(expected.text, self.refs(expected.sources))

    def sources(self) -> tuple[SourceView, ...]:
        """Gather the sources that were named, by number."""
        views = []
        for name, number in self.source_numbers.items():
            citation = self.content.sources[name].citation
            self.print_text(citation, ("sources", name))
            views.append(SourceView(number, citation))
        return tuple(views)

    def provenance(self) -> ProvenanceView:
        """Gather who made it and when, with the hash of all words noted before."""
        provenance, clinic = self.content.provenance, self.content.clinic
        path: Path = ("provenance",)
        makers = tuple(clinic.clinicians[name] for name in provenance.made_by)
        for name in provenance.made_by:
            self.print_all(clinic.clinicians[name], ("clinic", "clinicians", name))
        dated = self.print_text(self.say.day(provenance.dated), (*path, "dated"))
        review = self.print_text(self.say.day(provenance.next_review), (*path, "next_review"))
        self.print_text(clinic.feedback, ("clinic", "feedback"))
        words = "\n".join(must.text for must in self.must if not must.private)
        digest = hashlib.sha256(words.encode()).hexdigest()[:8]
        self.print_text(digest, path)
        people = people_words(self.say, makers)
        return ProvenanceView(makers, people, dated, review, clinic.feedback, digest)

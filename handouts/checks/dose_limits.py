"""Whether the content's own doses keep to the content's own limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.basics.findings import Finding, Severity
from handouts.prescribe.doses import SIDES, past_limits, unfit_parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.load.content import LoadedContent


def check_doses(loaded: LoadedContent) -> Iterator[Finding]:
    """Find doses of exercises and programmes that no sheet could be printed with."""
    content = loaded.content
    for name, exercise in content.exercises.items():
        for part, what, mend in unfit_parts(exercise, exercise.dose):
            yield Finding(
                f"{name}: {what}", "", mend, loaded.place(("exercises", name, "dose", part))
            )
        for passed in past_limits(exercise, exercise.dose):
            place = loaded.place(("exercises", name, "dose", passed.part))
            yield Finding(f"{name}: {passed.what}", "", f"{passed.mend}, or raise the limit", place)
    for name, programme in content.programmes.items():
        for id_, parts in programme.doses.items():
            path = ("programmes", name, "doses", id_)
            if id_ not in programme.exercises:
                why = "the dose would never be printed"
                mend = "add it to the programme's exercises, or take its dose out"
                yield Finding(
                    f"{id_} is not in the programme", why, mend, loaded.place(path, key=True)
                )
            exercise = content.exercises[id_]
            whole = exercise.dose.changed_by(parts)
            past = ((one.part, one.what, one.mend) for one in past_limits(exercise, whole))
            for part, what, mend in (*unfit_parts(exercise, parts), *past):
                yield Finding(f"{id_}: {what}", "", mend, loaded.place((*path, part)))
        for index, id_ in enumerate(programme.exercises):
            said = programme.doses.get(id_)
            named = said is not None and (said.side is not None or said.by_side is not None)
            if content.exercises[id_].sides is not None and not named:
                yield Finding(
                    f"the programme does not say which side of {id_} is stretched",
                    "each patient's sheet will have to",
                    f"write below doses: {id_}: {{side: …}}, with {SIDES}",
                    loaded.place(("programmes", name, "exercises", index)),
                    Severity.WARNING,
                )

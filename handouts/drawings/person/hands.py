"""The hand: palm, thumb and fingers, curled."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from handouts.drawings.person.body_part import SurfaceMark
from handouts.drawings.person.geometry import BoneFrame
from handouts.drawings.person.solids import Chain, blob

# Each finger: thumb-ward place at the knuckle, where it starts, length, all in cm.
_FINGERS = ((2.75, 8.6, 7.6), (0.95, 9.0, 8.6), (-0.9, 8.7, 8.0), (-2.65, 8.0, 6.2))


def _finger(
    hand: BoneFrame, s: float, start: tuple[float, float, float], curl: float
) -> list[BoneFrame]:
    across, begin, length = start
    frames = []
    frame = hand.child(-s * 0.1, -begin + 1.0, across)
    for share, bend in ((0.12, 0), (0.40, 0.55), (0.27, 0.9), (0.21, 0.7)):
        angle = -s * curl * bend
        c, d = np.cos(np.radians(angle)), np.sin(np.radians(angle))
        turn = np.array(((c, -d, 0), (d, c, 0), (0, 0, 1)))
        frame = BoneFrame(frame.origin, frame.axes @ turn)
        frames.append(frame)
        frame = frame.child(0, -length * share, 0)
    frames.append(frame)
    return frames


def hand_solids(hand: BoneFrame, s: float, curl_deg: float) -> tuple[Chain, ...]:
    """Palm, thumb and four fingers; `s` is +1 for the left hand."""
    palm = Chain(
        (
            blob(hand, (0, 0, 0), (1.9, 1.6, 2.6)),
            blob(hand, (-s * 0.2, -3.4, 0.1), (1.75, 2, 3.5)),
            blob(hand, (0, -8.0, 0), (1.35, 1.6, 3.9)),
        ),
    )
    thumb = Chain(
        (
            blob(hand, (-s * 0.5, -2.4, 2.0), (1.5, 1.6, 1.5)),
            blob(hand, (-s * 1.2, -5.6, 4.4), (1.15, 1.3, 1.2)),
            blob(hand, (-s * 1.5, -9.2, 5.2), (0.85, 0.9, 0.85)),
        ),
    )
    fingers = tuple(
        Chain(
            tuple(
                blob(frame, (0, 0, 0), (radius,))
                for frame, radius in zip(
                    _finger(hand, s, start, curl_deg), (1.05, 1.0, 0.92, 0.85, 0.72), strict=True
                )
            ),
            stiff=True,
        )
        for start in _FINGERS
    )
    return (palm, thumb, *fingers)


def finger_lines(hand: BoneFrame, s: float, curl_deg: float) -> tuple[SurfaceMark, ...]:
    """The lines between the fingers."""
    marks = []
    for side in (1.0, -1.0):
        for one, two in pairwise(_FINGERS):
            a, b = _finger(hand, s, one, curl_deg), _finger(hand, s, two, curl_deg)
            line = np.stack(
                [
                    (f.at(s * side * 0.7, 0, 0) + g.at(s * side * 0.7, 0, 0)) / 2
                    for f, g in zip(a[1:], b[1:], strict=True)
                ]
            )
            marks.append(SurfaceMark(line, hand.toward(s * side, 0, 0), 0.3))
    return tuple(marks)

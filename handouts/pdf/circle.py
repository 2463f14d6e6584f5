"""A circle as the curves of a content stream."""

from __future__ import annotations


def circle(x: float, y: float, radius: float) -> str:
    """Draw a circle's line around a point."""
    r = radius
    b = radius * 0.5523  # the handles of the Bezier curve that comes nearest to a quarter circle
    quarters = (
        (r, b, b, r, 0, r),
        (-b, r, -r, b, -r, 0),
        (-r, -b, -b, -r, 0, -r),
        (b, -r, r, -b, r, 0),
    )
    curves = " ".join(
        " ".join(f"{(x, y)[index % 2] + at:.4f}" for index, at in enumerate(quarter)) + " c"
        for quarter in quarters
    )
    return f"{x + r:.4f} {y:.4f} m {curves} s"

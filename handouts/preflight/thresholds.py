"""The limits of the checks: numbers that print shops and standards give, each with its source."""

from __future__ import annotations

from handouts.basics.choices import Limits
from handouts.basics.lengths import MM_PER_INCH, POINTS_PER_INCH

PT_PER_MM = float(POINTS_PER_INCH / MM_PER_INCH)

BOX_ROUNDING_PT = 0.01
"""Boxes are compared to a hundredth of a point: a file writes a millimetre to some places."""

LEAST_BLEED_MM = 3.0
"""Bleed on every side: 3 mm is what printers outside the US ask for; the US's 1/8 in is more."""

SAFE_FROM_TRIM_MM = {Limits.EUROPE: 5.0, Limits.US: 3.175}
"""Text stays so far from the trim on a press: cutting drifts (print shops ask 1/8 in to 5 mm)."""

SAFE_FROM_FOLD_MM = 6.35
"""Text stays 1/4 in from a fold: twice the 1/8 in that is the least margin at a trim, because
folding drifts more than cutting."""

OFFICE_EDGE_MM = 7.0
"""What a desk printer can't reach: 4 to 5 mm on most; 6.7 mm at one inkjet's bottom edge."""

INK_LIMIT_PERCENT = 300
"""Sum of the four inks on coated paper; FOGRA39's own limit is 330, sheetfed shops ask 300."""

DOTS_OVER_INK_LIMIT = 0.001
"""The share of a picture's dots that may be over it: JPEG rounding strays at hard edges."""

THINNEST_LINE_PT = 0.25
"""Thinner lines break up or vanish on a plate."""

LEAST_TEXT_PT = 5.0
"""Smaller type fills in or breaks up (print shops ask 5 to 6 pt)."""

LEAST_OWN_TEXT_PT = 9.0
"""The smallest type of this program's own pieces (styles/tokens.css)."""

MANY_INKS = 3
LEAST_INK = 0.05
"""Of 1: an ink as thin as that shows no edge."""

TYPE_OF_MANY_INKS_PT = 8.0
THINNEST_OF_MANY_INKS_PT = 0.33
"""Three inks are never quite in register, which shows on small type and thin lines."""

RICH_HEADLINE_PT = 18.0
"""From here on black may be mixed: a headline's strokes are wider than the plates are off."""

COVERED_ROUNDING_PT = 0.1

NEARLY_BLACK = 0.25
"""Brightness, 0 to 1 of the brightest of red, green and blue, up to which grey is taken for
black. Brand colours as dark as that are told from grey by their spread."""

MEANT_AS_GREY = 0.15
"""From this brightness on a true grey is meant as grey: dark grey text is no failed black."""

GREY_SPREAD = 0.1
"""Between the brightest and the darkest of red, green and blue, up to which a colour is grey."""

LOOK_DPI = 100
"""Pages are drawn at 100 dots per inch: 0.25 mm a dot, a twelfth of the bleed."""

WHITE_FROM = 250
"""Of 255: a dot whose channels all reach it has no ink."""

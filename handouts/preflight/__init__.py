"""Preflight: a written PDF looked at as a printer would, with other tools than wrote it.

PDFium draws the pages and places their text; playa reads the objects and every painting
operator. Neither had a hand in writing. A file that passes is preflight-checked, no more:
no free tool certifies a file for PDF/X-4.
"""

from collections.abc import Mapping

# playa 1.1's compiled stream class shares Mapping's cache of subclasses: were playa the first
# to ask whether a dictionary is a stream, Mapping would deny dictionaries from then on, in the
# whole process. What Mapping has once affirmed it never takes back, so it is asked first.
isinstance({}, Mapping)

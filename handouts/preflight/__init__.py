"""Preflight: a written PDF looked at as a printer would, with other tools than wrote it.

PDFium draws the pages and places their text; playa reads the objects and every painting
operator. Neither had a hand in writing. A file that passes is preflight-checked, no more:
no free tool certifies a file for PDF/X-4.
"""

"""The screen file."""
from __future__ import annotations
from pikepdf import Dictionary
class Screen:
    def complete(self, pdf, composed, moment):
        for page in pdf.pages:
            page.trimbox = page.mediabox
        pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)

"""The peer: a bare script that renders the same HTML files once each with WeasyPrint."""

import sys
from pathlib import Path

import weasyprint

base, *pages = sys.argv[1:]
for page in pages:
    weasyprint.HTML(
        string=Path(page).read_text(encoding="utf-8"), base_url=f"file://{base}/"
    ).write_pdf(str(Path(page).with_suffix(".pdf")))

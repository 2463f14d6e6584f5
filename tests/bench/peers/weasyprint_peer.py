"""A loop of WeasyPrint: the sheet's own HTML, with styles, fonts and pictures reused."""

from __future__ import annotations

from html import escape

from peer import Job, measure
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration


def draw(job: Job) -> int:
    """Draw each sheet as a file of its own; the last one stays in the target."""
    fonts = FontConfiguration()
    base = job.folder.as_uri() + "/"
    styles = CSS(filename=str(job.folder / "sheet.css"), font_config=fonts)
    template = (job.folder / "sheet.html").read_text("utf-8")
    pictures: dict[str, object] = {}
    size = 0
    for row in job.rows:
        html = template
        for slot, words in row.items():
            html = html.replace("{{" + slot + "}}", f"<bdi>{escape(words)}</bdi>")
        pdf = HTML(string=html, base_url=base).write_pdf(
            stylesheets=[styles], font_config=fonts, cache=pictures
        )
        size += len(pdf)
        job.target.write_bytes(pdf)
    return size


if __name__ == "__main__":
    measure(draw)

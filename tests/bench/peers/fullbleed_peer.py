"""fullbleed's compiled reflow: the sheet compiled once, its slots set anew for each row.

Slots in plain blocks keep to its quick way, which loses the letters that the first font lacks.
With ``whole`` as a last argument the slots that hold names stand in tables: then fullbleed
lays out each row anew, and draws the letters. With ``latin`` all names are in letters that the
first font has, as they might be in another clinic.
"""

from __future__ import annotations

import sys
from html import escape
from pathlib import Path
from typing import Any

import fullbleed
from peer import ACCENT, BRAND, DEEP, LINE, TINT, Job, measure

WHOLE, LATIN = "whole", "latin"
SLOTS = ("name", "initials", "goal", "next_visit", "note", "record")
LATIN_NAMES = (
    *("Maria", "Łukasz", "Sofía", "James", "Zoë"),
    *("Sample", "Żółć", "García", "Example", "O'Sample"),
)
BOXES_MM = {"beside": (27, 38), "stacked": (56, 22), "squares": (52, 26)}
"""How large a drawing may be, by how an exercise's drawings stand."""

CSS = f"""
@page {{ size: 612pt 792pt; margin: 10mm 10mm 16.5mm;
  @bottom-left {{ content: "FOOT"; width: 480pt;
    font-size: 9pt; line-height: 11pt; padding-top: 1.5mm; }}
  @bottom-right {{ content: "Page " counter(page) " of 2"; font-size: 9pt; padding-top: 1.5mm; }} }}
body {{ margin: 0; font-family: "Atkinson Hyperlegible", "Noto Sans", "Noto Sans Arabic",
  "Noto Sans Devanagari", "Noto Sans CJK JP"; font-size: 12pt; line-height: 14pt; color: #000; }}
p, h1, h2, table {{ margin: 0; padding: 0; }}
table {{ width: 100%; border-collapse: collapse; table-layout: fixed; }}
td, th {{ padding: 0; text-align: left; vertical-align: top; font-weight: normal; }}
h1, h2 {{ font-family: Fraunces; font-weight: 600; color: {BRAND}; }}
h1 {{ font-size: 22pt; line-height: 25pt; }}
h2 {{ font-size: 15pt; line-height: 19pt; }}
b {{ font-weight: bold; }}
.deep {{ color: {DEEP}; }}
.own {{ font-size: 9pt; line-height: 11pt; font-weight: bold; }}
.mast, .who {{ display: flex; }}
.mast {{ border-bottom: 3pt solid {ACCENT}; margin-bottom: 4pt; }}
.title {{ width: 133mm; }}
.brand {{ width: 50mm; font-size: 11pt; font-weight: bold; }}
.logo {{ width: 12mm; }}
.record {{ font-size: 9pt; line-height: 9pt; font-weight: normal; }}
.name {{ width: 133mm; font-size: 20pt; line-height: 24pt; font-weight: bold; }}
.from {{ width: 62mm; text-align: right; line-height: 15pt; }}
.goal {{ font-size: 14pt; line-height: 18pt; margin-bottom: 4pt; }}
.note {{ background: {TINT}; border-radius: 2mm; padding: 5pt 8pt; margin-bottom: 8pt;
  font-size: 14pt; line-height: 17pt; }}
.note h2 {{ color: #000; font-size: 14pt; line-height: 17pt; }}
.long {{ width: 100mm; font-size: 14pt; line-height: 18pt; font-weight: bold; color: {BRAND}; }}
.next {{ width: 95mm; font-size: 13pt; line-height: 18pt; font-weight: bold; }}
.safety {{ border: 1.5pt solid {DEEP}; border-radius: 2mm; padding: 3pt 10pt; margin: 4pt 0; }}
.action {{ font-size: 14pt; line-height: 17pt; font-weight: bold; color: {DEEP}; }}
.steps .number {{ width: 17pt; font-weight: bold; color: {BRAND}; }}
.steps .dot {{ width: 12pt; color: {ACCENT}; }}
.small {{ font-size: 10pt; line-height: 12pt; }}
.exercise {{ border-bottom: 0.5pt solid {LINE}; margin-bottom: 3pt; padding-bottom: 2pt; }}
.look {{ width: 58mm; }}
.gap {{ width: 5mm; }}
.dose {{ background: {TINT}; border-radius: 1.5mm; padding: 3pt 6pt; margin-top: 2pt;
  font-weight: bold; }}
.bold {{ font-weight: bold; }}
.log td, .log th {{ border: 0.5pt solid {LINE}; padding: 2pt 0; font-size: 10pt;
  line-height: 12pt; text-align: center; }}
.log .name-of {{ width: 46mm; text-align: left; padding-left: 4pt; }}
.log .bare {{ border: none; width: 46mm; text-align: left; padding-left: 4pt; font-weight: bold; }}
.log th {{ background: {TINT}; font-weight: bold; }}
.turn {{ font-weight: bold; text-align: right; }}
.back {{ break-before: page; }}
"""


def draw(job: Job) -> None:
    """Compile the sheet, and print all rows into one file."""
    engine = fullbleed.PdfEngine(
        page_width="612pt", page_height="792pt", font_files=_fonts(job), svg_form_xobjects=True
    )
    compiled = engine.compile_pdf(
        _html(job), CSS.replace("FOOT", f"{job.sheet['foot']} {job.sheet['about']}")
    )
    rows = [{**row, **_latin(row)} for row in job.rows] if sys.argv[-1] == LATIN else job.rows
    bindings = {slot: [row[slot] for row in rows] for slot in SLOTS}
    compiled.render_pdf_reflow_bindings_to_file(bindings, str(job.target))


def _latin(row: dict[str, str]) -> dict[str, str]:
    """Give a name in the first font's letters, as many as there are rows."""
    number = int(row["record"])
    first, last = LATIN_NAMES[number % 5], LATIN_NAMES[5 + number // 5 % 5]
    return {
        "name": f"{first} {last} {number // 25}",
        "initials": f"{first[0]}. {last[0]}. {str(number // 25)[0]}.",
    }


def _fonts(job: Job) -> list[str]:
    wanted = (
        "AtkinsonHyperlegible-Regular.ttf",
        "AtkinsonHyperlegible-Bold.ttf",
        "NotoSansCJK-Regular.ttc",
    )
    shipped = [font for font in job.sheet["fonts"] if Path(font).name in wanted]
    static = ("Fraunces", "NotoSans-Bold", "Arabic-Bold", "Devanagari-Bold")
    return [*shipped, *(str(job.folder / f"{name}.ttf") for name in static)]


def _numbered(texts: list[str]) -> str:
    rows = "".join(
        f'<tr><td class="number">{number}.</td><td>{escape(text)}</td></tr>'
        for number, text in enumerate(texts, 1)
    )
    return f'<table class="steps">{rows}</table>'


def _dotted(texts: list[str]) -> str:
    rows = "".join(f'<tr><td class="dot">•</td><td>{escape(text)}</td></tr>' for text in texts)
    return f'<table class="steps">{rows}</table>'


def _picture(job: Job, file: str, box_mm: tuple[float, float]) -> str:
    svg = (job.folder / file).read_text("utf-8")
    *_, width, height = map(float, svg.split('viewBox="', 1)[1].split('"', 1)[0].split())
    scale = min(box_mm[0] / width, box_mm[1] / height)
    size = f'width="{width * scale:.2f}mm" height="{height * scale:.2f}mm"'
    style = f'style="display: block; width: {width * scale:.2f}mm; height: {height * scale:.2f}mm"'
    return svg.replace("<svg ", f"<svg {size} {style} ", 1)


def _exercise(job: Job, number: int, item: dict[str, Any]) -> str:
    pictures = [
        _picture(job, picture["file"], BOXES_MM[item["arrangement"]])
        + f'<p class="small">{escape(picture["caption"])}</p>'
        for picture in item["pictures"]
    ]
    beside = "".join(f"<td>{picture}</td>" for picture in pictures)
    look = (
        f"<table><tr>{beside}</tr></table>"
        if item["arrangement"] == "beside"
        else "".join(pictures)
    )
    dose = "".join(f"<p>{escape(words)}</p>" for words in item["dose"])
    sides = f'<p class="bold">{escape(item["sides"])}</p>' if item["sides"] else ""
    return (
        f'<div class="exercise"><table><tr><td class="look">{look}'
        f'<div class="dose">{dose}</div></td><td class="gap"></td>'
        f"<td><h2>{number} {escape(item['name'])}</h2>"
        f"<p>{escape(item['purpose'])} {escape(item['where'])}</p>{sides}{_numbered(item['steps'])}"
        f"<p><b>Mistakes to avoid:</b> {escape(item['mistakes'])}</p>"
        f'<p><b class="deep">Stop if:</b> {escape(item["stop_if"])}</p></td></tr></table></div>'
    )


def _named(kind: str, words: str) -> str:
    if sys.argv[-1] == WHOLE:
        return f'<div class="{kind}"><table><tr><td class="{kind}">{words}</td></tr></table></div>'
    return f'<p class="{kind}">{words}</p>'


def _log(log: dict[str, Any]) -> str:
    weekdays = "".join(f"<th>{day}</th>" for day in log["weekdays"])
    days = "".join(f"<th>{day}</th>" for day in log["days"])
    empty = "<td></td>" * len(log["days"])
    rows = "".join(
        f'<tr><td class="name-of">{escape(name)}</td>{empty}</tr>' for name in log["rows"]
    )
    return (
        '<h2>Tick each time you did it</h2><table class="log">'
        f'<tr><td class="bare"></td>{weekdays}</tr>'
        f'<tr><td class="bare">{log["dates"]}</td>{days}</tr>{rows}</table>'
    )


def _html(job: Job) -> str:
    words = {name: escape(text) for name, text in job.sheet.items() if isinstance(text, str)}
    safety, asked = job.sheet["safety"], job.sheet["teach_back"]
    half = (len(safety["signs"]) + 1) // 2
    first, *others = (
        _exercise(job, number, item) for number, item in enumerate(job.sheet["exercises"], 1)
    )
    own = _named("own", f"{words['given_on']}, for {{{{initials}}}}")
    return f"""<!DOCTYPE html><html lang="en-US"><head><title>{words["title"]}</title></head><body>
<div class="mast"><div class="title"><h1>{words["title"]}</h1></div>
<div class="logo">{_picture(job, "logo.svg", (10, 10))}</div>
<div class="brand"><p class="record">No. {{{{record}}}}</p><p>{words["clinic"]}</p></div></div>
<div class="who">{_named("name", "For {{name}}")}
<div class="from"><p>{words["given_on"]}</p><p>{words["clinician"]}</p></div></div>
<p class="goal"><b>Your goal:</b> {{{{goal}}}}</p>
<div class="note"><h2>A note for you</h2><p>{{{{note}}}}</p></div>
<div class="who"><p class="long">{words["how_long"]}</p>
<p class="next">Next visit: {{{{next_visit}}}}</p></div>
<div class="safety"><h2 class="deep">{escape(safety["heading"])}</h2><p>{escape(safety["text"])}</p>
<table><tr><td>{_dotted(safety["signs"][:half])}</td><td>{_dotted(safety["signs"][half:])}</td></tr>
</table><p class="action">{escape(safety["action"])}</p><p>{escape(safety["milder"])}</p></div>
<h2>{escape(asked["heading"])}</h2>{_numbered(asked["questions"])}
<p class="small">Red shows the part that you stretch or press.
An arrow shows which way to move.</p>
{first}{_log(job.sheet["log"])}<p class="turn">Turn over: more exercises are on the back.</p>{own}
<div class="back">{"".join(others)}<p class="small">{words["help"]}</p>
<p class="small">{words["feedback"]}</p>{own}</div></body></html>"""


if __name__ == "__main__":
    measure(draw)

"""ReportLab: one document of platypus flowables, the drawings as forms that are drawn once."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

from fontTools.pens.basePen import BasePen
from fontTools.svgLib.path import parse_path
from peer import ACCENT, BRAND, DEEP, LINE, PAGE_PT, TINT, Job, measure
from reportlab.lib.colors import HexColor, black
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    HRFlowable,
    PageBreak,
    PageTemplate,
    Paragraph,
    Table,
)

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

MARGIN, FOOT = 10 * mm, 16.5 * mm
WIDTH = PAGE_PT[0] - 2 * MARGIN
CHINESE = "STSong-Light"
"""ReportLab embeds no fonts with PostScript outlines: the reader's own Chinese font stands in."""
OTHER_SCRIPTS = (
    ("[\u0600-\u06ff]", "Arabic-Bold"),
    ("[\u0900-\u097f]", "Devanagari-Bold"),
    ("[\u4e00-\u9fff]", CHINESE),
    ("[\u0400-\u04ff\u1e00-\u1eff]", "NotoSans-Bold"),
)


def _style(name: str, size: float, leading: float, **more: Any) -> ParagraphStyle:
    return ParagraphStyle(
        name,
        **{"fontName": "Text", "fontSize": size, "leading": leading, "textColor": black, **more},
    )


TEXT = _style("text", 12, 14)
BOLD = _style("bold", 12, 14, fontName="Text-Bold")
BRANDED = _style("branded", 14, 18, fontName="Text-Bold", textColor=BRAND)
VISIT = _style("visit", 13, 18, fontName="Text-Bold")
SMALL = _style("small", 10, 12)
SMALL_BOLD = _style("small-bold", 10, 12, fontName="Text-Bold")
RIGHT = _style("right", 12, 15, alignment=2)
TURN = _style("turn", 12, 14, alignment=2, fontName="Text-Bold")
CLINIC = _style("clinic", 11, 13, fontName="Text-Bold")
NAME = _style("name", 20, 24, fontName="Text-Bold", shaping=1)
GOAL = _style("goal", 14, 18)
NOTE = _style("note", 14, 17)
TITLE = _style("title", 22, 25, fontName="Display", textColor=BRAND)
HEAD = _style("head", 15, 19, fontName="Display", textColor=BRAND)
NOTE_HEAD = _style("note-head", 14, 17, fontName="Display")
STOP_HEAD = _style("stop-head", 15, 19, fontName="Display", textColor=DEEP)
ACTION = _style("action", 14, 17, fontName="Text-Bold", textColor=DEEP)
NUMBERED = {"leftIndent": 17, "bulletFontName": "Text-Bold", "bulletFontSize": 12}
STEP = _style("step", 12, 14, bulletColor=HexColor(BRAND), **NUMBERED)
SIGN = _style("sign", 12, 14, bulletColor=HexColor(ACCENT), **NUMBERED)


def draw(job: Job) -> None:
    """Draw all sheets into one file."""
    _register_fonts(job)
    drawings = {
        picture["file"]: Drawing(job.folder / picture["file"])
        for item in job.sheet["exercises"]
        for picture in item["pictures"]
    }
    drawings["logo.svg"] = Drawing(job.folder / "logo.svg")

    def foot(canvas: Canvas, document: BaseDocTemplate) -> None:
        row = job.rows[(document.page - 1) // 2]
        _draw_foot(canvas, job.sheet, row, (document.page - 1) % 2 + 1)

    document = BaseDocTemplate(str(job.target), pagesize=PAGE_PT, title=job.sheet["title"])
    frame = Frame(
        MARGIN, FOOT, WIDTH, PAGE_PT[1] - MARGIN - FOOT,
        leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
    )  # fmt: skip
    document.addPageTemplates([PageTemplate("sheet", [frame], onPage=foot)])
    story: list[Flowable] = []
    for row in job.rows:
        story += _front(job.sheet, row, drawings)
        story.append(PageBreak())
        story += _back(job.sheet, drawings)
        story.append(PageBreak())
    document.build(story)


def _register_fonts(job: Job) -> None:
    files = {Path(font).name: font for font in job.sheet["fonts"]}
    faces = {
        "Text": files["AtkinsonHyperlegible-Regular.ttf"],
        "Text-Bold": files["AtkinsonHyperlegible-Bold.ttf"],
        "Display": job.folder / "Fraunces.ttf",
        "NotoSans-Bold": job.folder / "NotoSans-Bold.ttf",
        "Arabic-Bold": job.folder / "Arabic-Bold.ttf",
        "Devanagari-Bold": job.folder / "Devanagari-Bold.ttf",
    }
    for name, path in faces.items():
        pdfmetrics.registerFont(TTFont(name, str(path), shapable=name != "Display"))
    pdfmetrics.registerFont(UnicodeCIDFont(CHINESE))


def _scripted(words: str) -> str:
    """Name the font of each word of another script, as ReportLab chooses none itself."""
    return " ".join(map(_scripted_word, words.split(" ")))


def _scripted_word(word: str) -> str:
    font = next((font for letters, font in OTHER_SCRIPTS if re.search(letters, word)), None)
    return f'<font name="{font}">{escape(word)}</font>' if font else escape(word)


class _PathPen(BasePen):  # type: ignore[misc]
    def __init__(self, path: Any) -> None:
        super().__init__(None)
        self._path = path

    def _moveTo(self, pt: tuple[float, float]) -> None:  # noqa: N802 - the pen's own name
        self._path.moveTo(*pt)

    def _lineTo(self, pt: tuple[float, float]) -> None:  # noqa: N802
        self._path.lineTo(*pt)

    def _curveToOne(  # noqa: N802
        self, pt1: tuple[float, float], pt2: tuple[float, float], pt3: tuple[float, float]
    ) -> None:
        self._path.curveTo(*pt1, *pt2, *pt3)

    def _closePath(self) -> None:  # noqa: N802
        self._path.close()

    def _endPath(self) -> None:  # noqa: N802
        pass


class Drawing:
    """An SVG of paths and circles, written as a form at its first use."""

    def __init__(self, file: Path) -> None:
        self._root = ET.parse(file).getroot()  # noqa: S314 - our own drawing
        *_, self.width, self.height = map(float, self._root.attrib["viewBox"].split())
        self._name = file.stem.replace("-", "_")

    def draw(self, canvas: Canvas) -> None:
        """Draw it in its own units, upside down as SVG counts."""
        if not canvas.hasForm(self._name):
            canvas.beginForm(self._name, 0, 0, self.width, self.height)
            self._draw_parts(canvas, self._root, {})
            canvas.endForm()
        canvas.doForm(self._name)

    def _draw_parts(self, canvas: Canvas, parent: ET.Element, inherited: dict[str, str]) -> None:
        look = {**inherited, **parent.attrib}
        for part in parent:
            kind = part.tag.rpartition("}")[2]
            if kind == "g":
                self._draw_parts(canvas, part, look)
            elif kind in {"path", "circle"}:
                _draw_part(canvas, part, {**look, **part.attrib})


def _draw_part(canvas: Canvas, part: ET.Element, look: dict[str, str]) -> None:
    path = canvas.beginPath()
    if "d" in part.attrib:
        parse_path(part.attrib["d"], _PathPen(path))
    else:
        path.circle(*(float(part.attrib[name]) for name in ("cx", "cy", "r")))
    fill, stroke = look.get("fill", "#000000"), look.get("stroke", "none")
    if fill != "none":
        canvas.setFillColor(HexColor(fill))
    if stroke != "none":
        canvas.setStrokeColor(HexColor(stroke))
        canvas.setLineWidth(float(look["stroke-width"]))
        canvas.setLineCap(1)
        canvas.setLineJoin(1)
    canvas.drawPath(
        path,
        fill=fill != "none",
        stroke=stroke != "none",
        fillMode=0 if look.get("fill-rule") == "evenodd" else 1,
    )


class Picture(Flowable):  # type: ignore[misc]
    """A drawing as large as fits into a box."""

    def __init__(self, drawing: Drawing, width: float, height: float) -> None:
        super().__init__()
        self._drawing = drawing
        self._scale = min(width / drawing.width, height / drawing.height)
        self.width, self.height = drawing.width * self._scale, drawing.height * self._scale

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Give its size in points."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw it."""
        self.canv.translate(0, self.height)
        self.canv.scale(self._scale, -self._scale)
        self._drawing.draw(self.canv)


def _grid(
    cells: list[list[Any]], widths: list[float], *style: tuple[Any, ...], **more: Any
) -> Table:
    whole = ((0, 0), (-1, -1))
    return Table(
        cells,
        colWidths=widths,
        hAlign="LEFT",
        style=[
            ("VALIGN", *whole, "TOP"),
            *((f"{side}PADDING", *whole, 0) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")),
            *style,
        ],
        **more,
    )


def _box(
    parts: list[Flowable], width: float, pad: tuple[float, float], *style: tuple[Any, ...]
) -> Table:
    whole = ((0, 0), (-1, -1))
    sides = (("LEFT", pad[0]), ("RIGHT", pad[0]), ("TOP", pad[1]), ("BOTTOM", pad[1]))
    return _grid(
        [[parts]],
        [width],
        *((f"{side}PADDING", *whole, points) for side, points in sides),
        *style,
        cornerRadii=[2 * mm] * 4,
        spaceBefore=4,
        spaceAfter=6,
    )


def _tinted() -> tuple[Any, ...]:
    return ("BACKGROUND", (0, 0), (-1, -1), HexColor(TINT))


def _numbered(texts: list[str]) -> list[Flowable]:
    return [
        Paragraph(escape(text), STEP, bulletText=f"{number}.")
        for number, text in enumerate(texts, 1)
    ]


def _exercise(number: int, item: dict[str, Any], drawings: dict[str, Drawing]) -> list[Flowable]:
    boxes = {
        "beside": (27 * mm, 38 * mm),
        "stacked": (56 * mm, 22 * mm),
        "squares": (52 * mm, 26 * mm),
    }
    pictures = [
        [
            Picture(drawings[picture["file"]], *boxes[item["arrangement"]]),
            Paragraph(escape(picture["caption"]), SMALL),
        ]
        for picture in item["pictures"]
    ]
    look: list[Flowable] = (
        [_grid([pictures], [28 * mm] * 2)]
        if item["arrangement"] == "beside"
        else [part for picture in pictures for part in picture]
    )
    dose = [Paragraph(escape(words), BOLD) for words in item["dose"]]
    look.append(_box(dose, 58 * mm, (6, 3), _tinted()))
    how: list[Flowable] = [
        Paragraph(f"{number} {escape(item['name'])}", HEAD),
        Paragraph(escape(f"{item['purpose']} {item['where']}"), TEXT),
    ]
    if item["sides"]:
        how.append(Paragraph(escape(item["sides"]), BOLD))
    how += _numbered(item["steps"])
    how += [
        Paragraph(f'<font name="Text-Bold" color="{color}">{words}:</font> {escape(text)}', TEXT)
        for words, color, text in (
            ("Mistakes to avoid", "black", item["mistakes"]),
            ("Stop if", DEEP, item["stop_if"]),
        )
    ]
    return [
        _grid([[look, "", how]], [58 * mm, 5 * mm, WIDTH - 63 * mm]),
        HRFlowable("100%", 0.5, color=HexColor(LINE), spaceBefore=2, spaceAfter=3),
    ]


def _safety(safety: dict[str, Any]) -> Table:
    signs = [Paragraph(escape(sign), SIGN, bulletText="•") for sign in safety["signs"]]
    half = (len(signs) + 1) // 2
    return _box(
        [
            Paragraph(escape(safety["heading"]), STOP_HEAD),
            Paragraph(escape(safety["text"]), TEXT),
            _grid([[signs[:half], signs[half:]]], [WIDTH / 2 - 10] * 2),
            Paragraph(escape(safety["action"]), ACTION),
            Paragraph(escape(safety["milder"]), TEXT),
        ],
        WIDTH,
        (10, 3),
        ("BOX", (0, 0), (-1, -1), 1.5, HexColor(DEEP)),
    )


def _log(log: dict[str, Any]) -> list[Flowable]:
    days = len(log["days"])
    cells = [
        ["", *log["weekdays"]],
        [log["dates"], *log["days"]],
        *([name, *[""] * days] for name in log["rows"]),
    ]
    first = 46 * mm
    return [
        Paragraph("Tick each time you did it", HEAD),
        Table(
            cells,
            colWidths=[first, *[(WIDTH - first) / days] * days],
            rowHeights=16.5,
            hAlign="LEFT",
            style=[
                ("FONT", (0, 0), (-1, 1), "Text-Bold", 10),
                ("FONT", (0, 2), (-1, -1), "Text", 10),
                ("ALIGN", (1, 0), (-1, -1), "CENTER"),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                ("LEFTPADDING", (0, 0), (-1, -1), 4),
                ("RIGHTPADDING", (0, 0), (-1, -1), 4),
                ("BACKGROUND", (1, 0), (-1, 1), HexColor(TINT)),
                ("GRID", (1, 0), (-1, 1), 0.5, HexColor(LINE)),
                ("GRID", (0, 2), (-1, -1), 0.5, HexColor(LINE)),
            ],
        ),
    ]


def _front(
    sheet: dict[str, Any], row: dict[str, str], drawings: dict[str, Drawing]
) -> list[Flowable]:
    side = 62 * mm
    brandmark = _grid(
        [
            [
                Picture(drawings["logo.svg"], 10 * mm, 10 * mm),
                Paragraph(escape(sheet["clinic"]), CLINIC),
            ]
        ],
        [12.5 * mm, side - 12.5 * mm],
    )
    given = [
        Paragraph(escape(sheet["given_on"]), RIGHT),
        Paragraph(escape(sheet["clinician"]), RIGHT),
    ]
    goal = f'<font name="Text-Bold">Your goal:</font> {_scripted(row["goal"])}'
    note = [Paragraph("A note for you", NOTE_HEAD), Paragraph(_scripted(row["note"]), NOTE)]
    visit = Paragraph(f"Next visit: {_scripted(row['next_visit'])}", VISIT)
    return [
        _grid([[Paragraph(escape(sheet["title"]), TITLE), brandmark]], [WIDTH - side, side]),
        HRFlowable("100%", 3, color=HexColor(ACCENT), spaceBefore=3, spaceAfter=5),
        _grid([[Paragraph(f"For {_scripted(row['name'])}", NAME), given]], [WIDTH - side, side]),
        Paragraph(goal, GOAL),
        _box(note, WIDTH, (8, 5), _tinted()),
        _grid([[Paragraph(escape(sheet["how_long"]), BRANDED), visit]], [WIDTH - 95 * mm, 95 * mm]),
        _safety(sheet["safety"]),
        Paragraph(escape(sheet["teach_back"]["heading"]), HEAD),
        *_numbered(sheet["teach_back"]["questions"]),
        Paragraph(
            "Red shows the part that you stretch or press. An arrow shows which way to move.", SMALL
        ),
        *_exercise(1, sheet["exercises"][0], drawings),
        *_log(sheet["log"]),
        Paragraph("Turn over: more exercises are on the back.", TURN),
    ]


def _back(sheet: dict[str, Any], drawings: dict[str, Drawing]) -> list[Flowable]:
    parts = [
        part
        for number, item in enumerate(sheet["exercises"][1:], 2)
        for part in _exercise(number, item, drawings)
    ]
    parts += [Paragraph(escape(sheet[words]), SMALL) for words in ("help", "feedback")]
    return parts


FOOT_STYLE = _style("foot", 9, 11, shaping=1)


def _draw_foot(canvas: Canvas, sheet: dict[str, Any], row: dict[str, str], number: int) -> None:
    own = f"{escape(sheet['given_on'])}, for {_scripted(row['initials'])}"
    words = (
        f'{escape(sheet["foot"])} <font name="Text-Bold">{own}</font><br/>{escape(sheet["about"])}'
    )
    paragraph = Paragraph(words, FOOT_STYLE)
    paragraph.wrap(WIDTH * 0.9, 30)
    paragraph.drawOn(canvas, MARGIN, 20)
    canvas.setFont("Text", 9)
    canvas.drawRightString(PAGE_PT[0] - MARGIN, 22, f"Page {number} of 2")
    if number == 1:
        canvas.drawRightString(PAGE_PT[0] - MARGIN - 55, PAGE_PT[1] - 26, f"No. {row['record']}")


if __name__ == "__main__":
    measure(draw)

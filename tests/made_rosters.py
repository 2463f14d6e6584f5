"""Lists of people in the forms and encodings that spreadsheets have, with what is to come out.

Nobody in them is real. Each is right when all its people are read as they were written, or when
it is refused in words that name the place and the mend; ``people`` and ``told`` say which.
"""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import io
import re
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

import openpyxl
from openpyxl.styles import Font

from handouts.intake.roster.columns import SaidColumns
from handouts.intake.roster.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

PROGRAMME = "neck-and-head-start"
PLAIN = ("Ada Sample", "Ben Example", "Cy Placeholder")
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Made:
    """A list of people, and what is to come out of it."""

    name: str
    form: str
    encoding: str
    data: bytes
    people: tuple[str, ...] = ()
    """Names as they are printed, in the list's order; none where the whole file is refused."""
    told: tuple[str, ...] = ()
    """Parts of findings: each is in one of them."""
    bad: tuple[int, ...] = ()
    """Rows that are given back."""
    suffix: str = ".csv"
    reading: Reading = field(default_factory=Reading)
    default: bool = False
    """Whether a programme is given for rows that name none."""
    own: tuple[tuple[str, str], ...] = ()
    """What the first person's sheet says beside, by a prescription's keys."""


def table(rows: Iterable[Row], *, between: str = ",", ends: str = "\r\n", quote: int = 0) -> str:
    """Write rows as text."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=between, lineterminator=ends, quoting=quote).writerows(rows)  # type: ignore[arg-type]
    return text.getvalue()


def people(names: Sequence[str], header: Row = ("name", "programme")) -> list[Row]:
    """Make the rows of a plain list."""
    return [header, *((name, PROGRAMME) for name in names)]


def workbook(
    rows: Iterable[Row], change: Callable[[Any], None] | None = None, **parts: str
) -> bytes:
    """Make a workbook; ``parts`` are put in place of text in its worksheet's part."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for cells in rows:
        sheet.append(cells)
    if change is not None:
        change(sheet)
    data = io.BytesIO()
    book.save(data)
    return repacked(data.getvalue(), parts) if parts else data.getvalue()


def repacked(data: bytes, texts: dict[str, str]) -> bytes:
    """Put other text in place of some in each part of a package."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as parts, zipfile.ZipFile(made, "w") as target:
        for part in parts.infolist():
            text = parts.read(part)
            for old, new in texts.items():
                text = text.replace(old.encode(), new.encode())
            target.writestr(part.filename, text)
    return made.getvalue()


def with_shared_texts(data: bytes) -> bytes:
    """Keep a workbook's texts in a list of their own, as Excel does."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        held = {name: parts.read(name).decode() for name in parts.namelist()}
    name, types = "xl/worksheets/sheet1.xml", "[Content_Types].xml"
    words: list[str] = []

    def number(found: re.Match[str]) -> str:
        words.append(found[1])
        return f't="s"><v>{len(words) - 1}</v></c>'

    inline = re.compile(r't="inlineStr"><is><t[^>]*>(.*?)</t></is></c>', re.DOTALL)
    held[name] = inline.sub(number, held[name])
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    texts = "".join(f"<si><t>{word}</t></si>" for word in words)
    held["xl/sharedStrings.xml"] = f'<sst xmlns="{space}">{texts}</sst>'
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    held[types] = held[types].replace("</Types>", override)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        for part, text in held.items():
            target.writestr(part, text)
    return made.getvalue()


STRICT = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "style")
)


def spreadsheet(rows: Iterable[str]) -> bytes:
    """Make an OpenDocument spreadsheet of rows in XML."""
    styles = (
        '<office:automatic-styles><style:style style:name="gone" style:family="table-cell">'
        '<style:text-properties style:text-line-through-style="solid"/></style:style>'
        "</office:automatic-styles>"
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {_SPACES}>{styles}<office:body>'
        f'<office:spreadsheet><table:table table:name="People">{"".join(rows)}'
        '<table:table-row table:number-rows-repeated="1048500"><table:table-cell '
        'table:number-columns-repeated="1024"/></table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        target.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        target.writestr("content.xml", content)
    return made.getvalue()


def ods_row(*cells: str, more: str = "") -> str:
    """Write a row of an OpenDocument spreadsheet: texts, or whole cells in XML."""
    return f"<table:table-row{more}>{''.join(map(ods_cell, cells))}</table:table-row>"


def ods_cell(text: str, more: str = ' office:value-type="string"') -> str:
    if text.startswith("<"):
        return text
    return f"<table:table-cell{more}><text:p>{escape(text)}</text:p></table:table-cell>"


# -- text files in every encoding ------------------------------------------------------------

UNICODE = {
    "utf-8": "utf-8",
    "utf-8 with a mark": "utf-8-sig",
    "utf-16 with a mark": "utf-16",
    "utf-16 the other way round": "utf-16-be with a mark",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
}
WORLD = ("Zoë Müller", "Łukasz Żółć", "Анна Образцова", "李小龙", "محمد مثال", "Ṣàkà Òjó", "O")
CYRILLIC = "ФИО,цель\r\nАнна Образцова,\r\nПётр Примеров,\r\n"
OTHERS = {
    "cp1250": ("Łukasz Żółć", "Małgorzata Wiśniewska", "Zofia Dąbrowska"),
    "iso8859_2": ("Łukasz Żółć", "Małgorzata Wiśniewska", "Zofia Dąbrowska"),
    "cp1251": ("Анна Образцова", "Пётр Примеров", "Ольга Пример"),
    "koi8_r": ("Анна Образцова", "Пётр Примеров", "Ольга Пример"),
    "cp866": ("Анна Образцова", "Пётр Примеров", "Ольга Пример"),
    "cp1252": ("Zoë Müller", "José Peña", "François Lefèvre"),
    "cp1253": ("Ελένη Παράδειγμα", "Γιώργος Δείγμα", "Ζωή Άλλη"),
    "cp1254": ("Çağrı Şimşek", "İpek Yılmaz", "Oğuz Güneş"),
    "cp1255": ("עדה דוגמה", "משה לוי", "שרה כהן"),
    "cp1256": ("محمد مثال", "فاطمة نموذج", "عمر خالد"),
    "cp1257": ("Šarūnas Žukauskas", "Jānis Bērziņš", "Ėglė Ąžuolaitė"),
    "cp874": ("สมชาย ใจดี", "สมหญิง รักไทย", "มานะ ตัวอย่าง"),
    "cp932": ("山田 太郎", "佐藤 花子", "さくら もも"),
    "euc_jp": ("山田 太郎", "佐藤 花子", "さくら もも"),
    "iso2022_jp": ("山田 太郎", "佐藤 花子", "さくら もも"),
    "gbk": ("张伟", "王芳", "李娜", "刘洋"),
    "big5": ("張偉", "王芳", "李娜", "劉洋"),
    "cp949": ("김민준", "이서연", "박지훈"),
    "mac_roman": ("Zoë Müller", "José Peña", "François Lefèvre"),
    "cp437": ("Zoë Müller", "José Peña", "Ñusta Ülo"),
    "utf-32": ("Zoë Müller", "José Peña", "François Lefèvre"),
}


def encoded(text: str, encoding: str) -> bytes:
    if encoding.endswith("with a mark"):
        return codecs.BOM_UTF16_BE + text.encode("utf-16-be")
    return text.encode(encoding)


def in_encodings() -> Iterator[Made]:
    """Give lists in Unicode, with each delimiter; and others, with and without a word about it."""
    for label, encoding in UNICODE.items():
        for between, called in {
            ",": "commas",
            ";": "semicolons",
            "\t": "tabs",
            "|": "bars",
        }.items():
            text = table(people(WORLD), between=between)
            yield Made(f"{called} in {label}", called, label, encoded(text, encoding), WORLD)
    for encoding in ("utf-16-le", "utf-16-be"):
        yield Made(
            f"Russian in {encoding}",
            "commas",
            encoding,
            CYRILLIC.encode(encoding),
            ("Анна Образцова", "Пётр Примеров"),
            default=True,
        )
    for encoding, names in OTHERS.items():
        data = table(people(names)).encode(encoding)
        what = "UTF-32" if encoding == "utf-32" else "--encoding "
        yield Made(f"{encoding} unasked", "commas", encoding, data, told=(":1:1", what))
        if encoding != "utf-32":
            reading = Reading(encoding=encoding)
            yield Made(f"{encoding} asked", "commas", encoding, data, names, reading=reading)


def damaged() -> Iterator[Made]:
    """Give text whose letters came to harm."""
    text = table(people(WORLD[:3]))
    spoilt = text.encode().replace("Müller".encode(), b"M\xfcller")
    told = (":2:1", "not written in UTF-8")
    yield Made("one bad byte", "bad bytes", "utf-8", spoilt, told=told)
    yield Made(
        "UTF-8 named cp1252",
        "commas",
        "utf-8",
        text.encode(),
        told=("take --encoding out",),
        reading=Reading(encoding="cp1252"),
    )
    yield Made(
        "an encoding that is none",
        "commas",
        "utf-8",
        text.encode(),
        told=("is no encoding",),
        reading=Reading(encoding="rot13"),
    )
    yield Made("cut UTF-16", "commas", "utf-16", text.encode("utf-16")[:-1], told=("UTF-16",))
    for wrong in ("cp1252", "latin-1", "cp1250", "mac_roman", "cp437"):
        twice = text.replace("Łukasz Żółć", "Łucja")
        name = "Łucja".encode().decode(wrong, "replace")
        if "\ufffd" in name:
            continue
        data = twice.replace("Łucja", name).encode()
        yield Made(
            f"doubly encoded by {wrong}",
            "doubly encoded",
            "utf-8",
            data,
            ("Zoë Müller", "Анна Образцова"),
            ("wrong encoding",),
            (3,),
        )
    yield Made(
        "doubly encoded by cp1251",
        "doubly encoded",
        "utf-8",
        table(people(("Анна".encode().decode("cp1251"), *PLAIN))).encode(),
        PLAIN,
        ("wrong encoding",),
        (2,),
    )
    lost = table(people(("Mu?oz Sample", "??? ??????", "Jo\ufffdo", *PLAIN))).encode()
    yield Made(
        "letters lost",
        "letters lost",
        "utf-8",
        lost,
        PLAIN,
        ("question mark", "letter was lost"),
        (2, 3, 4),
    )


# -- what stands in the cells ----------------------------------------------------------------

NO_NAMES = (
    "TBD",
    "N/A",
    "?",
    "nan",
    "12345",
    "ada@example.org",
    "123-45-6789",
    "\u200b",
    "\u00ad",
    "#N/A",
    "=B2",
    "0",
    "null",
    "-",
    "Ada 555-123-4567",
    "Za\u0301\u0301\u0301\u0301lgo",
    "unknown",
    "TRUE",
    "Err:502",
    "(full name)",
    "Zo=C3=AB",
    "#BEZUG!",
    "#NV",
    "M&uuml;ller",
    "M\\u00fcller",
    "Ada _x000D_Sample",
    "\ufeffname",
)
REAL_NAMES = (
    "Nan Sample",
    "Null",
    "Na",
    "O",
    "J.",
    "Test Patient",
    "Zoë 2",
    "Christopher Null",
    "Total Recall",
    "Grace Day",
    "May Session",
    "Wednesday Sample",
    "Nguyễn Thị Ánh",
    "Åse Đžumhur",
    "D'Arcy O'Neil-Smith",
    "April May",
)


def of_names() -> Iterator[Made]:
    for name in NO_NAMES:
        data = table(people((*PLAIN[:1], name, *PLAIN[1:]))).encode()
        yield Made(f"no name: {name!r}", "no names", "utf-8", data, PLAIN, (":3:1",), (3,))
    yield Made("odd names", "names", "utf-8", table(people(REAL_NAMES)).encode(), REAL_NAMES)
    parts = [("first name", "last name", "programme")]
    parts += [(*name, PROGRAMME) for name in (("Ada", "0"), ("Ada", "nan"), ("CHRIS", "NULL"))]
    yield Made(
        "parts of names",
        "two columns",
        "utf-8",
        table(parts).encode(),
        ("CHRIS NULL",),
        ("a zero stands", "no name stands"),
        (2, 3),
    )


def of_rows() -> Iterator[Made]:
    """Give lists in which rows stand that are no people."""
    head = ("name", "programme", "side", "copies")
    who = [(name, PROGRAMME, "each", "1") for name in PLAIN]
    for total in ("Total", "TOTAL:", "Grand total", "Summe", "Итого", "Total participants: 3"):
        rows = [head, *who, (total, "", "", "3")]
        yield Made(
            f"a sum: {total}",
            "a sum below",
            "utf-8",
            table(rows).encode(),
            PLAIN,
            (":5:1", "is a sum"),
            (5,),
            default=True,
        )
    for title in (
        "MORNING SESSION",
        "Group B",
        "Saturday 9:00 am session",
        "Walk-ins group:",
        "Patients",
    ):
        rows = [head, who[0], (title, "", "", ""), *who[1:]]
        yield Made(
            f"a heading: {title}",
            "headings",
            "utf-8",
            table(rows).encode(),
            PLAIN,
            (":3:1", "is a heading"),
            (3,),
            default=True,
        )
    for again in (head, ("Name", "Programme", "Side", "Copies"), ("Patient", "", "", "")):
        rows = [head, who[0], again, *who[1:]]
        yield Made(
            f"the header again: {again}",
            "a repeated header",
            "utf-8",
            table(rows).encode(),
            PLAIN,
            ("repeats the header",),
            (3,),
            default=True,
        )
    rows = [head, *who, who[1]]
    yield Made(
        "a row twice",
        "a row twice",
        "utf-8",
        table(rows).encode(),
        (*PLAIN, PLAIN[1]),
        ("1 row is the same as one above: 5",),
    )
    names = tuple(f"Person {letter}" for letter in "ABCDEFGHIJ")
    lone = [head, *((name, PROGRAMME, "each", "1") for name in names), ("See Jo", "", "", "")]
    yield Made(
        "a remark",
        "a remark below",
        "utf-8",
        table(lone).encode(),
        (*names, "See Jo"),
        ("filled in one column alone: 12",),
        default=True,
    )
    gone = [
        ("name", "programme", "Canceled"),
        *((n, PROGRAMME, "false") for n in PLAIN[:2]),
        (PLAIN[2], PROGRAMME, "true"),
    ]
    yield Made(
        "cancelled",
        "an export with cancelled visits",
        "utf-8",
        table(gone).encode(),
        PLAIN[:2],
        ("does not come",),
        (4,),
    )


# -- headers ---------------------------------------------------------------------------------


def of_headers() -> Iterator[Made]:
    for label, head in {
        "Spanish": ("Nombre completo", "Programa"),
        "French": ("Nom du patient", "Programme d'exercices"),
        "German": ("Patientenname", "Übungsprogramm"),
        "Italian": ("Paziente", "Programma"),
        "Portuguese": ("Nome do paciente", "Programa de exercícios"),
        "Dutch": ("Volledige naam", "Oefenprogramma"),
        "Polish": ("Imię i nazwisko", "Program ćwiczeń"),
        "Russian": ("ФИО", "Программа"),
        "Chinese": ("姓名", "方案"),
        "Japanese": ("氏名", "プログラム"),
        "Korean": ("성명", "프로그램"),
        "Vietnamese": ("Họ và tên", "Program"),
        "Arabic": ("الاسم الكامل", "Program"),
    }.items():
        yield Made(
            f"a header in {label}",
            f"a header in {label}",
            "utf-8",
            table(people(PLAIN, head)).encode(),
            PLAIN,
            default=True,
        )
    for label, first, last, pairs, names in (
        ("German", "Vorname", "Name", ("Ada", "Müller"), "Ada Müller"),
        ("French", "Prénom", "Nom", ("Ada", "Lefèvre"), "Ada Lefèvre"),
        ("Spanish", "Nombre", "Apellidos", ("Ada", "Peña Muestra"), "Ada Peña Muestra"),
        ("Italian", "Nome", "Cognome", ("Ada", "Esempio"), "Ada Esempio"),
        ("Portuguese", "Nome", "Sobrenome", ("Ada", "Exemplo"), "Ada Exemplo"),
        ("Dutch", "Voornaam", "Naam", ("Ada", "de Vries"), "Ada de Vries"),
        ("Polish", "Imię", "Nazwisko", ("Ada", "Żółć"), "Ada Żółć"),
        ("Russian", "Имя", "Фамилия", ("Анна", "Пример"), "Анна Пример"),
        ("Japanese", "名", "姓", ("太郎", "山田"), "山田太郎"),
        ("Vietnamese", "Tên", "Họ", ("Ánh", "Nguyễn"), "Nguyễn Ánh"),
        ("English", "First Name", "Last Name", ("太郎", "山田"), "山田太郎"),
    ):
        rows = [(last, first, "programme"), (pairs[1], pairs[0], PROGRAMME)]
        yield Made(
            f"two columns in {label}, {first}",
            f"two columns in {label}",
            "utf-8",
            table(rows).encode(),
            (names,),
        )
    two = [("Name", "First name", "programme"), ("Sample", "Ada", PROGRAMME)]
    yield Made(
        "Name and First name",
        "two columns",
        "utf-8",
        table(two).encode(),
        told=("both name the patient", "--column"),
    )
    calendly = [
        (
            "Event Type Name",
            "Invitee Name",
            "Invitee First Name",
            "Invitee Last Name",
            "Invitee Email",
            "Start Date & Time",
            "Canceled",
        ),
        *(("Fair", n, *n.split(), "a@example.org", "2026-11-28 09:00 AM", "false") for n in PLAIN),
    ]
    yield Made(
        "Calendly",
        "Calendly's export",
        "utf-8",
        table(calendly).encode(),
        PLAIN,
        default=True,
        own=(("given_on", "2026-11-28"),),
    )
    google = [
        ("Timestamp", "What is your full name?", "Email Address"),
        *(("11/20/2026 15:04:05", n, "a@example.org") for n in PLAIN),
    ]
    yield Made(
        "Google Forms",
        "Google Forms' export",
        "utf-8",
        table(google, quote=1).encode(),
        PLAIN,
        default=True,
    )
    index = [("", "name", "programme"), *((n, *row) for n, row in enumerate(people(PLAIN)[1:]))]
    yield Made("pandas", "an index column", "utf-8", table(index, ends="\n").encode(), PLAIN)
    for head in ("Pt", "PT"):
        rows = people(PLAIN, (head, "programme"))
        yield Made(
            f"{head} alone", "Pt", "utf-8", table(rows).encode(), told=(f'--column "name={head}"',)
        )
        said = Reading(columns=SaidColumns((("name", head),)))
        yield Made(f"{head} told", "Pt", "utf-8", table(rows).encode(), PLAIN, reading=said)
    both = [("Patient", "Pt", "programme"), *((n, "x", PROGRAMME) for n in PLAIN)]
    yield Made(
        "Pt beside", "Pt", "utf-8", table(both).encode(), PLAIN, ('--column "clinician=Pt"',)
    )
    rows = people(PLAIN, ("Who comes", "programme"))
    said = Reading(columns=SaidColumns((("name", "who  COMES"),)))
    yield Made("a told column", "told columns", "utf-8", table(rows).encode(), PLAIN, reading=said)
    yield Made(
        "an untold column",
        "told columns",
        "utf-8",
        table(rows).encode(),
        told=('there is no column "name"', "--column"),
    )
    wrong = Reading(columns=SaidColumns((("name", "Guest"),)))
    yield Made(
        "a column that is not there",
        "told columns",
        "utf-8",
        table(rows).encode(),
        told=('there is no column "Guest"',),
        reading=wrong,
    )
    wrong = Reading(columns=SaidColumns((("shoe size", "Who comes"),)))
    yield Made(
        "a meaning that is none",
        "told columns",
        "utf-8",
        table(rows).encode(),
        told=("nothing that a column can hold",),
        reading=wrong,
    )
    for text, side in {
        "B/L": "each",
        "Lt": "left",
        "Rt": "right",
        "Both sides": "each",
        "R/L": "each",
        "links": "left",
        "L & R": "each",
    }.items():
        rows = [("name", "exercises", "side"), ("Ada Sample", "open-book", text)]
        yield Made(
            f"side {text}", "sides", "utf-8", table(rows).encode(), PLAIN[:1], own=(("side", side),)
        )
    spaced = 'name, programme, goal\n"Ada Sample", neck-and-head-start, "Sit, and walk"\n'
    yield Made(
        "quoted after a space",
        "spaced",
        "utf-8",
        spaced.encode(),
        PLAIN[:1],
        own=(("goal", "Sit, and walk"),),
    )
    titled = [("Health fair",), ("",), *people(PLAIN)]
    yield Made("a title", "a title above", "utf-8", table(titled).encode(), PLAIN)
    told = "sep=;\r\n" + table(people(PLAIN), between=";")
    yield Made("sep=", "sep=", "utf-8", told.encode(), PLAIN)


def of_words() -> Iterator[Made]:
    """Give lists with words that may not be meant for the patient."""
    for head in ("Notes", "Comments", "Bemerkungen", "Uwagi"):
        rows = [("name", "programme", head), *((n, PROGRAMME, "owes $40") for n in PLAIN)]
        data = table(rows).encode()
        yield Made(
            f"{head} held back",
            "private words",
            "utf-8",
            data,
            PLAIN,
            ("held back", f'--column "notes={head}"'),
            own=(("notes", "None"),),
        )
        said = Reading(columns=SaidColumns((("notes", head),)))
        yield Made(
            f"{head} told",
            "private words",
            "utf-8",
            data,
            PLAIN,
            reading=said,
            own=(("notes", "owes $40"),),
        )
    rows = [("name", "programme", "Note for the patient"), ("Ada Sample", PROGRAMME, "Go on.")]
    yield Made(
        "meant",
        "private words",
        "utf-8",
        table(rows).encode(),
        PLAIN[:1],
        own=(("notes", "Go on."),),
    )
    for text, good in {
        "yes": False,
        "x": False,
        "2": False,
        "see chart": False,
        "in two weeks": True,
        "12/8 at 10": True,
        "Tuesday": True,
    }.items():
        rows = [("name", "programme", "Follow up"), ("Ada Sample", PROGRAMME, text)]
        yield Made(
            f"follow up: {text}",
            "follow up",
            "utf-8",
            table(rows).encode(),
            PLAIN[:1] if good else (),
            () if good else (":2:3", "next visit"),
            () if good else (2,),
            own=(("next_visit", text),) if good else (),
        )


# -- workbooks -------------------------------------------------------------------------------


def _hide(sheet: Any) -> None:
    sheet.row_dimensions[3].hidden = True


def _strike(sheet: Any) -> None:
    sheet.cell(3, 1).font = Font(strike=True)


def _footnote(sheet: Any) -> None:
    sheet.append(["All sheets to be returned"])
    sheet.merge_cells("A5:B5")


def _formats(number: float, code: str) -> Callable[[Any], None]:
    def change(sheet: Any) -> None:
        sheet.cell(2, 3).value = number
        sheet.cell(2, 3).number_format = code

    return change


def of_workbooks() -> Iterator[Made]:
    plain = people(PLAIN)
    yield Made("a workbook", "a workbook", "xlsx", workbook(plain), PLAIN, suffix=".xlsx")
    yield Made(
        "shared texts",
        "shared texts",
        "xlsx",
        with_shared_texts(workbook(plain)),
        PLAIN,
        suffix=".xlsx",
    )
    yield Made("a workbook called .csv", "a wrong name", "xlsx", workbook(plain), PLAIN)
    yield Made(
        "strict",
        "Strict Open XML",
        "xlsx",
        repacked(workbook(plain), STRICT),
        PLAIN,
        suffix=".xlsx",
    )
    yield Made(
        "hidden",
        "hidden rows",
        "xlsx",
        workbook(plain, _hide),
        PLAIN,
        ("1 row is hidden or filtered out and read all the same: 3",),
        suffix=".xlsx",
    )
    yield Made(
        "struck",
        "struck-through rows",
        "xlsx",
        workbook(plain, _strike),
        PLAIN,
        ("1 row is struck through",),
        suffix=".xlsx",
    )
    yield Made(
        "a footnote",
        "a merged footnote",
        "xlsx",
        workbook(plain, _footnote),
        PLAIN,
        ("A5:B5 are merged",),
        (5,),
        suffix=".xlsx",
        default=True,
    )
    note = ("name", "programme", "note for the patient")
    for code, number, text in (
        ("0%", 0.8, "80%"),
        ('"$"#,##0.00', 25, "$25.00"),
        ("General", 0.1 + 0.2, "0.3"),
        ("h:mm AM/PM", dt.time(10, 30), "10:30 AM"),
        ("m/d/yyyy", dt.date(2026, 12, 24), "12/24/2026"),
        ("[h]:mm", dt.timedelta(hours=26), "26:00"),
        ("000-0000", 5550142, "555-0142"),
        ("dddd", dt.date(2026, 12, 24), "Thursday"),
    ):
        data = workbook([note, ("Ada Sample", PROGRAMME, None)], _formats(number, code))
        yield Made(
            f"shown: {code}",
            "number formats",
            "xlsx",
            data,
            PLAIN[:1],
            suffix=".xlsx",
            own=(("notes", text),),
        )
    for code, number in (
        ("# ?/?", 0.5),
        ("0.00E+00", 12.5),
        ("[$-40C]d mmmm", dt.date(2026, 12, 24)),
        ("General", 1e20),
    ):
        data = workbook([note, ("Ada Sample", PROGRAMME, None)], _formats(number, code))
        yield Made(
            f"not known: {code}",
            "number formats",
            "xlsx",
            data,
            PLAIN[:1],
            (":2:3", "may show this cell in another way"),
            suffix=".xlsx",
        )
    escaped = [
        note,
        ("Bo_x000D_ Example", PROGRAMME, ""),
        ("Ada Sample", PROGRAMME, "Pain_x0020_0"),
        ("Ben Example", PROGRAMME, "_x005F_x000D_"),
    ]
    for label, change in {"inline": bytes, "shared": with_shared_texts}.items():
        yield Made(
            f"escapes, {label}",
            "Office's escapes",
            "xlsx",
            change(workbook(escaped)),
            PLAIN[:2],
            (":2:1", "more than one line"),
            (2,),
            suffix=".xlsx",
            own=(("notes", "Pain 0"),),
        )
    head = workbook([("na_x006D_e", "programme"), ("Ada Sample", PROGRAMME)])
    yield Made("an escaped header", "Office's escapes", "xlsx", head, PLAIN[:1], suffix=".xlsx")
    days = [("name", "programme", "date"), ("Ada Sample", PROGRAMME, 44892)]
    yield Made(
        "days from 1904",
        "days from 1904",
        "xlsx",
        workbook(
            days,
            None,
            **{
                "<workbookPr />": '<workbookPr date1904="1"/>',
                "<workbookPr/>": '<workbookPr date1904="1"/>',
            },
        ),
        PLAIN[:1],
        suffix=".xlsx",
        own=(("given_on", "2026-11-28"),),
    )
    formula = [("Full name", "programme"), ("=A9", PROGRAMME), ("Ada Sample", PROGRAMME)]
    yield Made(
        "a formula",
        "formulas",
        "xlsx",
        workbook(formula),
        PLAIN[:1],
        (":2:1", "a formula stands"),
        (2,),
        suffix=".xlsx",
    )
    zero = workbook(formula, None, **{"<v></v>": "<v>0</v>", "<v />": "<v>0</v>"})
    yield Made(
        "a formula's zero",
        "formulas",
        "xlsx",
        zero,
        PLAIN[:1],
        (":2:1", "no letter"),
        (2,),
        suffix=".xlsx",
    )
    page = "<html><table><tr><td>name</td></tr><tr><td>Ada Sample</td></tr></table></html>"
    yield Made(
        "a web page",
        "HTML as .xls",
        "utf-8",
        page.encode(),
        told=("web page", "save it as"),
        suffix=".xls",
    )
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    yield Made("before 2007", "an old workbook", "xls", old, told=("before 2007",), suffix=".xls")


def of_spreadsheets() -> Iterator[Made]:
    head = ods_row("name", "programme", "next visit", "note for the patient")
    day = (
        '<table:table-cell office:value-type="date" office:date-value="2026-12-01T10:30:00">'
        "<text:p>12/01/26 10:30 AM</text:p></table:table-cell>"
    )
    share = (
        '<table:table-cell office:value-type="percentage" office:value="0.8"><text:p>80 %'
        "</text:p></table:table-cell>"
    )
    rows = [head, ods_row("Zoë Sample", PROGRAMME, day, share)]
    rows += [ods_row(name, PROGRAMME) for name in PLAIN]
    yield Made(
        "ods",
        "OpenDocument",
        "ods",
        spreadsheet(rows),
        ("Zoë Sample", *PLAIN),
        suffix=".ods",
        own=(("next_visit", "Tuesday, December 1, 2026, 10:30 am"), ("notes", "80 %")),
    )
    struck = ods_cell("Ben Example", ' table:style-name="gone" office:value-type="string"')
    rows = [
        head,
        ods_row("Ada Sample", PROGRAMME, more=' table:visibility="filter"'),
        ods_row(struck, PROGRAMME),
    ]
    yield Made(
        "ods, hidden",
        "OpenDocument",
        "ods",
        spreadsheet(rows),
        PLAIN[:2],
        ("hidden or filtered out", "struck through"),
        suffix=".ods",
    )
    spaced = (
        '<table:table-cell office:value-type="string"><text:p>Ada<text:s/>Sample</text:p>'
        "<office:annotation xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'>"
        "<text:p>rude on phone</text:p></office:annotation></table:table-cell>"
    )
    rows = [head, ods_row(spaced, PROGRAMME)]
    yield Made("ods, a comment", "OpenDocument", "ods", spreadsheet(rows), PLAIN[:1], suffix=".ods")
    formula = '<table:table-cell table:formula="of:=[.B2]"/>'
    rows = [head, ods_row(formula, PROGRAMME), ods_row("Ada Sample", PROGRAMME)]
    yield Made(
        "ods, a formula",
        "OpenDocument",
        "ods",
        spreadsheet(rows),
        PLAIN[:1],
        (":2:1", "a formula stands"),
        (2,),
        suffix=".ods",
    )
    merged = ods_cell("Bring them back", ' table:number-columns-spanned="4"')
    rows = [head, ods_row("Ada Sample", PROGRAMME), ods_row(merged)]
    yield Made(
        "ods, a footnote",
        "OpenDocument",
        "ods",
        spreadsheet(rows),
        PLAIN[:1],
        ("A3:D3 are merged",),
        (3,),
        suffix=".ods",
        default=True,
    )
    inner = '<table:table-cell><table:table table:name="x"></table:table></table:table-cell>'
    rows = [head, ods_row("Ada Sample", PROGRAMME), ods_row(inner), ods_row("Ben", PROGRAMME)]
    yield Made(
        "ods, a table in a table",
        "OpenDocument",
        "ods",
        spreadsheet(rows),
        told=(":3:1", "can't be read"),
        suffix=".ods",
    )
    group = ods_row("Ben Example", PROGRAMME)
    rows = [
        f"<table:table-header-rows>{head}</table:table-header-rows>",
        ods_row("Ada Sample", PROGRAMME),
        f"<table:table-row-group>{group}</table:table-row-group>",
        '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>',
        ods_row("Cy Placeholder", PROGRAMME),
    ]
    yield Made("ods, groups", "OpenDocument", "ods", spreadsheet(rows), PLAIN, suffix=".ods")


def made() -> list[Made]:
    """Give all lists."""
    return [
        *in_encodings(),
        *damaged(),
        *of_names(),
        *of_rows(),
        *of_headers(),
        *of_words(),
        *of_workbooks(),
        *of_spreadsheets(),
    ]

"""Lists of people as text: in every encoding, damaged, and with all that stands in cells."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from roster_makers import PLAIN, PROGRAMME, Made, people, table

from handouts.intake.roster.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator


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

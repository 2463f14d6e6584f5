"""Lists of people with all kinds of headers and words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roster_makers import PLAIN, PROGRAMME, Made, people, table

from handouts.intake.roster.columns import SaidColumns
from handouts.intake.roster.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator


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

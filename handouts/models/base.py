"""What every model shares: frozen, no unknown keys, and marked patient-facing text."""

from __future__ import annotations

import ast
import inspect
from dataclasses import dataclass, is_dataclass
from functools import cache
from itertools import pairwise
from textwrap import dedent
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, TypeAlias, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    GetPydanticSchema,
    Strict,
    StringConstraints,
    ValidationInfo,
    model_validator,
)
from pydantic_core import PydanticCustomError, core_schema

from handouts.basics.choices import Diary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic.json_schema import JsonSchemaValue


class Model(BaseModel):
    """A frozen model that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Show editors what the docstrings of fields say.

        They are read now, and not as the class is made, which was a tenth of a command's start.
        """
        written = handler(schema)
        keys = handler.resolve_ref_schema(written)["properties"]
        for name, words in _docstrings_of_fields(cls).items():
            keys[cls.model_fields[name].alias or name]["description"] = words
        return written


def _docstrings_of_fields(model: type[BaseModel]) -> dict[str, str]:
    """Read the texts below a model's fields, and those of the models that it is made from."""
    found: dict[str, str] = {}
    for base in reversed(model.__mro__):
        if base is Model or not issubclass(base, Model):
            continue
        (tree,) = ast.parse(dedent(inspect.getsource(base))).body
        assert isinstance(tree, ast.ClassDef)  # noqa: S101 - what a class's source is
        for field, below in pairwise(tree.body):
            match field, below:
                case (
                    ast.AnnAssign(target=ast.Name(id=name)),
                    ast.Expr(value=ast.Constant(value=str(words))),
                ) if name in model.model_fields:
                    found[name] = inspect.cleandoc(words)
    return found


class TextOrKeys(Model):
    """A model that can also be written as plain text, which then is its ``text_key``."""

    text_key: ClassVar[str] = "text"

    @model_validator(mode="before")
    @classmethod
    def _plain_text(cls, value: Any) -> Any:
        return {cls.text_key: value} if isinstance(value, str) else value

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Let editors take the plain text too."""
        keys = handler.resolve_ref_schema(super().__get_pydantic_json_schema__(schema, handler))
        plain = dict(keys)
        keys.clear()
        keys["anyOf"] = [{"type": "string", "minLength": 1}, plain]
        return keys


@dataclass(frozen=True, slots=True)
class Printed:
    """Marks a field whose text a patient reads on paper."""


ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"

Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=60)]
"""A name in small letters, digits and hyphens; it may become a file's name."""

_SEPARATORS = str.maketrans(dict.fromkeys("\v\f\x1c\x1d\x1e\x85\u2028\u2029", " "))
"""Old separators of lines, pages and records: no font draws them, and paper needs none."""


def _with_plain_spaces(written: object) -> object:
    return written.translate(_SEPARATORS) if isinstance(written, str) else written


LONGEST_TEXT = 20_000

Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_TEXT),
    BeforeValidator(_with_plain_spaces),
]
"""A text that is not printed for patients."""

Prose = Annotated[Text, Printed()]
"""A text a patient reads."""


def _small_scheme(written: object) -> object:
    """Write a scheme in small letters, which is the same (RFC 3986, 3.1)."""
    if not isinstance(written, str):
        return written
    scheme, mark, rest = written.strip().partition("://")
    return f"{scheme.lower()}{mark}{rest}"


Url = Annotated[
    str,
    StringConstraints(pattern=r"^https?://[^\s<>\"']+$", max_length=2_000),
    BeforeValidator(_small_scheme),
]
Count = Annotated[int, Strict(), Field(ge=0, le=1_000_000)]
YesNo = Annotated[bool, Strict()]


def _known(kind: str) -> AfterValidator:
    """Make the check that a field names an id of the given kind.

    The ids that exist come in the validation context under ``ids``; an unknown one is
    refused with the nearest names.
    """

    def check(value: str, info: ValidationInfo) -> str:
        ids = (info.context or {}).get("ids", {}).get(kind)
        if ids is not None and value not in ids:
            raise PydanticCustomError(
                "unknown_id",
                "there is no {kind} called {value}",
                {"kind": kind, "value": value, "known": ids},
            )
        return value

    return AfterValidator(check)


def _usable(kind: str) -> AfterValidator:
    """Let the loader, which knows the folder, look at a file that the content names."""

    def check(value: str, info: ValidationInfo) -> str:
        look = (info.context or {}).get(kind)
        if look is not None:
            try:
                look(value)
            except ValueError as error:
                raise PydanticCustomError("unreadable", "{why}", {"why": str(error)}) from None
        return value

    return AfterValidator(check)


def _each_once(items: tuple[Diary, ...]) -> tuple[Diary, ...]:
    if len(set(items)) < len(items):
        why = "something is asked for twice; write each once"
        raise PydanticCustomError("unreadable", "{why}", {"why": why})
    return items


DiaryField = Annotated[tuple[Diary, ...], AfterValidator(_each_once)]
"""What a log asks for beside the exercises, in that order."""

PicturePath = Annotated[Text, _usable("picture")]
"""A picture's file (SVG, PNG or JPEG), its path seen from content.yaml."""

PressCondition = Annotated[Text, _usable("condition")]
"""A printing condition's name, or an ICC profile's file, its path seen from content.yaml."""

FileBeside = Annotated[Text, _usable("beside")]
"""A file within the folder of the file that names it, its path seen from there."""

RosterPath = Annotated[Text, _usable("roster")]
"""A roster within the folder of the plan that names it, its path seen from there."""

SourceRef = Annotated[str, _known("source")]
ClaimRef = Annotated[str, _known("claim")]
SectionRef = Annotated[str, _known("section")]
ExerciseRef = Annotated[str, _known("exercise")]
TestimonialRef = Annotated[str, _known("testimonial")]
ClinicianRef = Annotated[str, _known("clinician")]
ProgrammeRef = Annotated[str, _known("programme")]
PieceRef = Annotated[str, _known("piece")]


def parsed(parse: Any, *, pattern: str, examples: list[str], whole_numbers: bool) -> Any:
    """Make the schema part of a field that is written as text and kept as a typed value.

    ``parse`` takes what YAML gave and returns the value or raises ``ValueError`` with a
    sentence that says what would be right.
    """

    def validate(value: object) -> object:
        try:
            return parse(str(value) if is_dataclass(value) else value)
        except ValueError as error:
            raise PydanticCustomError("unreadable", "{why}", {"why": str(error)}) from None

    text = core_schema.str_schema(pattern=pattern)

    def build(_source: Any, _handler: Any) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            validate,
            json_schema_input_schema=core_schema.union_schema([text, core_schema.int_schema()])
            if whole_numbers
            else text,
            serialization=core_schema.to_string_ser_schema(),
        )

    return Annotated[Any, GetPydanticSchema(build), Field(examples=examples)]


@cache
def _printed_fields(model: type[BaseModel]) -> tuple[tuple[str, bool], ...]:
    """Name the model's fields, each with whether its strings are patient-facing."""

    def marked(annotation: Any, metadata: tuple[Any, ...]) -> bool:
        if any(isinstance(mark, Printed) for mark in metadata):
            return True
        inner = getattr(annotation, "__metadata__", ())
        if any(isinstance(mark, Printed) for mark in inner):
            return True
        return any(marked(part, ()) for part in get_args(annotation))

    return tuple(
        (name, marked(info.annotation, tuple(info.metadata)))
        for name, info in model.model_fields.items()
    )


Path: TypeAlias = tuple[str | int, ...]


def printed_strings(
    value: object, path: Path = (), *, printed: bool = False
) -> Iterator[tuple[Path, str]]:
    """Give every patient-facing string below a model, with the path of keys that leads to it."""
    if isinstance(value, str):
        if printed:
            yield path, value
    elif isinstance(value, BaseModel):
        for name, is_printed in _printed_fields(type(value)):
            yield from printed_strings(getattr(value, name), (*path, name), printed=is_printed)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from printed_strings(item, (*path, key), printed=printed)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from printed_strings(item, (*path, index), printed=printed)

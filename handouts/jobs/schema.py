"""The JSON Schemas of the files that a user writes, for editors."""

from __future__ import annotations

from enum import StrEnum

from handouts.load.schema import schema_text
from handouts.models.content import Content
from handouts.models.run_plan import RunPlan


class SchemaOf(StrEnum):
    """A file that has a schema."""

    CONTENT = "content"
    PLAN = "plan"


def schema(of: SchemaOf = SchemaOf.CONTENT) -> str:
    """Give the JSON Schema of content.yaml, or of a plan for a print run."""
    return schema_text(RunPlan if of is SchemaOf.PLAN else Content)

"""The JSON Schema of content.yaml, for editors."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from handouts.models.content import Content

if TYPE_CHECKING:
    from pydantic import BaseModel


def _refuse_other_names(schema: object) -> None:
    """Let maps take the names of their pattern only, as the loader does."""
    if isinstance(schema, dict):
        if "patternProperties" in schema:
            schema["additionalProperties"] = False
        for part in schema.values():
            _refuse_other_names(part)
    elif isinstance(schema, list):
        for part in schema:
            _refuse_other_names(part)


def schema_text(model: type[BaseModel] = Content) -> str:
    """Write the schema of a model as JSON, the same text each time."""
    schema = model.model_json_schema()
    _refuse_other_names(schema)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=True) + "\n"

"""The JSON Schema of content.yaml, for editors."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from handouts.models.content import Content

if TYPE_CHECKING:
    from pydantic import BaseModel


def schema_text(model: type[BaseModel] = Content) -> str:
    """Write the schema of a model as JSON, the same text each time."""
    schema = model.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=True) + "\n"

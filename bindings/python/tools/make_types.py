"""Writes ``python/sayso/types.py`` from the program's own description of its JSON.

    python bindings/python/tools/make_types.py [--check]

``web/openapi.json`` is made from the types that print sheets and incidents; a test of the server holds
it to them, and a test here holds the Python types to it.
"""

from __future__ import annotations

import json
import keyword
import sys
import textwrap
from pathlib import Path
from typing import Any, Dict, List, Tuple

ROOT = Path(__file__).resolve().parents[3]
DOCUMENT = ROOT / "web/openapi.json"
TYPES = ROOT / "bindings/python/python/sayso/types.py"

# What the program calls it, and what Python does; parts before wholes.
NAMES = {
    "MadeBy": "MadeBy",
    "ReportJson": "Report",
    "ReasonJson": "Reason",
    "Quoted": "Quoted",
    "SourceJson": "Source",
    "EdgeJson": "Edge",
    "StatementJson": "Statement",
    "SideJson": "Side",
    "PlaceJson": "Place",
    "EventTimeJson": "Time",
    "TollJson": "Toll",
    "EventJson": "Event",
    "ActorJson": "Actor",
    "PlaceMentionJson": "PlaceMention",
    "TimeMentionJson": "TimeMention",
    "NoteJson": "Note",
    "SheetJson": "Sheet",
    "IncidentPlaceJson": "IncidentPlace",
    "IncidentReportJson": "IncidentReport",
    "PassageJson": "Passage",
    "OriginJson": "Origin",
    "EvidenceJson": "Evidence",
    "AnswerJson": "Answer",
    "FindingJson": "Finding",
    "IncidentDecisionJson": "IncidentDecision",
    "IncidentJson": "Incident",
}

HEAD = '''"""What sayso finds, as typed objects: sheets of reports, and incidents of sheets.

Written by ``bindings/python/tools/make_types.py`` from the program's own description of its JSON.
Every span is ``[start, end)`` in characters of ``Sheet.report.text``, as Python slices it, and every
quote is exactly that slice. What nobody states is ``None`` or empty, and never 0.
"""

# Long because it is written by a program, one class for each object of the schema.

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Mapping, Optional, Tuple

from sayso._record import MISFIT, Record, Span, misfit, optional, reasons, span
from sayso._sheet import IncidentMethods, SheetMethods

__all__ = [
    "Span",
{names}
]
'''

BASES = {"Sheet": "SheetMethods, Record", "Incident": "IncidentMethods, Record"}
SCALARS = {"string": "str", "integer": "int", "number": "float", "boolean": "bool"}


class Unknown(Exception):
    """The document describes something that this program does not know."""


def kind(schema: Dict[str, Any]) -> Tuple[str, str]:
    """The annotation of a field, and how it is read from the value ``{}``."""
    if "oneOf" in schema:
        (real,) = [one for one in schema["oneOf"] if one.get("type") != "null"]
        annotation, read = kind(real)
        return f"Optional[{annotation}]", f"optional({read.split('(')[0]}, {{}})"
    if "$ref" in schema:
        name = NAMES[schema["$ref"].rsplit("/", 1)[1]]
        return name, f"{name}.from_dict({{}})"
    declared = schema.get("type")
    types = declared if isinstance(declared, list) else [declared]
    real = [one for one in types if one != "null"]
    if len(real) != 1:
        raise Unknown(schema)
    (real_type,) = real
    annotation, read = one_kind(real_type, schema)
    if "null" in types:
        read = read if read == "{}" else f"optional({read.split('(')[0]}, {{}})"
        return f"Optional[{annotation}]", read
    return annotation, read


def one_kind(name: str, schema: Dict[str, Any]) -> Tuple[str, str]:
    if name in SCALARS:
        return SCALARS[name], "{}"
    if name == "object" and "additionalProperties" in schema:
        annotation, _ = kind(schema["additionalProperties"])
        if annotation != "Reason":
            raise Unknown(schema)
        return "Mapping[str, Reason]", "reasons(Reason.from_dict, {})"
    if name == "array":
        if schema["items"].get("type") == "integer":
            return "Span", "span({})"
        annotation, read = kind(schema["items"])
        one = read.replace("{}", "one")
        return f"Tuple[{annotation}, ...]", f"tuple({one} for one in {{}})"
    raise Unknown(schema)


def described(schema: Dict[str, Any]) -> str:
    text: str = schema.get("description", "")
    for one in schema.get("oneOf", []):
        text = text or one.get("description", "")
    text = " ".join(text.split()).replace("`sayso_core::", "`")
    return text.replace("[`SCHEMA`]", "Its schema").replace("[`INCIDENT_SCHEMA`]", "Its schema")


def class_of(name: str, schema: Dict[str, Any]) -> str:
    required: List[str] = schema["required"]
    properties: Dict[str, Any] = schema["properties"]
    fields = [*required, *(field for field in properties if field not in required)]
    lines = ["@dataclass(frozen=True, repr=False)", f"class {name}({BASES.get(name, 'Record')}):"]
    lines.append(f'    """{described(schema)}"""')
    lines.append("")
    reads = []
    for field in fields:
        annotation, read = kind(properties[field])
        # Left out in JSON where it says nothing.
        if field in required:
            default, value = "", f'data["{field}"]'
        elif annotation.startswith("Optional"):
            default, value = " = None", f'data.get("{field}")'
        elif annotation.startswith("Tuple"):
            default, value = " = ()", f'data.get("{field}", ())'
        elif annotation.startswith("Mapping"):
            default, value = " = field(default_factory=dict)", f'data.get("{field}", {{}})'
        elif annotation == "bool":
            default, value = " = False", f'data.get("{field}", False)'
        elif annotation == "str":
            default, value = ' = ""', f'data.get("{field}", "")'
        else:
            raise Unknown(field)
        # A word of Python's own gets a mark, as PEP 8 has it; `to_dict` takes it off.
        own = f"{field}_" if keyword.iskeyword(field) else field
        lines.append(f"    {own}: {annotation}{default}")
        note = described(properties[field])
        if note:
            lines.extend(textwrap.wrap(f'"""{note}"""', 96, initial_indent="    ", subsequent_indent="    "))
        reads.append(f"                {own}={read.replace('{}', value)},")
    lines += ["", "    @classmethod", f'    def from_dict(cls, data: Mapping[str, Any]) -> "{name}":']
    lines.append('        """Reads what ``to_dict`` gives, and what the program prints."""')
    lines += ["        try:", "            return cls(", *reads, "            )"]
    lines += ["        except MISFIT as error:", "            raise misfit(cls, data) from error"]
    return "\n".join(lines)


def module() -> str:
    schemas = json.loads(DOCUMENT.read_text(encoding="utf-8"))["components"]["schemas"]
    names = "\n".join(f'    "{name}",' for name in sorted(NAMES.values()))
    head = HEAD.replace("{names}", names)
    classes = [class_of(name, schemas[key]) for key, name in NAMES.items()]
    return head + "\n\n" + "\n\n\n".join(classes) + "\n"


def main() -> int:
    made = module()
    if "--check" in sys.argv:
        if TYPES.read_text(encoding="utf-8") == made:
            return 0
        print(f"{TYPES} is not what {DOCUMENT} describes: run {sys.argv[0]}", file=sys.stderr)
        return 1
    TYPES.write_text(made, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

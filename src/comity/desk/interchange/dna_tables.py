"""The tables of a Discourse Network Analyzer 3 database: columns, what they may hold, what they refer to."""

from __future__ import annotations

LONGEST = 190
"""Characters that a name or title can have in such a database."""

_KEY = "INTEGER NOT NULL PRIMARY KEY"
_NAME, _LABEL = "TEXT NOT NULL DEFAULT '' {short}", "TEXT NOT NULL {short}"
_BYTE = "INTEGER NOT NULL DEFAULT 0 {0..255}"
_YES, _NO = "INTEGER NOT NULL DEFAULT 1 {0..1}", "INTEGER NOT NULL DEFAULT 0 {0..1}"
_COLOUR = dict.fromkeys(("Red", "Green", "Blue"), _BYTE)
CODER_RIGHTS = (
    "AddDocuments", "EditDocuments", "DeleteDocuments", "ImportDocuments", "AddStatements", "EditStatements",
    "DeleteStatements", "EditAttributes", "EditRegex", "EditStatementTypes", "EditCoders", "EditCoderRelations",
    "ViewOthersDocuments", "EditOthersDocuments", "ViewOthersStatements", "EditOthersStatements",
)  # fmt: skip
TABLES: dict[str, dict[str, str]] = {
    "SETTINGS": {"Property": "TEXT PRIMARY KEY", "Value": "TEXT NOT NULL"},
    "CODERS": {
        "ID": _KEY, "Name": _LABEL, **_COLOUR, "Refresh": "INTEGER NOT NULL DEFAULT 0 {0..9999}",
        "FontSize": "INTEGER NOT NULL DEFAULT 14 {1..99}", "Password": _LABEL,
        "PopupWidth": "INTEGER DEFAULT 300 {100..9999}", "ColorByCoder": _NO, "PopupDecoration": _NO,
        "PopupAutoComplete": _YES, **{f"Permission{verb}": _YES for verb in CODER_RIGHTS},
    },
    "DOCUMENTS": {
        "ID": _KEY, "Title": _LABEL, "Text": "TEXT NOT NULL", "Coder": "INTEGER >CODERS",
        "Author": _NAME, "Source": _NAME, "Section": _NAME, "Notes": "TEXT NOT NULL DEFAULT ''", "Type": _NAME,
        "Date": "INTEGER NOT NULL",
    },
    "STATEMENTTYPES": {"ID": _KEY, "Label": _LABEL, **_COLOUR},
    "VARIABLES": {
        "ID": _KEY, "Variable": _LABEL, "DataType": "TEXT NOT NULL DEFAULT 'short text' {type}",
        "StatementTypeId": "INTEGER >STATEMENTTYPES",
    },
    "VARIABLELINKS": {
        "ID": _KEY, "SourceVariableId": "INTEGER >VARIABLES", "TargetVariableId": "INTEGER >VARIABLES",
    },
    "REGEXES": {"Label": "TEXT PRIMARY KEY {short}", **_COLOUR},
    "CODERRELATIONS": {
        "ID": _KEY, "Coder": "INTEGER {1..} >CODERS", "OtherCoder": "INTEGER {1..} >CODERS",
        "viewStatements": _YES, "editStatements": _YES, "viewDocuments": _YES, "editDocuments": _YES,
    },
    "STATEMENTS": {
        "ID": _KEY, "StatementTypeId": "INTEGER >STATEMENTTYPES", "DocumentId": "INTEGER >DOCUMENTS",
        "Start": "INTEGER NOT NULL {0..}", "Stop": "INTEGER NOT NULL {0..}", "Coder": "INTEGER >CODERS",
    },
    "ENTITIES": {
        "ID": _KEY, "VariableId": "INTEGER NOT NULL >VARIABLES", "Value": _NAME,
        **dict.fromkeys(_COLOUR, "INTEGER {0..255}"), "ChildOf": "INTEGER {1..} >ENTITIES",
    },
    **{
        table: {
            "ID": _KEY, "StatementId": "INTEGER NOT NULL >STATEMENTS", "VariableId": "INTEGER NOT NULL >VARIABLES",
            column: kind,
        }
        for table, column, kind in (
            ("DATABOOLEAN", "Value", "INTEGER NOT NULL DEFAULT 1"),
            ("DATAINTEGER", "Value", "INTEGER NOT NULL DEFAULT 0"),
            ("DATASHORTTEXT", "Entity", "INTEGER NOT NULL >ENTITIES"), ("DATALONGTEXT", "Value", "TEXT DEFAULT ''"),
        )
    },
    "ATTRIBUTEVARIABLES": {
        "ID": _KEY, "VariableId": "INTEGER NOT NULL >VARIABLES", "AttributeVariable": _LABEL,
    },
    "ATTRIBUTEVALUES": {
        "ID": _KEY, "EntityId": "INTEGER NOT NULL >ENTITIES",
        "AttributeVariableId": "INTEGER NOT NULL >ATTRIBUTEVARIABLES", "AttributeValue": _NAME,
    },
}  # fmt: skip
"""Columns with their type, what they may be (``{0..255}``; ``{short}``: at most `LONGEST` characters), and the table
whose ``ID`` they refer to (``>CODERS``; deleted with it)."""
_WHOLE = {
    "ENTITIES": ["UNIQUE (VariableId, Value)"],
    "VARIABLES": ["UNIQUE (Variable, StatementTypeId)"],
    "VARIABLELINKS": ["CHECK (TargetVariableId != SourceVariableId)"],
    "CODERRELATIONS": ["CHECK (Coder != OtherCoder)"],
    "STATEMENTS": ["CHECK (Start < Stop)"],
    "ATTRIBUTEVARIABLES": ["UNIQUE (VariableId, AttributeVariable)"],
    "ATTRIBUTEVALUES": ["UNIQUE (EntityId, AttributeVariableId)"],
    **{name: ["UNIQUE (StatementId, VariableId)"] for name in TABLES if name.startswith("DATA")},
}
_TYPES = ("boolean", "integer", "long text", "short text")


def sql_of(name: str) -> str:
    """How a table is made."""
    parts, foreign = [], []
    for column, told in TABLES[name].items():
        kind, _, other = told.partition(" >")
        kind, _, may = kind.partition(" {")
        parts.append(f"{column} {kind}{_check(column, may.rstrip('}'))}")
        if other:
            foreign.append(f"FOREIGN KEY ({column}) REFERENCES {other} (ID) ON DELETE CASCADE")
    return f"CREATE TABLE {name} ({', '.join([*parts, *_WHOLE.get(name, []), *foreign])})"


def _check(column: str, may: str) -> str:
    """What a column may hold, as SQL.

    >>> _check("Red", "0..255"), _check("Start", "0.."), _check("Notes", "")
    (' CHECK (Red BETWEEN 0 AND 255)', ' CHECK (Start >= 0)', '')
    """
    if not may:
        return ""
    if may == "short":
        return f" CHECK (LENGTH({column}) <= {LONGEST})"
    if may == "type":
        return f" CHECK ({column} IN ({', '.join(map(repr, _TYPES))}))"
    low, _, high = may.partition("..")
    return f" CHECK ({column} BETWEEN {low} AND {high})" if high else f" CHECK ({column} >= {low})"

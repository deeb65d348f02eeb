"""record: what was published? From files to documents, and from documents to files.

`load` reads files, folders and archives and yields a `Document`, or a `Failure`, for each thing in them; `number` makes
ids unique; `duplicates` groups what is (nearly) the same text; `doubts` says what a person should look at; `write`
exports. A format is one file under `formats`; more can be plugged in (entry points ``comity.formats``).
"""

from comity.record.doubting import doubts
from comity.record.duplicating import duplicates
from comity.record.formats import format_named, formats
from comity.record.loading import Progress, load
from comity.record.numbering import number
from comity.record.values import Budget, Context, Extract, Failure, Format, Given, Input, Limits
from comity.record.writing import write

__all__ = [
    "Budget",
    "Context",
    "Extract",
    "Failure",
    "Format",
    "Given",
    "Input",
    "Limits",
    "Progress",
    "doubts",
    "duplicates",
    "format_named",
    "formats",
    "load",
    "number",
    "write",
]

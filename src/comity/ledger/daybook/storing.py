"""How a register is kept, and how far a fold has got."""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import asdict, dataclass

import numpy as np

from comity.ledger.agenda_text import agenda_toml
from comity.ledger.daybook.arrays import alterations, altered, packed, unpacked
from comity.ledger.daybook.register import Register
from comity.ledger.daybook.source import Source
from comity.words import Agenda

VERSION = "daybook 1"
"""Raised whenever what is kept is written otherwise, or a rule of the ledger changes what it derives."""


@dataclass(frozen=True)
class Mark:
    """How far a fold has got.

    `decisions`, `fixed` and `moving` are the state of the source up to which all is in; `folded_from` is the number of
    the first window of days that is folded (0: all are); `made` names agenda and version.
    """

    made: str
    decisions: int
    fixed: str
    moving: str
    folded_from: int


def made_of(agenda: Agenda) -> str:
    """What must be the same for a fold to be of use: the agenda and the version."""
    return f"{VERSION} {hashlib.sha256(agenda_toml(agenda).encode()).hexdigest()}"


def outdated(source: Source) -> str:
    """Why what is kept, whole or in part, must be folded anew, in words; empty if it is of use or nothing is kept."""
    mark = json.loads(source.get("mark") or b"{}")
    if not mark:
        return ""
    then, now = mark["fixed"].rsplit(" ", 2), source.state()[1].rsplit(" ", 2)
    if then[0] != now[0]:
        return f"it was read by {then[0]}, and is now read by {now[0]}"
    if then != now:
        return "its agenda is another now" if then[1] != now[1] else "something was taken out of it for good"
    return "" if mark["made"].rpartition(" ")[0] == VERSION else "the rules of the ledger are others now"


def mark_kept(mark: Mark) -> dict[str, bytes]:
    """A mark as it is kept."""
    return {"mark": json.dumps(asdict(mark)).encode()}


def register_kept(register: Register) -> dict[str, bytes | None]:
    """A register as it is kept whole."""
    arrays = dict(register.columns) | {"members": register.members, "pairs": register.pairs}
    register.whole, register.altered = len(register), set()
    return {"columns": zlib.compress(packed(arrays), 1), "altered": None, "names": _names(register)}


def alterations_kept(register: Register) -> dict[str, bytes | None]:
    """What is other in a register than when it was last kept whole, as it is kept."""
    return {"altered": zlib.compress(packed(alterations(register)), 1), "names": _names(register)}


def _names(register: Register) -> bytes:
    names = {
        "docs": register.docs,
        "speakers": register.speakers,
        "groups": register.groups,
        "odd": register.odd,
        "back": sorted([row, *which] for row, which in register.back.items()),
        "reviews": sorted(register.reviews.items()),
        "superseded": register.superseded,
        "printed": register.printed,
        "marks": register.marks,
    }
    return zlib.compress(json.dumps(names, ensure_ascii=False).encode("utf-8", "surrogatepass"), 1)


def load(source: Source, agenda: Agenda) -> tuple[Mark, Register] | None:
    """What is kept, if it is of use with this agenda."""
    body = source.get("mark")
    if body is None:
        return None
    mark = Mark(**json.loads(body))
    columns, names = source.get("columns"), source.get("names")
    if mark.made != made_of(agenda) or columns is None or names is None:
        return None
    arrays = unpacked(zlib.decompress(columns))
    told = json.loads(zlib.decompress(names).decode("utf-8", "surrogatepass"))
    members, pairs = arrays.pop("members"), arrays.pop("pairs")
    register = Register(
        told["docs"],
        told["speakers"],
        [(issue, holder, bool(supports), act, bool(also)) for issue, holder, supports, act, also in told["groups"]],
        told["odd"],
        arrays,
        members.astype(np.int32),
        pairs.astype(np.int32),
        {row: (issue, party) for row, issue, party in told["back"]},
        dict(told["reviews"]),
        told["superseded"],
        told["printed"],
        told["marks"],
    )
    changed = source.get("altered")
    if changed is not None:
        altered(register, unpacked(zlib.decompress(changed)))
    register.name_documents(())
    return mark, register

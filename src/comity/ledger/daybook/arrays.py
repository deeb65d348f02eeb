"""Arrays as bytes, and what of a register is other than when it was last kept whole."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from comity.ledger.daybook.days import NEVER
from comity.ledger.daybook.register import COLUMNS, Register


def alterations(register: Register) -> dict[str, NDArray[Any]]:
    """What is other than when the register was last kept whole."""
    first = register.whole
    rows = np.array(sorted({*(r for r in register.altered if r < first), *range(first, len(register))}), np.int32)
    found = {name: column[rows] for name, column in register.columns.items()}
    new = np.maximum(register.pairs[:, 0], register.pairs[:, 1]) >= first
    members = register.members[register.members[:, 0] >= first]
    return found | {"rows": rows, "members": members, "pairs": register.pairs[new]}


def altered(register: Register, found: Mapping[str, NDArray[Any]]) -> None:
    """Brings a register that was kept whole to where it was when `alterations` were found."""
    rows, first = found["rows"], register.whole
    for name, _ in COLUMNS:
        old, new = register.columns[name], found[name]
        old[rows[rows < first]] = new[rows < first]
        register.columns[name] = np.concatenate([old, new[rows >= first]])
    gone = register.columns["begins"] >= NEVER
    register.members = np.concatenate([register.members[~gone[register.members[:, 0]]], found["members"]])
    kept = register.pairs[~(gone[register.pairs[:, 0]] | gone[register.pairs[:, 1]])]
    register.pairs = np.concatenate([kept, found["pairs"]])
    register.altered = set(rows[rows < first].tolist())
    register.forget_tables()


def packed(arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """Arrays as bytes."""
    body = io.BytesIO()
    np.savez(body, **dict(arrays))  # type: ignore[arg-type]
    return body.getvalue()


def unpacked(body: bytes) -> dict[str, NDArray[Any]]:
    """What `packed` packed."""
    with np.load(io.BytesIO(body), allow_pickle=False) as found:
        return {name: found[name] for name in found.files}

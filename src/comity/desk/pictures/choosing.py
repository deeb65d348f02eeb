"""Which picture of a ledger is wanted, and the picture: one door for the command line, the browser and notebooks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from comity import ledger as rules
from comity.desk.pictures.marks import OTHERS, party_names
from comity.desk.pictures.values import Picture
from comity.words import Document, InputError, Ledger

if TYPE_CHECKING:
    from comity.desk.pictures.network import Asked


@dataclass(frozen=True)
class Wanted:
    """A picture by name, and which part of it: ids of issues and parties (all where empty), first and last day."""

    name: str
    issues: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    network: Asked | None = None


def picture_of(wanted: Wanted, ledger: Ledger, documents: Sequence[Document]) -> Picture:
    """The picture wanted. Raises InputError if it names an issue, a party or a picture that there is not."""
    checked(wanted, ledger)
    if wanted.name == "timeline":
        from comity.desk.pictures.timeline import timeline

        return timeline(
            ledger, documents, issues=wanted.issues, parties=wanted.parties, since=wanted.since, until=wanted.until
        )
    if wanted.name == "gap":
        from comity.desk.pictures.gap import gap

        return gap(ledger, rules.gaps(ledger, {d.id: d for d in documents}), issues=wanted.issues)
    if wanted.name == "matrix":
        from comity.desk.pictures.matrix import matrix

        return matrix(ledger, issues=wanted.issues, parties=wanted.parties)
    if wanted.name == "network":
        from comity.desk.pictures.network import Asked, network

        asked = wanted.network or Asked()
        return network(ledger, documents, replace(asked, since=wanted.since, until=wanted.until)).picture
    raise InputError(f"no picture is called {wanted.name!r}", hint="there are timeline, gap, network and matrix")


def checked(wanted: Wanted, ledger: Ledger) -> None:
    """Raises InputError if a picture of this ledger is wanted of an issue or a party that there is not."""
    _check("issue", wanted.issues, [i.id for i in ledger.agenda.issues])
    _check("party", wanted.parties, [*party_names(ledger), OTHERS])
    if wanted.since and wanted.until and wanted.since > wanted.until:
        raise InputError(f"{wanted.since} is after {wanted.until}", hint="give the earlier day first")


def asked_network(
    mode: str | None = None,
    aggregation: str | None = None,
    normalisation: str | None = None,
    actors: str | None = None,
    concepts: str | None = None,
) -> Asked:
    """A network by the names of its settings; what is not given is as usual: in a two-mode network for less against,
    in a one-mode network what two have in common."""
    from comity.desk.pictures.network import Asked
    from comity.study import ActorBy, Aggregation, ConceptBy, Mode, Normalisation

    of = Mode(mode or Mode.TWO_MODE)
    usual = Aggregation.SUBTRACT if of is Mode.TWO_MODE else Aggregation.CONGRUENCE
    return Asked(
        mode=of,
        aggregation=Aggregation(aggregation or usual),
        normalisation=Normalisation(normalisation or Normalisation.NO),
        actors=ActorBy(actors or ActorBy.PARTY),
        concepts=ConceptBy(concepts) if concepts else None,
    )


def _check(what: str, given: Sequence[str], known: Sequence[str]) -> None:
    for name in given:
        if name not in known:
            raise InputError(f"no {what} is called {name!r}", field=what, hint=f"there are {', '.join(known)}")

"""Whatever files come in, into a case that is there: cases, databases and codings of other tools, and reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from comity import ledger
from comity.case import Case
from comity.desk.adding import AddResult, add
from comity.desk.flow import Shows, unseen
from comity.desk.interchange import dna, dna_made, folder, of_case, parcels
from comity.desk.interchange.codings import Coding
from comity.desk.interchange.merging import put_in
from comity.desk.interchange.offsets import Unit
from comity.record import Failure, Given, number
from comity.words import Agenda, ComityError, InputError, fold

PROGRAM = "Discourse Network Analyzer"
"""Who is said to have made the agenda that comes of a database."""


@dataclass(frozen=True)
class TakenIn:
    """What became of all files: of documents as `add` tells it, and of everything else a line for each file."""

    added: AddResult
    told: tuple[tuple[str, str], ...] = ()


@dataclass
class _Tally:
    new: list[str]
    known: list[str]
    failures: list[Failure]
    told: list[tuple[str, str]]

    def count(self, new: Iterable[str], known: Iterable[str]) -> None:
        self.new += [id_ for id_ in new if id_ not in self.new]
        self.known += [id_ for id_ in known if id_ not in self.known]


def take_in(
    case: Case,
    root: Path,
    names: Sequence[str],
    *,
    given: Given | None = None,
    columns: Mapping[str, str] | None = None,
    shows: Shows = unseen,
    workers: int | None = None,
) -> TakenIn:
    """Takes in the files and folders called `names` in `root`, which is ours to unpack into; then reads.

    A whole case fills a case that is empty, to the same dump; into any other it is merged. What cannot be used is told
    in `TakenIn.added.failures`, and the rest comes in.
    """
    found = parcels.sorted_out(root, names)
    tally = _Tally([], [], list(found.failures), [])
    for path in found.folders:
        _each(tally, root, path, lambda path: _case(case, partial(folder.read, path), tally, shows))
    for path in found.copies:
        _each(tally, root, path, lambda path: _copy(case, path, tally, shows))
    for path in found.databases:
        _each(tally, root, path, lambda path: _database(case, path, tally))
    added = add(case, found.reports, given=given, columns=columns or {}, shows=shows, workers=workers)
    tally.count(added.new, added.known)
    for path in found.codings:  # the documents that they are of may have come with them
        _each(tally, root, path, lambda path: _codings(case, path))
    new = tuple(tally.new)
    known = tuple(id_ for id_ in tally.known if id_ not in new)
    return TakenIn(AddResult(new, known, added.read, (*tally.failures, *added.failures)), tuple(tally.told))


def _each(tally: _Tally, root: Path, path: Path, take: Callable[[Path], str]) -> None:
    """Takes one in, and tells of it under the name it came with."""
    shown = str(path.relative_to(root))
    shown = "the files of a case" if shown == ".case" else shown.removeprefix(".")
    try:
        tally.told.append((shown, take(path)))
    except ComityError as error:
        known = error if isinstance(error, InputError) else InputError(str(error))
        file = known.file or ""
        where = file.removeprefix(f"{root}/").removeprefix(".") if file.startswith(f"{root}/") else shown
        if file and not file.startswith(f"{root}/"):
            where = f"{shown}, {file}"
        if known.line is not None:
            where = f"{where}, line {known.line}"
        tally.failures.append(Failure(where, InputError(known.what, file=where, hint=known.hint)))


def _case(case: Case, lines: Callable[[], Iterable[str]], tally: _Tally, shows: Shows) -> str:
    merged = put_in(case, lines, shows)
    tally.count(merged.new, merged.known)
    tally.failures += [Failure(error.file or "", error) for error in merged.left_out]
    return str(merged)


def _copy(case: Case, path: Path, tally: _Tally, shows: Shows) -> str:
    with Case.open(path) as other:  # for writing: it is ours, and may have to be brought up to date
        return _case(case, other.dump, tally, shows)


def _database(case: Case, path: Path, tally: _Tally) -> str:
    read = dna.read(path)
    own = case.agenda()
    theirs = dna_made.agenda_of(read, path.stem)
    named = {key: number([document], for_case=True)[0] for key, document in dna_made.documents_of(read).items()}
    codings = dna_made.codings_of(read, named)
    told = ""
    if own is None:
        if theirs.issues:
            case.set_agenda(ledger.agenda_toml(theirs), PROGRAM)
    else:
        codings, missing = _by_name(codings, theirs, ledger.parse_agenda(own, file="the agenda"))
        if missing:
            told = f"; not on this agenda: {', '.join(missing[:5])}{', …' if len(missing) > 5 else ''}"
    added = case.add(named.values())
    tally.count(added.new, added.known)
    found = of_case.bring_in(case, codings)
    return f"{len(named)} documents, {_told(found)}{told}"


def _by_name(codings: Sequence[Coding], theirs: Agenda, ours: Agenda) -> tuple[tuple[Coding, ...], list[str]]:
    """The codings with the issues of our agenda where one is called the same; the names of those that are not there."""
    by_name = {fold(name): issue.id for issue in ours.issues for name in (issue.id, issue.name)}
    names = {issue.id: issue.name for issue in theirs.issues}
    known = {issue.id for issue in ours.issues}
    missing: dict[str, None] = {}
    found = []
    for coding in codings:
        issue = coding.statement.issue
        if issue and issue not in known:
            name = names.get(issue, issue)
            same = by_name.get(fold(name))
            if same is None:
                missing[name] = None
            else:
                coding = replace(coding, statement=replace(coding.statement, issue=same))
        found.append(coding)
    return tuple(found), sorted(missing)


def _codings(case: Case, path: Path) -> str:
    from comity.desk.interchange.converting import codings_of_file

    codings, foreign = codings_of_file(path, case.documents(), Unit.CODE_POINTS)
    left = f"; {foreign} annotations name no speaker and act, and are left out" if foreign else ""
    return f"{_told(of_case.bring_in(case, codings))}{left}"


def _told(found: of_case.BroughtIn) -> str:
    said = f"{found.added} codings new, {found.known} known"
    return said + (f"; {found.machine} of readers left out: the documents are read anew" if found.machine else "")

"""From one form to another: which source can become which target, and how."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from comity import ledger
from comity.case import Case
from comity.desk import exports, flow
from comity.desk.interchange import annotations as web_annotations
from comity.desk.interchange import dna, dna_made, folder, of_case, parquet, table_csv
from comity.desk.interchange.codings import Coding
from comity.desk.interchange.merging import put_in
from comity.desk.interchange.offsets import Unit
from comity.desk.writing import write_whole
from comity.record import number
from comity.words import Agenda, Document, Handling, InputError

CODINGS = (".jsonld", ".csv", ".parquet")
TARGETS = ("a new folder", ".comity", ".dna", *CODINGS)


@dataclass(frozen=True)
class Converted:
    """What a conversion did, in words; `export` is the id of what left a case."""

    said: str
    export: str = ""


def convert(source: str, target: str, handling: Handling, unit: Unit, shows: flow.Shows) -> Converted:
    """Converts `source` to `target` by what they are. Raises InputError where there is no way from one to the other."""
    into = Path(target).suffix.lower()
    if folder.is_folder(source):
        if into != flow.CASE_SUFFIX:
            raise _no_way("a case as a folder", into, "make a case of it first: NAME.comity")
        return _folder_to_case(source, target, shows)
    suffix = Path(source).suffix.lower()
    if suffix == ".dna":
        return _from_dna(source, target, into, unit)
    if suffix in CODINGS:
        if into != flow.CASE_SUFFIX or not Path(target).exists():
            raise _no_way(suffix, into, "give a case that holds the documents these codings are of")
        return _codings_to_case(source, target, unit)
    if not flow.is_case(source):
        raise InputError("is no case, no folder of one, no .dna and no file of codings", file=source)
    if into == "":
        return _case_to_folder(source, target, handling)
    if into == flow.CASE_SUFFIX:
        raise _no_way("a case", into, "comity mail copies one")
    return _from_case(source, target, into, handling, unit, shows)


def _no_way(what: str, into: str, hint: str) -> InputError:
    return InputError(f"there is no way from {what} to {into or 'a folder'}", hint=hint)


def _case_to_folder(source: str, target: str, handling: Handling) -> Converted:
    with flow.opened(source) as case:
        id_ = folder_of(case, target, handling)
        head = (Path(target) / folder.HEAD).read_bytes()
        holds = held_by(case, handling)
        exports.keep(case, head, id=id_, what="folder", output=target, handling=handling, as_of=None, holds=holds)
    return Converted(f"{target}: written", id_[: exports.SHOWN])


def folder_of(case: Case, target: str | Path, handling: Handling) -> str:
    """Writes what `handling` admits of a case as a folder of open files; returns its id."""
    if handling is Handling.PROTECTED:
        return folder.write(case.dump(), target, handling)
    with tempfile.TemporaryDirectory(prefix="comity-") as aside:
        copy = Path(aside) / "copy.comity"
        case.mail(copy, handling=handling)
        with Case.open(copy, write=False) as public:
            return folder.write(public.dump(), target, handling)


def held_by(case: Case, handling: Handling) -> dict[str, str]:
    """What a receipt keeps of all that `handling` admits of a case."""
    material = flow.from_case(case, handling=handling).admitted(handling)
    return exports.held(flow.ledger_of(material), material.documents)


def _folder_to_case(source: str, target: str, shows: flow.Shows) -> Converted:
    lines = partial(folder.read, source)
    if not Path(target).exists():
        with Case.load_dump(target, lines()) as case:
            return Converted(f"{target}: {case.count()} documents, {len(case.decisions())} decisions")
    with Case.open(target) as case:
        merged = put_in(case, lines, shows)
    left = "".join(f"\nnote: {error}" for error in merged.left_out)
    return Converted(f"{target}: {merged}{left}")


def _from_case(source: str, target: str, into: str, handling: Handling, unit: Unit, shows: flow.Shows) -> Converted:
    if into not in (".dna", *CODINGS):
        raise _no_way("a case", into, f"end the name in one of {', '.join(TARGETS[1:])}, or give a new folder")
    with flow.opened(source) as case:
        material = flow.from_case(case, handling=handling, shows=shows).admitted(handling)
        made = flow.ledger_of(material)
        codings = of_case.codings_of(material, made)
        data = written(codings, material.documents, material.agenda, into, unit)
        write_whole(target, data)
        id_ = exports.content_id(list(codings))
        holds = exports.held(made, material.documents, [c.statement for c in codings])
        shown = exports.keep(
            case, data, id=id_, what=f"codings {into[1:]}", output=target, handling=handling, as_of=None, holds=holds
        )
    people = sum(c.coder.kind == "person" for c in codings)
    return Converted(f"{target}: {people} codings of people, {len(codings) - people} of readers", shown)


def written(
    codings: tuple[Coding, ...], documents: tuple[Document, ...], agenda: Agenda, into: str, unit: Unit
) -> str | bytes:
    """Codings in the form that an ending names: ``.jsonld``, ``.csv``, ``.parquet`` or ``.dna``."""
    if into == ".jsonld":
        return web_annotations.dumps(codings, documents, unit)
    if into == ".csv":
        return table_csv.dumps(codings)
    if into == ".parquet":
        return parquet.dumps(codings)
    return dna.dumps(dna_made.made(codings, documents, agenda))


def _from_dna(source: str, target: str, into: str, unit: Unit) -> Converted:
    read = dna.read(source)
    if into == ".dna":
        dna.write(read, target)
        rows = sum(len(table.rows) for table in read.tables)
        return Converted(f"{target}: {len(read.tables)} tables, {rows} rows")
    documents = dna_made.documents_of(read)
    if into in CODINGS:
        codings = dna_made.codings_of(read, documents)
        write_whole(target, written(codings, tuple(documents.values()), Agenda(), into, unit))
        return Converted(f"{target}: {len(codings)} codings")
    if into != flow.CASE_SUFFIX:
        raise _no_way("a .dna database", into, f"end the name in one of {', '.join(TARGETS[1:])}")
    agenda = dna_made.agenda_of(read, Path(source).stem)
    toml = ledger.agenda_toml(agenda) if agenda.issues else None
    named = {key: number([document], for_case=True)[0] for key, document in documents.items()}
    codings = dna_made.codings_of(read, named)
    with Case.create(target, toml, coder="Discourse Network Analyzer") as case:
        try:
            case.add(named.values())
            found = of_case.bring_in(case, codings)
        except BaseException:
            case.close()
            Path(target).unlink()  # half a case is none
            raise
    return Converted(f"{target}: {len(named)} documents, {found.added} codings{_machine(found)}")


def codings_of_file(path: str | Path, documents: Sequence[Document], unit: Unit) -> tuple[tuple[Coding, ...], int]:
    """The codings of a file, by how it is called, and how many of its annotations are of other tools.

    Raises InputError if it cannot be read, or a passage does not stand where it says.
    """
    source, suffix = str(path), Path(path).suffix.lower()
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", file=source) from None
    if suffix == ".parquet":
        return parquet.loads(data, documents, source), 0
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError("is not UTF-8", file=source) from None
    if suffix == ".jsonld":
        return web_annotations.loads(text, documents, source), web_annotations.foreign(text, source)
    return table_csv.loads(text, documents, source), 0


def _codings_to_case(source: str, target: str, unit: Unit) -> Converted:
    with Case.open(target) as case:
        codings, foreign = codings_of_file(source, case.documents(), unit)
        found = of_case.bring_in(case, codings)
    said = f"{target}: {found.added} codings added"
    said += f", {found.known} were there" if found.known else ""
    said += f"; {foreign} annotations name no speaker and act, and are left out" if foreign else ""
    return Converted(f"{said}{_machine(found)}")


def _machine(found: of_case.BroughtIn) -> str:
    return f"; {found.machine} of readers left out: read the documents instead" if found.machine else ""

"""A fictional negotiation, made by hand: three parties, eight issues, every mark and every state."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest

from comity.desk.brief import make_brief
from comity.desk.cli import main
from comity.desk.parts.values import Brief, Paragraph
from comity.words import (
    AUTHOR,
    Act,
    Actor,
    Agenda,
    Authority,
    Certainty,
    Change,
    ChangeKind,
    Channel,
    Document,
    DuplicateGroup,
    Event,
    EventStatus,
    Fact,
    Firmness,
    Gap,
    GapPoint,
    Issue,
    Ledger,
    LedgerEvent,
    Mode,
    Outlook,
    Party,
    Position,
    Provenance,
    Quantity,
    Reading,
    Relation,
    RelationKind,
    Review,
    Role,
    Said,
    Skipped,
    State,
    Statement,
    Status,
    Tension,
    TensionKind,
    Term,
)

MERIDIAN = """Orsenne and the Fenlands stay apart on the water of the Upper Sill, the mediator said on Tuesday.

“We will not sign any text that gives away a single turbine,” Orsenne’s water minister, Ilse Varga, told reporters in \
Carrick. She said Orsenne could accept a monitoring mission if the mission reports to both capitals.

The Fenlands demand 18 months of guaranteed flow, according to a senior Fenlands official. The official was quoted in \
the Harbour Post as saying that “the toll question is settled”.

Delegations meet again on Friday in Port Amity. Analysts doubt that Orsenne will ever share the turbines. \
And then it """

HARBOUR = """PORT AMITY, 6 March 2031 – Both sides agreed on Thursday to exchange all prisoners by the end of the month.

“All 214 prisoners go home,” said the mediator, Anselm Okonjo-Lindqvist.

The Free Cities of Marrowdale and the Lower Fens will pull their barges back from the Sill locks if Orsenne reopens \
the eastern sluice, their envoy Tam Ruddock said. Orsenne has not replied.

Orsenne offered 12 months of guaranteed flow, down from none. Orsenne holds the eastern sluice since November.

Orsenne insists on a permanent toll. The Free Cities refuse any toll whatsoever, people close to the talks say."""

RTL = """قال وزير المياه في أورسين: «لن نوقع قبل فتح المعبر». وأضاف أن المحادثات مستمرة.

A deal is close, the Fenlands’ envoy Tam Ruddock said. No deal is near, Minister Varga said the same day."""

REPRINT = HARBOUR


def agenda() -> Agenda:
    issues = [
        ("flow", "Guaranteed flow", "How long, and how much, water is guaranteed downstream", "substance"),
        ("turbines", "Turbines of the Upper Sill", "Who owns and runs them", "substance"),
        ("tolls", "Tolls", "", "substance"),
        ("barges", "Barges at the locks", "", "substance"),
        ("monitoring", "Monitoring mission", "Who watches, and to whom it reports", "substance"),
        ("crossing", "Eastern crossing", "", "substance"),
        ("prisoners", "Prisoners", "", "substance"),
        ("talks", "Talks and channels", "", "process"),
        ("prospects", "How near a deal is", "", "prospects"),
    ]
    return Agenda(
        title="The Upper Sill water talks: state of play",
        parties=(
            Party("orsenne", "Orsenne", ("the Orsennese",)),
            Party("free_cities", "Free Cities of Marrowdale and the Lower Fens", ("the Fenlands",)),
            Party("tashq", "Tashq Confederation"),
        ),
        actors=(
            Actor("varga", "Ilse Varga", (), "orsenne", Authority.PRINCIPAL),
            Actor("ruddock", "Tam Ruddock", (), "free_cities", Authority.ENVOY),
            Actor("official", "senior Fenlands official", (), "free_cities", Authority.OFFICIAL_UNNAMED),
            Actor("okonjo", "Anselm Okonjo-Lindqvist", (), None, Authority.OTHER, (Role.MEDIATOR,)),
        ),
        issues=tuple(Issue(i, name, description, kind=kind) for i, name, description, kind in issues),
    )


@dataclass
class Scene:
    """Documents and the ledger that stands on them, made by hand."""

    documents: list[Document] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)

    def say(
        self,
        document: str,
        quote: str,
        speaker: str,
        act: Act,
        issue: str,
        mode: Mode = Mode.INDIRECT,
        *,
        holder: str | None = None,
        condition: str = "",
        cue: str = "",
        chain: Sequence[str] = (),
        **more: object,
    ) -> str:
        text = next(d.text for d in self.documents if d.id == document)
        start = text.index(quote)
        passage = next(d for d in self.documents if d.id == document).passage(start, start + len(quote))
        n = 1 + sum(s.document == document for s in self.statements)
        at = text.index(condition) if condition else 0
        statement = Statement(
            id=f"{document}#{n}",
            passage=passage,
            mode=mode,
            speaker=speaker,
            act=act,
            holder=holder,
            issue=issue,
            chain=(AUTHOR, *chain, *(() if speaker == AUTHOR else (speaker,))),
            content=(passage.span,),
            cue=((text.index(cue), text.index(cue) + len(cue)),) if cue else (),
            condition=((at, at + len(condition)),) if condition else (),
            **more,  # type: ignore[arg-type]
        )
        self.statements.append(statement)
        return statement.id


@dataclass(frozen=True)
class Made:
    documents: tuple[Document, ...]
    readings: tuple[Reading, ...]
    ledger: Ledger
    since: date
    gaps: tuple[Gap, ...]
    changes: tuple[Change, ...]


def _documents() -> list[Document]:
    return [
        Document(
            "meridian",
            MERIDIAN,
            date(2031, 3, 4),
            "The Meridian",
            "No turbine",
            "https://meridian.example/sill?a=1&b=2",
        ),
        Document("harbour", HARBOUR, date(2031, 3, 6), "Harbour Post", "Prisoners to go home"),
        Document("naharda", RTL, None, "Naharda", "لن نوقع", language="ar"),
        Document("wire-copy", REPRINT, date(2031, 3, 7), "Lowland Wire", "Prisoners to go home"),
    ]


def make_scene() -> Made:
    s = Scene(documents=_documents())
    say = s.say
    apart = say("meridian", "stay apart on the water of the Upper Sill", "mediator", Act.ASSESS, "flow")
    turbine = say(
        "meridian",
        "We will not sign any text that gives away a single turbine",
        "Ilse Varga",
        Act.REJECT,
        "turbines",
        Mode.DIRECT,
        holder="Orsenne",
        cue="told",
        said=Said(date(2031, 3, 4), date(2031, 3, 4)),
        absolute=True,
    )
    mission = say(
        "meridian",
        "could accept a monitoring mission if the mission reports to both capitals",
        "Ilse Varga",
        Act.ACCEPT,
        "monitoring",
        holder="Orsenne",
        condition="if the mission reports to both capitals",
    )
    demand = say(
        "meridian",
        "demand 18 months of guaranteed flow",
        "senior Fenlands official",
        Act.DEMAND,
        "flow",
        holder="Free Cities of Marrowdale and the Lower Fens",
    )
    settled = say(
        "meridian",
        "the toll question is settled",
        "senior Fenlands official",
        Act.ASSERT,
        "tolls",
        Mode.MIXED,
        holder="Free Cities of Marrowdale and the Lower Fens",
        chain=("Harbour Post",),
    )
    meet = say("meridian", "Delegations meet again on Friday in Port Amity", AUTHOR, Act.ANNOUNCE, "talks", Mode.AUTHOR)
    doubt = say(
        "meridian",
        "Analysts doubt that Orsenne will ever share the turbines",
        "analysts",
        Act.ASSESS,
        "turbines",
        certainty=Certainty.PREDICTED,
    )
    exchange = say(
        "harbour", "agreed on Thursday to exchange all prisoners by the end of the month", AUTHOR, Act.ANNOUNCE,
        "prisoners", Mode.REPORTED_STANCE, holder="Orsenne",
    )  # fmt: skip
    home = say(
        "harbour", "All 214 prisoners go home", "Anselm Okonjo-Lindqvist", Act.ANNOUNCE, "prisoners", Mode.DIRECT
    )
    pull = say(
        "harbour",
        "will pull their barges back from the Sill locks if Orsenne reopens the eastern sluice",
        "Tam Ruddock",
        Act.OFFER,
        "barges",
        holder="Free Cities of Marrowdale and the Lower Fens",
        condition="if Orsenne reopens the eastern sluice",
    )
    offer12 = say("harbour", "offered 12 months of guaranteed flow", AUTHOR, Act.OFFER, "flow", Mode.REPORTED_STANCE,
                  holder="Orsenne")  # fmt: skip
    holds = say(
        "harbour", "Orsenne holds the eastern sluice since November", AUTHOR, Act.ASSERT, "crossing", Mode.AUTHOR,
        fact=True,
    )  # fmt: skip
    toll = say("harbour", "insists on a permanent toll", AUTHOR, Act.DEMAND, "tolls", Mode.REPORTED_STANCE,
               holder="Orsenne")  # fmt: skip
    notoll = say(
        "harbour", "refuse any toll whatsoever", "people close to the talks", Act.REJECT, "tolls",
        holder="Free Cities of Marrowdale and the Lower Fens",
    )  # fmt: skip
    sign = say("naharda", "لن نوقع قبل فتح المعبر", "Ilse Varga", Act.REJECT, "crossing", Mode.DIRECT, holder="Orsenne")
    close = say("naharda", "A deal is close", "Tam Ruddock", Act.ASSESS, "prospects")
    far = say("naharda", "No deal is near", "Ilse Varga", Act.ASSESS, "prospects")
    again = say("wire-copy", "All 214 prisoners go home", "Anselm Okonjo-Lindqvist", Act.ANNOUNCE, "prisoners",
                Mode.DIRECT, same_utterance_as=home)  # fmt: skip

    cities = "free_cities"
    months = lambda n: (Quantity(n, n, "month", (0, 1), "guaranteed flow"),)  # noqa: E731
    positions = (
        Position(cities, "flow", "demand 18 months of guaranteed flow", Act.DEMAND, Firmness.FIRM,
                 Provenance.PARAPHRASE, (demand,), "newest statement of the party", date(2031, 3, 4),
                 quantities=months(18)),
        Position("orsenne", "flow", "offered 12 months of guaranteed flow", Act.OFFER, Firmness.SOFT,
                 Provenance.REPORTER, (offer12,), "reported stance", date(2031, 3, 6), quantities=months(12)),
        Position("orsenne", "turbines", "We will not sign any text that gives away a single turbine", Act.REJECT,
                 Firmness.FIRM, Provenance.OWN_WORDS, (turbine,), "newest statement of the party", date(2031, 3, 4),
                 review=Review.ACCEPTED),
        Position("orsenne", "tolls", "insists on a permanent toll", Act.DEMAND, Firmness.FIRM, Provenance.REPORTER,
                 (toll,), "reported stance", date(2031, 3, 6)),
        Position(cities, "tolls", "refuse any toll whatsoever", Act.REJECT, Firmness.FIRM, Provenance.PARAPHRASE,
                 (notoll,), "newest statement of the party", date(2031, 3, 6), qualified_by=(settled,)),
        Position(cities, "barges", "will pull their barges back from the Sill locks if Orsenne reopens the eastern "
                 "sluice", Act.OFFER, Firmness.CONDITIONAL, Provenance.PARAPHRASE, (pull,), "conditional offer",
                 date(2031, 3, 6)),
        Position("orsenne", "monitoring", "could accept a monitoring mission if the mission reports to both capitals",
                 Act.ACCEPT, Firmness.CONDITIONAL, Provenance.PARAPHRASE, (mission,), "newest statement of the party",
                 date(2031, 3, 4), review=Review.CORRECTED),
        Position("orsenne", "crossing", "لن نوقع قبل فتح المعبر", Act.REJECT, Firmness.FIRM, Provenance.OWN_WORDS,
                 (sign,), "newest statement of the party"),
        Position("orsenne", "prisoners", "agreed on Thursday to exchange all prisoners by the end of the month",
                 Act.ANNOUNCE, Firmness.FIRM, Provenance.REPORTER, (exchange,), "reported stance", date(2031, 3, 6),
                 origins=2),
    )  # fmt: skip
    statuses = (
        Status("flow", State.OPEN, "numbers apart", (apart, demand, offer12), "open by statement"),
        Status("turbines", State.CLAIMED, "one side only", (turbine,), "one side speaks"),
        Status("tolls", State.BLOCKED, "demand against refusal", (toll, notoll), "exclusive demands",
               "on a reporter’s reading"),
        Status("barges", State.OFFERED, "no answer", (pull,), "unanswered offer", review=Review.ACCEPTED),
        Status("monitoring", State.OPEN, "", (mission,), "open by condition"),
        Status("crossing", State.BLOCKED, "no signature before", (sign,), "refusal"),
        Status("prisoners", State.AGREED, "both sides, reported", (exchange, home), "agreed by report"),
        Status("talks", State.SILENT, "", (), "no statement"),
        Status("prospects", State.CONTESTED, "close and not near", (close, far), "assessments differ"),
    )  # fmt: skip
    events = (
        LedgerEvent(
            Event("meeting", EventStatus.PLANNED, (_span(MERIDIAN, "meet again on Friday in Port Amity"),),
                  ("Orsenne", "Free Cities of Marrowdale and the Lower Fens"), "Port Amity", date(2031, 3, 14),
                  date(2031, 3, 14)),
            ("meridian",), (meet,), "another report says Saturday",
        ),
        LedgerEvent(
            Event("deadline", EventStatus.AGREED, (_span(HARBOUR, "by the end of the month"),), (), None, None,
                  date(2031, 3, 31)),
            ("harbour", "wire-copy"),
        ),
        LedgerEvent(
            Event("talks", EventStatus.HELD, (_span(HARBOUR, "Both sides agreed on Thursday"),), ("Orsenne",),
                  "Port Amity", date(2031, 3, 6), date(2031, 3, 6)),
            ("harbour",), (exchange,),
        ),
        LedgerEvent(Event("visit", EventStatus.PLANNED, (_span(MERIDIAN, "reporters in Carrick"),), ("Ilse Varga",)),
                    ("meridian",)),
    )  # fmt: skip
    ledger = Ledger(
        agenda=agenda(),
        as_of=None,
        statements=tuple(s.statements),
        positions=positions,
        outlooks=(Outlook("orsenne", "turbines", "will ever share the turbines", (doubt,), "forecast by others"),),
        statuses=statuses,
        tensions=(
            Tension(TensionKind.POSITION, (toll,), (notoll,), "demand against refusal", "tolls",
                    "A permanent toll is demanded and any toll refused."),
            Tension(TensionKind.ASSESSMENT, (close,), (far, apart), "near against far", "prospects"),
            Tension(TensionKind.STATUS, (settled,), (toll, notoll), "settled against open", "tolls"),
        ),
        relations=(Relation(RelationKind.SAME_UTTERANCE, (home, again), "same quote"),),
        facts=(Fact("crossing", "Orsenne holds the eastern sluice since November", (holds,), "reported state"),),
        channels=(
            Channel(("Free Cities of Marrowdale and the Lower Fens", "Orsenne"), ("Anselm Okonjo-Lindqvist",),
                    (meet, exchange), "meetings", date(2031, 3, 6), date(2031, 3, 14), "orsenne",
                    "if Orsenne reopens the eastern sluice"),
        ),
        terms=(
            Term("pull their barges back from the Sill locks", (pull,), "conditional offer", "barges",
                 obligor="Free Cities of Marrowdale and the Lower Fens", act="pull their barges back",
                 trigger="if Orsenne reopens the eastern sluice"),
        ),
        events=events,
        duplicates=(DuplicateGroup("harbour", ("harbour", "wire-copy"), 1.0),),
        version="ledger 1",
        reviews=((turbine, Review.ACCEPTED), (mission, Review.CORRECTED), (pull, Review.ACCEPTED)),
    )  # fmt: skip
    before = replace(positions[1], summary="offers 6 months")
    changes = (
        Change("orsenne", "flow", ChangeKind.MOVED, before, positions[1], (offer12,), "numbers",
               date(2031, 3, 6)),
        Change("orsenne", "tolls", ChangeKind.NEW, None, positions[3], (toll,), "first statement", date(2031, 3, 6)),
        Change("orsenne", "turbines", ChangeKind.SOFTENED, positions[2], positions[2], (turbine,), "softened"),
        Change(cities, "tolls", ChangeKind.HARDENED, positions[4], positions[4], (notoll,), "hardened"),
        Change("orsenne", "monitoring", ChangeKind.REAFFIRMED, positions[6], positions[6], (mission,), "said again"),
        Change(cities, "barges", ChangeKind.WITHDRAWN, positions[5], None, (pull,), "withdrawn", date(2031, 3, 6)),
    )  # fmt: skip
    readings = tuple(
        Reading(
            d.id,
            d.published,
            "hand 1",
            d.digest,
            tuple(replace(x, same_utterance_as=None) for x in s.statements if x.document == d.id),
            skipped=(Skipped(len(MERIDIAN) - 12, len(MERIDIAN), "broken sentence"),) if d.id == "meridian" else (),
        )
        for d in s.documents
    )
    return Made(
        documents=tuple(s.documents),
        readings=readings,
        ledger=ledger,
        since=date(2031, 3, 5),
        gaps=(
            Gap(
                "flow",
                "month",
                "guaranteed flow",
                (
                    GapPoint("orsenne", date(2031, 3, 1), 6, 6, apart),
                    GapPoint(cities, date(2031, 3, 4), 18, 18, demand),
                    GapPoint("orsenne", date(2031, 3, 6), 12, 12, offer12),
                ),
                6,
                ((date(2031, 3, 4), 12), (date(2031, 3, 6), 6)),
                "gap",
            ),
        ),
        changes=changes,
    )


def _span(text: str, words: str) -> tuple[int, int]:
    return (text.index(words), text.index(words) + len(words))


@pytest.fixture(scope="session")
def scene() -> Made:
    return make_scene()


def make(made: Made, **more: object) -> Brief:
    return make_brief(
        made.ledger,
        made.documents,
        readings=made.readings,
        since=made.since,
        gaps=made.gaps,
        changes=made.changes,
        made_by=(("Comity", "1"), ("Reader", "hand 1")),
        **more,  # type: ignore[arg-type]
    )


@pytest.fixture(scope="session")
def brief_of() -> Callable[..., Brief]:
    return make


@pytest.fixture(scope="session")
def brief(scene: Made) -> Brief:
    mine = Paragraph("bottom-line", "Watch the sluice.\n\nIt is the *cheapest* test.", "N. Analyst")
    return make(scene, paragraphs=(mine,))


FIRST = """CARRICK, 4 March 2031 – “We will not sign any text that gives away a single turbine,” Ilse Varga told \
reporters in Carrick on Tuesday. She said Orsenne would accept a monitoring mission if the \
mission reports to both capitals.

Tamland demands 18 months of guaranteed flow, its envoy, Tam Ruddock, said on Monday. The delegations will meet on \
Friday in Port Amity.
"""
SECOND = """PORT AMITY, 6 March 2031 – Tamland will pull its barges back from the locks if Orsenne reopens the eastern \
sluice, Tam Ruddock said on Thursday. “A deal is close,” Ruddock told the Harbour Post.

Orsenne offered 12 months of guaranteed flow, Ilse Varga said. “No deal is near,” Varga said. Orsenne rejects any \
guaranteed flow of 18 months, she said.
"""
AGENDA = """title = "Sill water talks"

[[party]]
id = "orsenne"
name = "Orsenne"

[[party]]
id = "tamland"
name = "Tamland"

[[actor]]
id = "varga"
name = "Ilse Varga"
aliases = ["Varga"]
party = "orsenne"
authority = "principal"

[[actor]]
id = "ruddock"
name = "Tam Ruddock"
aliases = ["Ruddock"]
party = "tamland"
authority = "envoy"

[[issue]]
id = "flow"
name = "Guaranteed flow"
keywords = ["flow"]

[[issue]]
id = "turbines"
name = "Turbines"
keywords = ["turbine*"]

[[issue]]
id = "barges"
name = "Barges and sluice"
keywords = ["barge*", "sluice*"]

[[issue]]
id = "monitoring"
name = "Monitoring"
keywords = ["monitor*", "mission"]

[[issue]]
id = "talks"
name = "Talks"
kind = "process"
keywords = ["meet*", "delegation*"]

[[issue]]
id = "prospects"
name = "Prospects"
kind = "prospects"
keywords = ["deal is close", "deal is near", "deal"]
"""


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str


@pytest.fixture
def comity(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Runs a command as from the shell, in this process."""

    def run(*args: object) -> Ran:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main([str(arg) for arg in args])
        printed = capsys.readouterr()
        return Ran(int(ended.value.code or 0), printed.out, printed.err)

    return run


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with two reports and an agenda; the coder is ada."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COMITY_CODER", "ada")
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "2031-03-04_meridian.txt").write_text(FIRST, encoding="utf-8")
    (reports / "2031-03-06_harbour-post.txt").write_text(SECOND, encoding="utf-8")
    (tmp_path / "talks.toml").write_text(AGENDA, encoding="utf-8")
    return tmp_path


@pytest.fixture
def case(folder: Path, comity: Callable[..., Ran]) -> Path:
    """A case that holds the two reports, read."""
    path = folder / "talks.comity"
    assert comity("new", path, "--agenda", "talks.toml", "-q").code == 0
    assert comity("add", path, "reports", "-q").code == 0
    return path

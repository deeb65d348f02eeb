"""Made-up reports on made-up negotiations: as many as wanted, the same for the same seed.

Each document is a function of seed and number, so that any part of a large set can be made alone. Places, people and
outlets are invented; sentences come from templates of our own and vary in source, mode and form.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from comity.words import (
    AUTHOR,
    Act,
    Certainty,
    Document,
    Mention,
    Mode,
    Reading,
    Segment,
    SegmentKind,
    Statement,
)

FIRST_DAY = date(2031, 1, 6)
OUTLETS = ("Harbour Wire", "Coast Courier", "The Meridian", "Sorrel Evening Post", "Agence Lagune", "Novi Glasnik")
SYLLABLES = (
    "kar",
    "vel",
    "mor",
    "tis",
    "ulm",
    "bran",
    "sel",
    "dor",
    "nai",
    "ro",
    "lin",
    "qua",
    "hest",
    "or",
    "ya",
    "zim",
)
ROLES = ("foreign minister", "chief negotiator", "spokesperson", "deputy envoy", "president", "adviser")
SIDES = ("Aldermark", "Velmora", "Tisulia", "the Hestor League", "Naidor", "the Republic of Quarol")
ISSUES = {
    "corridor": ("the northern corridor", "the transit road", "the crossing at Selbran"),
    "grain": ("the grain quota", "fishing rights", "the dues at the lock"),
    "monitors": ("the observers’ mandate", "the monitoring mission", "a verification body"),
    "prisoners": ("the exchange of detainees", "the list of the missing", "a prisoner swap"),
    "status": ("the status of the islands", "the special zone", "the interim council"),
    "guarantees": ("security guarantees", "the guarantors’ role", "a non-aggression clause"),
}
VERBS: tuple[tuple[str, Act], ...] = (
    ("must be settled before anything else", Act.DEMAND),
    ("is not up for discussion", Act.REJECT),
    ("can be part of a wider package", Act.OFFER),
    ("will be accepted once the other side moves", Act.CONDITION),
    ("has been agreed in principle", Act.ASSERT),
    ("will take months rather than weeks", Act.ASSESS),
)
FRAMES: tuple[tuple[str, Mode], ...] = (
    ("“{content},” said {name}, {role} of {side}.", Mode.DIRECT),
    ("{name}, {role} of {side}, said that {content}.", Mode.INDIRECT),
    ("According to {name}, {role} of {side}, {content}.", Mode.INDIRECT),
    ("{content}, {name} of {side} told reporters.", Mode.INDIRECT),
    ("For {side}, {content}.", Mode.REPORTED_STANCE),
)
FILLER = (
    "Delegations met for the {n}th day behind closed doors in Port Sorrel.",
    "Traffic at the crossing was light, residents said.",
    "A working group of {n} experts continues on Thursday.",
    "Earlier rounds ended without a communiqué.",
    "Markets in the region opened {n} points lower.",
    "The text runs to {n} pages, two people who have seen it said.",
)


@dataclass(frozen=True)
class _Said:
    start: int
    end: int
    name: str
    side: str
    issue: str
    act: Act
    mode: Mode


def person(draw: Random) -> str:
    """An invented name."""
    return " ".join("".join(draw.choice(SYLLABLES) for _ in range(draw.randint(2, 3))).title() for _ in range(2))


def report(seed: int, number: int, sentences: int = 25) -> tuple[Document, list[_Said]]:
    """Report `number` of the set `seed`, with `sentences` statements, and where each of them stands.

    One in twenty is a reprint: the words of an earlier report under another outlet.
    """
    if number and Random(f"{seed}:{number}:reprint").random() < 0.05:
        original, said = report(seed, number - 1, sentences)
        others = [outlet for outlet in OUTLETS if outlet != original.source]
        source = others[number % len(others)]
        return _document(number, original.text, original.published, source, original.title), said
    draw = Random(f"{seed}:{number}")
    cast = [(person(draw), draw.choice(ROLES), draw.choice(SIDES)) for _ in range(4)]
    said: list[_Said] = []
    text = ""
    for n in range(sentences):
        name, role, side = draw.choice(cast)
        issue = draw.choice(sorted(ISSUES))
        verb, act = draw.choice(VERBS)
        content = f"{draw.choice(ISSUES[issue])} {verb}"
        frame, mode = draw.choice(FRAMES)
        if n and draw.random() < 0.35:
            text += draw.choice(FILLER).format(n=draw.randint(3, 240)) + draw.choice((" ", "\n\n"))
        place = len(text) + len(frame.partition("{content}")[0].format(name=name, role=role, side=side))
        text += frame.format(content=content, name=name, role=role, side=side) + " "
        said.append(_Said(place, place + len(content), name, side, issue, act, mode))
    published = FIRST_DAY + timedelta(days=draw.randrange(700))
    title = f"Talks on {draw.choice(ISSUES[said[0].issue])}: {person(draw)} returns"
    return _document(number, text.strip() + "\n", published, draw.choice(OUTLETS), title), said


def _document(number: int, text: str, published: date | None, source: str | None, title: str | None) -> Document:
    made = Document("", text, published, source, title, language="en", name=f"report-{number:06}.txt")
    return made.renamed(f"report-{number:06}-{made.identity[:8]}")


def reading(document: Document, said: list[_Said], reader: str = "made-up-1") -> Reading:
    """A reading of a made-up report, as large as a reader's would be, and right."""
    statements = tuple(
        Statement(
            id=f"{document.id}#{n}",
            passage=document.passage(s.start, s.end),
            mode=s.mode,
            speaker=AUTHOR if s.mode is Mode.REPORTED_STANCE else s.name,
            act=s.act,
            certainty=Certainty.ASSERTED,
            holder=s.side if s.mode is Mode.REPORTED_STANCE else s.name,
            chain=(AUTHOR,) if s.mode is Mode.REPORTED_STANCE else (AUTHOR, s.name),
            issue=s.issue,
            content=((s.start, s.end),),
            source=((s.end + 2, s.end + 2 + len(s.name)),),
            cue=((s.end + 1, s.end + 2),),
            topics=(s.issue, "talks"),
            confidence=0.9,
        )
        for n, s in enumerate(said, 1)
    )
    mentions = tuple(Mention(s.start, s.end, s.name.replace(" ", "-").lower()) for s in said)
    segments = (Segment(0, len(document.text), SegmentKind.BODY),)
    return Reading(
        document.id, document.published, reader, document.digest, statements, mentions=mentions, segments=segments
    )


def write_folder(folder: Path, seed: int, documents: int, sentences: int = 8) -> int:
    """The first `documents` reports of a set as text files, a hundred a folder: title, outlet, date, text.

    Returns how many different publications they are: a reprint of a reprint may be the original again.
    """
    different = set()
    for number in range(documents):
        made, _ = report(seed, number, sentences)
        different.add(made.identity)
        path = folder / f"{number // 100:04}" / made.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{made.title}\n{made.source}\n{made.published}\n\n{made.text}", encoding="utf-8", newline="")
    return len(different)

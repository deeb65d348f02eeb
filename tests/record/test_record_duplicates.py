from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from comity.record import duplicates
from comity.words import Document

SHARED = Path(__file__).parents[2].parent / "shared" / "data"

WIRE = """SOUTHPORT, March 4, 2031 (Strait Wire) -- The two delegations met for a third day in the old customs house and
parted without agreeing on the length of the transition, the mediator's office said.

The eastern delegation had asked for eighteen months, its spokesman told reporters, and would not go below fifteen
unless the pilots' guild was given a seat on the joint commission. "We have come a long way and we are tired
of walking alone," he said.

A member of the western delegation, who asked not to be named, called the demand a step back. Her side had offered
twelve months and a review after nine, she said, and saw no reason to improve on an offer that had not been answered.

The mediator will see both heads of delegation separately on Thursday. Talks in the full round resume on Saturday if
both accept the agenda that was sent to them last night.

Fishing in the northern strait has been suspended since January, when two patrol boats collided off the lighthouse."""
SAME_EVENT = """By Mara Lind, Harbour Times, 4 March 2031

A third day of talks in the old customs house has ended the way the first two did. Nobody signed, nobody left, and the
question of how long the transition should last is as open as it was on Sunday.

The east wants a year and a half and hints at fifteen months for a price: a chair for the pilots' guild in the joint
commission. "We have come a long way and we are tired of walking alone," said the spokesman of its delegation.

Twelve months with a look back after nine is all that the west has put on the table so far. One of its negotiators spoke
of a step back. The answer to the offer, she added, is what her side is waiting for.

On Thursday the mediator receives the heads of the two delegations one after the other."""


def reprints() -> dict[str, str]:
    paragraphs = WIRE.split("\n\n")
    body = "\n\n".join(paragraphs[1:])
    return {
        "headed": f"No accord on transition\n\nBy our own staff \n\n{WIRE}\n\n(Reporting by the Southport bureau)",
        "credited": WIRE.replace("SOUTHPORT, March 4, 2031 (Strait Wire) -- ", "SOUTHPORT – "),
        "cut": "\n\n".join(paragraphs[:2]),
        "trimmed": "\n\n".join([paragraphs[0], *paragraphs[2:4]]),
        "capitals": WIRE.upper(),
        "wrapped": " ".join(WIRE.split()),
        "edited": WIRE.replace("reporters", "journalists").replace("eighteen", "18").replace("twelve", "12"),
        "extended": WIRE
        + "\n\nResidents of the quay said that they had heard all of this before, most recently in the autumn.",
        "no lead": body,
    }


def groups(documents: list[Document]) -> list[tuple[str, ...]]:
    return [group.members for group in duplicates(documents)]


@pytest.mark.parametrize("kind", sorted(reprints()))
def test_a_reprint_is_found(kind: str) -> None:
    (group,) = duplicates(
        [Document("wire", WIRE, date(2031, 3, 4)), Document(kind, reprints()[kind], date(2031, 3, 5))]
    )
    assert (group.original, set(group.members)) == ("wire", {"wire", kind})
    assert 0.1 < group.similarity <= 1


def test_another_report_on_the_same_event_is_no_duplicate() -> None:
    assert groups([Document("wire", WIRE), Document("times", SAME_EVENT)]) == []
    assert groups([Document("wire", reprints()["cut"]), Document("times", SAME_EVENT)]) == []


def test_the_order_does_not_matter() -> None:
    documents = [
        Document("wire", WIRE),
        Document("times", SAME_EVENT),
        *(Document(k, t) for k, t in reprints().items()),
    ]
    expected = duplicates(documents)
    assert [len(group.members) for group in expected] == [10]
    for seed in range(6):
        random.Random(seed).shuffle(documents)
        assert duplicates(documents) == expected


def test_the_original_is_the_first_published() -> None:
    (group,) = duplicates(
        [Document("a", WIRE), Document("z", WIRE, date(2031, 3, 4)), Document("m", WIRE, date(2031, 3, 4))]
    )
    assert group.original == "m"
    assert group.members == ("m", "a", "z")
    assert group.similarity == 1.0


def test_a_digest_is_no_reprint_of_what_it_holds() -> None:
    digest = f"In today's papers:\n\n{WIRE}\n\n{SAME_EVENT}"
    assert groups([Document("wire", WIRE), Document("times", SAME_EVENT), Document("digest", digest)]) == []


def test_a_passage_used_again_in_a_long_text_is_no_reprint() -> None:
    rng = random.Random(7)
    history = " ".join(f"word{rng.randrange(4000)}" for _ in range(3000))
    assert groups([Document("short", WIRE), Document("history", f"{history} {WIRE}")]) == []


def test_a_common_ending_is_no_reprint() -> None:
    ending = "The strait has been closed to fishing since two patrol boats collided off the lighthouse in January. " * 2
    rng = random.Random(1)
    reports = [
        Document(str(i), " ".join(f"w{rng.randrange(900)}" for _ in range(180)) + " " + ending) for i in range(80)
    ]
    assert groups(reports) == []


def test_very_many_reprints_are_one_group() -> None:
    words = WIRE.split()
    copies = [Document(f"{i:03}", " ".join([*words[: 90 + i % 60], f"ending{i}"])) for i in range(150)]
    (group,) = groups(copies)
    assert len(group) == 150


@pytest.mark.parametrize("texts", [[], [""], ["", ""], ["No."], ["No.", "Yes."], ["...", "!!"]])
def test_nothing_to_compare(texts: list[str]) -> None:
    assert groups([Document(str(i), text) for i, text in enumerate(texts)]) == []


def test_short_texts_are_the_same_only_if_all_their_words_are() -> None:
    assert groups([Document("a", "No comment."), Document("b", "NO COMMENT"), Document("c", "No comment today.")]) == [
        ("a", "b")
    ]


def _edited(text: str, kind: str, rng: random.Random) -> str:
    paragraphs = [p for p in re.split(r"\n+", text) if p.strip()]
    words = text.split()
    changes: dict[str, Callable[[], str]] = {
        "new head and credit": lambda: "\n".join(
            ["A HEADLINE", "By staff", *paragraphs[min(1, len(paragraphs) - 1) :], "(desk)"]
        ),
        "first half": lambda: "\n".join(paragraphs[: max(2, len(paragraphs) // 2)]),
        "first fifth": lambda: " ".join(words[: max(60, len(words) // 5)]),
        "3 % of words changed": lambda: " ".join("changed" if rng.random() < 0.03 else word for word in words),
        "8 % of words changed": lambda: " ".join("changed" if rng.random() < 0.08 else word for word in words),
        "30 % of paragraphs gone": lambda: "\n".join(p for p in paragraphs if rng.random() < 0.7) or text,
    }
    return changes[kind]()


@pytest.mark.data
def test_reprints_of_real_reports(capsys: pytest.CaptureFixture[str]) -> None:
    """Recall on reprints made of real reports, among 923 reports of the same months, many on the same events."""
    path = SHARED / "polnear"
    if not path.exists():
        pytest.skip("needs ../shared/data/polnear beside the checkout")
    packed = [gzip.decompress((path / f"{part}.jsonl.gz").read_bytes()) for part in ("train", "dev")]
    texts = sorted({json.loads(line)["text"] for data in packed for line in data.decode().splitlines()})
    reports = [Document(f"{i:04}", text) for i, text in enumerate(texts)]
    alike = {member for group in duplicates(reports) for member in group.members}
    assert len(alike) <= 12  # six pairs: by eye, each an updated version of the other by the same outlet
    kinds = ["new head and credit", "first half", "first fifth", "3 % of words changed", "8 % of words changed",
             "30 % of paragraphs gone"]  # fmt: skip
    rng = random.Random(1)
    sample = [document for document in reports if document.id not in alike][::3]
    kind_of = {document.id: kinds[i % len(kinds)] for i, document in enumerate(sample)}
    found = duplicates([*reports, *(Document(f"{d.id}-copy", _edited(d.text, kind_of[d.id], rng)) for d in sample)])
    wrong = [g.members for g in found if len({m.removesuffix("-copy") for m in g.members} - alike) > 1]
    assert wrong == []
    together = {member: group.original for group in found for member in group.members}
    hits = {
        kind: [together.get(i, 0) == together.get(f"{i}-copy", 1) for i, k in kind_of.items() if k == kind]
        for kind in kinds
    }
    with capsys.disabled():
        print("\nreprints found:", ", ".join(f"{kind} {sum(hit)}/{len(hit)}" for kind, hit in hits.items()))
    assert all(sum(hit) >= 0.95 * len(hit) for hit in hits.values())

"""Who said it: ends of contents, quotations that stand alone, and for whom a person speaks."""

from __future__ import annotations

import pytest

from comity.reading import read
from comity.words import AUTHOR, Document


def told(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """Passages with who carried them, the article's own left out."""
    found = read(Document(id="s", text=text)).statements
    return [(s.passage.quote, s.chain[1:]) for s in found if s.chain != (AUTHOR,)]


@pytest.mark.parametrize(
    ("text", "quote", "chain"),
    [
        (
            "The council said that the pier was unsafe, a charge that Ada Holt dismissed.",
            "the pier was unsafe",
            ("council",),
        ),
        (
            "Asked about the vote, Ada Holt said: “I shall not stand again.”",
            "“I shall not stand again.”",
            ("Ada Holt",),
        ),
        (
            "The herring had gone, said Ada Holt, who teaches in the harbour school.",
            "The herring had gone",
            ("Ada Holt",),
        ),
        (
            "The agent said she had received pledges from both crews that the nets would stay ashore.",
            "the nets would stay ashore",
            ("agent", "both crews"),
        ),
        (
            "The paper Kelp said the fleet was lost. It cited a pilot.",
            "the fleet was lost",
            ("Kelp", "pilot"),
        ),
        (
            "Papers obtained by the Morning Kelp show that the ministry knew the pier was unsafe.",
            "the pier was unsafe",
            ("Morning Kelp", "Papers", "ministry"),
        ),
        ("Ada Holt said the nets were full, but Jan Ost said they were not.", "they were not", ("Jan Ost",)),
        (
            "Through an interpreter, the elder said that his people would stay.",
            "his people would stay",
            ("interpreter", "elder"),
        ),
        ("The elder told Channel Two that his people would stay.", "his people would stay", ("Channel Two", "elder")),
        (
            "The nets were full, she heard. They had come close, the agent said: the crews had shaken hands.",
            "the crews had shaken hands",
            ("agent",),
        ),
        ("Ada Holt told her crew by telephone that the pier was unsafe.", "the pier was unsafe", ("Ada Holt",)),
    ],
)
def test_the_words_and_through_whom(text: str, quote: str, chain: tuple[str, ...]) -> None:
    assert (quote, chain) in told(text)


def test_a_quotation_is_never_given_to_who_speaks_later() -> None:
    text = (
        "“The nets are full, though [few] know,” captain Ada Holt, speaking at Mr. Ost’s wharf, said. “The price is "
        "low this year.”\n\nJan Ost said the price would rise."
    )
    assert not [chain for quote, chain in told(text) if "low" in quote and "Jan Ost" in chain]


def test_what_is_denied_is_not_told_by_whoever_is_said_to_have_said_it() -> None:
    found = told("Ada Holt denied that Jan Ost had promised her the pier.")
    assert [chain for _, chain in found] == [("Ada Holt",)]


def test_people_speak_for_a_state_that_only_the_text_knows() -> None:
    text = "Belvara sent a boat. Ada Holt, who heads the Belvaran crew, said that the nets were full."
    entities = {e.name: e for e in read(Document(id="s", text=text)).entities}
    assert entities["Belvara"].type == "state"
    assert entities["Ada Holt"].party == "Belvara"


def test_whose_chief_executive_somebody_is() -> None:
    text = "Seagrain refused. Ada Holt, Seagrain’s chief executive, said that the nets were full."
    holt = next(e for e in read(Document(id="s", text=text)).entities if e.name == "Ada Holt")
    assert holt.party == "Seagrain"


def test_what_somebody_calls_it_in_a_relative_clause() -> None:
    found = told("The agent said the crews had asked for silver, a demand that Ms Holt dismissed as “a sailor’s yarn”.")
    assert ("the crews had asked for silver", ("agent",)) in found
    assert ("dismissed as “a sailor’s yarn”", ("Holt",)) in found


def test_a_clause_in_the_present_ends_what_was_told_in_the_past() -> None:
    found = told("The UN mission said 4,000 people had left, while the council puts the figure at 2,600.")
    assert [who for words, who in found if "2,600" in words] == [("council",)]

"""What somebody does not think is never told as what they think."""

from __future__ import annotations

import pytest

from comity.reading import read
from comity.words import Act, Document, Polarity


@pytest.mark.parametrize(
    ("text", "quote", "polarity"),
    [
        ("Ana Holt said she did not think the talks would succeed.", "did not think the talks would succeed", "con"),
        ("Ana Holt does not believe that a deal is near.", "does not believe that a deal is near", "con"),
        ('"I don\'t think we are close to a deal," Ana Holt said.', '"I don\'t think we are close to a deal,"', "con"),
        ("Ana Holt said she thought a deal was near.", "a deal was near", "pro"),
    ],
)
def test_the_negation_stays_with_the_words(text: str, quote: str, polarity: str) -> None:
    (statement,) = read(Document(id="a", text=text)).statements
    assert statement.passage.quote == quote
    assert statement.polarity is Polarity(polarity)


def test_a_claim_that_is_rejected_is_denied() -> None:
    text = "Ana Holt rejected the claim that ships had left."
    said = {s.passage.quote: (s.act, s.polarity) for s in read(Document(id="a", text=text)).statements}
    assert said["rejected the claim that ships had left"] == (Act.ASSERT, Polarity.CON)

"""Who binds himself, who refuses without a word of refusal, what hangs on what, and what only denies."""

from __future__ import annotations

import pytest

from comity.reading import read
from comity.words import Document, Statement

ACTS = [
    # who would do it, and whether it is done, threatened or only possible
    ("The growers warned that if no pump was bought, they would close the sluice.", "commit"),
    ("Belvara's premier said it would invite judges to count the boats.", "commit"),
    ("Belvara's coastguard could guarantee the crossing, its spokeswoman said.", "offer"),
    ("The mayor said that no school would be closed before the spring.", "commit"),
    ("The chief executive, Oda Lys, said the company would take the steps that were necessary.", "commit"),
    ("Finance director Ivo Brand said the firm was willing to give the pilots more time.", "offer"),
    ("The envoys fear that Belvara will agree to the terms.", "assess"),
    ("Sources close to the talks put the chances at one in two.", "assess"),
    # what is refused or waived
    ("Belvara's envoy said the old lease could not be the basis of any deal.", "reject"),
    ("The premier said the two islands were not subject to discussion.", "reject"),
    ("The union said the offer did not go far enough.", "reject"),
    ("The mayor said that there was no reason to cancel the lease.", "reject"),
    ("Belvara declined to endorse the truce.", "reject"),
    ("Belvara declined to say who had signed.", "decline_to_say"),
    ("The union said its pilots would settle for no less than 8 per cent.", "demand"),
    ("Belvara's foreign minister said Belvara was not insisting on a seat.", "accept"),
    ("The minister said the pay offer would not be tied to longer shifts.", "offer"),
    ("The rebels said numbers could not be a precondition for talks.", "reject"),
    # what hangs on what
    ("The general said there would be no talks until the rebels left the port.", "condition"),
    ("The committee would not sign anything before it had read it, its chair said.", "condition"),
    ("The growers' party said it would only agree to a fund for schools.", "condition"),
    ("The company's negotiator said the offer would be withdrawn if the members rejected it.", "condition"),
    # what is denied, done or told
    ("The minister rejected the accusation.", "assert"),
    ("Belvara rejected Lowmark's claim to the islands.", "reject"),
    ("Belvara's army said that rebel fighters had attacked a convoy near the bridge.", "assert"),
]

CONDITIONS = [
    ("The minister said Belvara would open the port the day the treaty was signed.", "the day the treaty was signed"),
    ("He would come down as soon as the army grants him a pass, he said.", "as soon as the army grants him a pass"),
    ("The miners' group said it was committed to the truce as long as Belvara was.", "as long as Belvara was"),
    ("Belvara's premier said it would talk when the guns fell silent.", "when the guns fell silent"),
    ("The premier said no lease could be signed without the consent of the house.", "without the consent of the house"),
    ("The council said it would study the paper without haste.", None),
    ("The pilots said they would walk home after the vote.", None),
]


def said(text: str) -> Statement:
    """The first statement of a text."""
    return read(Document(id="d", text=text)).statements[0]


@pytest.mark.parametrize(("text", "act"), ACTS)
def test_act(text: str, act: str) -> None:
    assert said(text).act.value == act


@pytest.mark.parametrize(("text", "words"), CONDITIONS)
def test_condition(text: str, words: str | None) -> None:
    assert [text[a:b] for a, b in said(text).condition] == ([] if words is None else [words])


def test_what_is_thought_of_others_is_the_thinkers() -> None:
    text = "Belvara and Lowmark met on Monday. Lowmark fears that Belvara will refuse to sign the lease."
    thought = read(Document(id="d", text=text)).statements[-1]
    assert (thought.act.value, thought.holder) == ("assess", "Lowmark")


def test_a_strike_on_a_day_leaves_nobody_behind() -> None:
    text = "If there is no deal by noon, the pilots of Belvara will walk out on Thursday."
    assert not [s for s in read(Document(id="d", text=text)).statements if s.act.value == "reject"]


def test_what_must_be_free_is_asked_for_and_no_guess() -> None:
    passage = said('Belvara\'s envoy said that passage must be "free".')
    assert (passage.act.value, passage.certainty.value) == ("demand", "asserted")


def test_what_could_not_be_is_no_hedge() -> None:
    assert said("Belvara's envoy said the old lease could not be the basis of any deal.").certainty.value == "asserted"


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Lowmark's premier warned that the island would lose its ferry unless it paid.", "assess"),
        ("The union's leader, Oda Lys, said the strike would continue until the pilots were back.", "commit"),
        ("The minister said that four towns depended on the river.", "assert"),
        ("Belvara's envoy said there was nothing to discuss.", "reject"),
        ("Belvara's envoy said the terms showed that Lowmark was not ready to sign.", "assess"),
        ("The premier said that such a fleet could never exist again.", "reject"),
        ("Without a court there is no treaty, the envoy of Belvara said.", "condition"),
        ("Belvara had always been clear that it would not sign, its envoy said.", "reject"),
        ("Ada Holt said the rebels had to leave and that she was tired of promises.", "demand"),
        ("Belvara wants them back at once.", "demand"),
        ("Belvara's envoy said the camp must be closed, calling it a red line.", "demand"),
        ("The rebels had never promised to give up the port.", "assert"),
    ],
)
def test_more_acts(text: str, act: str) -> None:
    assert said(text).act.value == act


def test_what_somebody_turned_down_beside() -> None:
    read_here = read(
        Document(id="d", text="Ada Holt proposed a truce, which the Belvaran army turned down.")
    ).statements
    assert [s.act.value for s in read_here] == ["offer", "reject"]

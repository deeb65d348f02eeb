"""Actors before a verb are found by the order of words, and the parse is put right around them."""

from __future__ import annotations

import pytest

from comity.reading.parse import parse
from comity.reading.regroup import regroup
from comity.reading.rolls import Group, find_rolls


def told(text: str) -> list[tuple[list[str], list[tuple[str, list[str]]], str]]:
    """Each roll of `text`: its actors (with whom they speak for after "/"), what is told beside them, its verb."""
    doc = parse(text)

    def named(group: Group) -> list[str]:
        out = []
        for k, name in enumerate(group.names):
            words = doc[name.first : name.last + 1].text
            stand = group.stands.get(k)
            for one in stand.group.names if stand else ():
                words += " / " + doc[one.first : one.last + 1].text
            out.append(words)
        return out

    return [(named(r.group), [(a.kind, named(a.group)) for a in r.asides], doc[r.verb].text) for r in find_rolls(doc)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "On funding, LUMOVIA, for the COAST GROUP, ARN and SELLAND said the text was clear.",
            (["LUMOVIA / the COAST GROUP", "ARN", "SELLAND"], [], "said"),
        ),
        (
            "The COAST GROUP, supported by Lumovia and Selland, but opposed by ARN, proposed a deadline.",
            (["The COAST GROUP"], [("by", ["Lumovia", "Selland"]), ("by", ["ARN"])], "proposed"),
        ),
        (
            "Arn, with Lumovia, for the LOWLANDS, and many other countries, called for restraint.",
            (["Arn"], [("with", ["Lumovia / the LOWLANDS", "many other countries"])], "called"),
        ),
        (
            "Several parties, including Arn and Selland, noted the need for clarity.",
            (["Several parties"], [("among", ["Arn", "Selland"])], "noted"),
        ),
        (
            "Talks went on, while ARN, SELLAND and others preferred two years.",
            (["ARN", "SELLAND", "others"], [], "preferred"),
        ),
        (
            "The authors, with Arn, and opposed by Selland, had suggested another sentence.",
            (["The authors"], [("with", ["Arn"]), ("by", ["Selland"])], "suggested"),
        ),
    ],
)
def test_rolls(text: str, found: tuple[list[str], list[tuple[str, list[str]]], str]) -> None:
    assert found in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "The ministers of Norway, Sweden and Denmark met.",
        "In talks with Norway, Sweden and Denmark, the mediator said no.",
        "Roads blocked by snow were opened.",
        "Yesterday, in the town, they said nothing.",
    ],
)
def test_no_roll_where_the_words_hang_on_others(text: str) -> None:
    assert not [r for r in told(text) if len(r[0]) > 1]


def test_the_parse_is_put_right() -> None:
    doc = regroup(parse("On the Board, SELLAND, with the UNION and ARN, called  for balance."))
    verb = next(t for t in doc if t.text == "called")
    subject = next(c for c in verb.lefts if c.dep_ == "nsubj")
    assert subject.text == "SELLAND"
    beside = next(c for c in subject.rights if c.text == "with")
    pobj = next(c for c in beside.rights if c.dep_ == "pobj")
    assert [pobj.text, *(c.text for c in pobj.conjuncts)] == ["UNION", "ARN"]


def test_every_sentence_stays_one_tree() -> None:
    text = (
        "ARN, for the LOWLANDS, supported by SELLAND, and LUMOVIA, with  the UNION, asked for time; while the US, "
        "opposed by ARN, preferred to go on. SELLAND  preferred open-ended membership."
    )
    doc = regroup(parse(text))
    for sentence in doc.sents:
        roots = {t.i for t in sentence if t.head.i == t.i}
        assert len(roots) == 1
        for token in sentence:
            assert token.i in roots or roots & {a.i for a in token.ancestors}

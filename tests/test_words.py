"""The leaf: values combine as they say, and survive JSON."""

from __future__ import annotations

import dataclasses
import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity import words
from comity.words import (
    Act,
    Agenda,
    Certainty,
    Decision,
    DecisionKind,
    Document,
    Firmness,
    Handling,
    InputError,
    Issue,
    Mode,
    Option,
    Party,
    Passage,
    Provenance,
    Quantity,
    Reading,
    Said,
    Statement,
    dumps,
    fold,
    fold_name,
    from_json,
    reading_from_json,
    schema,
    to_json,
)

texts = st.text(alphabet=st.characters(exclude_categories=("Cs",)), min_size=1, max_size=80)
values = [value for value in vars(words).values() if isinstance(value, type) and dataclasses.is_dataclass(value)]


@st.composite
def passages(draw: st.DrawFn) -> tuple[Document, Passage]:
    document = Document(id="d", text=draw(texts))
    start = draw(st.integers(0, len(document.text) - 1))
    return document, document.passage(start, draw(st.integers(start + 1, len(document.text))))


@given(passages())
def test_a_passage_quotes_its_document_also_after_json(pair: tuple[Document, Passage]) -> None:
    document, passage = pair
    again = from_json(Passage, json.loads(dumps(passage)))
    assert again == passage
    assert again.holds_in(from_json(Document, json.loads(dumps(document))))


@given(passages(), st.sampled_from(Mode), st.sampled_from(Act), st.sampled_from(Certainty), st.booleans())
def test_a_reading_survives_the_shared_form(
    pair: tuple[Document, Passage], mode: Mode, act: Act, certainty: Certainty, fact: bool
) -> None:
    document, passage = pair
    statement = Statement(
        id="d#1",
        passage=passage,
        mode=mode,
        speaker="Ada Quill",
        act=act,
        certainty=certainty,
        chain=("author", "Ada Quill"),
        said=Said(date(2031, 3, 1), date(2031, 3, 2), passage.span),
        content=(passage.span,),
        quantities=(Quantity(12.0, 18.0, "month", passage.span),),
        fact=fact,
    )
    reading = Reading("d", date(2031, 3, 2), "test/1", document.digest, statements=(statement,))
    assert reading_from_json(json.loads(dumps(reading))) == reading


def test_a_passage_outside_its_document_is_refused() -> None:
    with pytest.raises(ValueError, match="lies outside"):
        Document(id="d", text="short").passage(2, 9)


@given(st.sampled_from(Handling), st.sampled_from(Handling))
def test_handling_combines_to_the_stricter(a: Handling, b: Handling) -> None:
    assert (a | b) == (b | a)
    assert (a | b).admits(a)
    assert (a | b).admits(b)


@pytest.mark.parametrize("kind", [Firmness, Provenance])
def test_marks_combine_in_any_order(kind: type[Firmness] | type[Provenance]) -> None:
    for a in kind:
        assert a | a is a
        for b in kind:
            assert (a | b) is (b | a)


def test_identity_tells_publications_apart_and_not_their_file_names() -> None:
    report = Document(id="a", text="Talks resumed.", source="Harbour Wire", name="a.txt")
    assert report.identity == dataclasses.replace(report, id="b", name="b.html").identity
    assert report.identity != dataclasses.replace(report, source="The Quay").identity
    assert report.digest == dataclasses.replace(report, source="The Quay").digest


def test_folding_ignores_case_accents_and_spelling_of_cyrillic() -> None:
    assert fold("Київ") == fold("КИЇВ") == fold("киив")
    assert fold_name("Valeriy") == fold_name("Valerii") == fold_name("Valery")
    assert fold_name("Mikhail Orlov") != fold_name("Mikhail Orel")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"id": "a"}, "field 'name' is missing"),
        ({"id": "a", "name": "A", "colour": "x"}, "unknown field 'colour'"),
        ({"id": "a", "name": "A", "roles": ["judge"]}, "'judge' is none of party, mediator"),
        ({"id": "a", "name": 7}, "expected str, found 7"),
        ([], "expected an object"),
    ],
)
def test_what_does_not_fit_is_said_with_its_field(data: object, says: str) -> None:
    with pytest.raises(InputError, match=r".") as caught:
        from_json(Party, data, file="agenda.json")
    assert says in str(caught.value)
    assert str(caught.value).startswith("agenda.json")
    assert "\n" not in str(caught.value)


def test_dates_and_nested_values_come_back() -> None:
    decision = Decision("x", "ada", datetime(2031, 3, 1, 9, 30, tzinfo=UTC), DecisionKind.ACCEPT, "d:0-3:Ada")
    assert from_json(Decision, json.loads(dumps(decision))) == decision
    agenda = Agenda(
        "t", (Party("a", "Aldermark"),), issues=(Issue("q", "Quota", options=(Option("o", "O", value=1.5),)),)
    )
    assert from_json(Agenda, to_json(agenda)) == agenda


@pytest.mark.parametrize("cls", values, ids=lambda cls: cls.__name__)
def test_every_value_has_a_schema(cls: type) -> None:
    made = schema(cls)
    assert made["type"] == "object"
    assert set(made["properties"]) == {f.name for f in dataclasses.fields(cls)}
    json.dumps(made)


def test_every_public_name_is_exported() -> None:
    assert len(set(words.__all__)) == len(words.__all__)
    for name in words.__all__:
        assert hasattr(words, name)

"""Search: what is found is there, word for word, and what is there is found."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.case import Case
from comity.case.query import MAX_LENGTH, MAX_WORDS, Either, Every, Phrase, parse, phrases
from comity.words import DecisionKind, Document, Handling, InputError

TEXTS = {
    "a": "Ilva Maren said the buffer zone stays. The zone is a buffer, she said.",
    "b": "Президент сказав: Київ не відступить. Talks on grain quotas go on; 375,000 tonnes.",
    "c": "São Velho’s envoy, Kareliy, negotiated. Negotiations resume.",
    "d": "Karely and Karelyy differ. Zones, zoned, zoning.",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory) -> Case:
    with Case.create(tmp_path_factory.mktemp("library") / "talks.comity") as made:
        made.add(
            [Document(n, t, date(2031, 3, i + 1), source=f"Wire {i % 2}") for i, (n, t) in enumerate(TEXTS.items())]
        )
        yield made


def found(library: Case, query: str, **more) -> dict[str, list[str]]:
    return {hit.document: [m.quote for m in hit.matches] for hit in library.search(query, **more).hits}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("buffer", {"a": ["buffer", "buffer"]}),
        ('"buffer zone"', {"a": ["buffer zone"]}),
        ("“buffer zone”", {"a": ["buffer zone"]}),
        ("buffer zone", {"a": ["buffer", "zone", "zone", "buffer"]}),
        ("BUFFER", {"a": ["buffer", "buffer"]}),
        ("киив", {"b": ["Київ"]}),
        ("київ", {"b": ["Київ"]}),
        ("sao", {"c": ["São"]}),
        ("negotiat*", {"c": ["negotiated", "Negotiations"]}),
        ('"grain quot*"', {"b": ["grain quotas"]}),
        ('"grain quot"*', {"b": ["grain quotas"]}),
        ("quot", {}),
        ("zone*", {"a": ["zone", "zone"], "d": ["Zones", "zoned"]}),
        ("zone* -buffer", {"d": ["Zones", "zoned"]}),
        ("zone* NOT buffer", {"d": ["Zones", "zoned"]}),
        ("zone* AND NOT buffer", {"d": ["Zones", "zoned"]}),
        ("envoy OR quotas", {"b": ["quotas"], "c": ["envoy"]}),
        ("(envoy OR quotas) talks", {"b": ["Talks", "quotas"]}),
        ("kareliy", {"c": ["Kareliy"]}),
        ("~kareliy", {"c": ["Kareliy"], "d": ["Karely", "Karelyy"]}),
        ("~Karelij", {"c": ["Kareliy"], "d": ["Karely", "Karelyy"]}),
        ("375,000", {"b": ["375,000"]}),
        ("velho's", {"c": ["Velho’s"]}),
        ("buffer & stays", {"a": ["buffer", "stays", "buffer"]}),
        ("nobody", {}),
        ("buffer - zone", {"a": ["buffer", "zone", "zone", "buffer"]}),
        ('"zone buffer"', {}),
    ],
)
def test_examples(library, query, expected):
    assert found(library, query) == expected


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("", "nothing to search for"),
        ("  — ! ", "nothing to search for"),
        ('"', "quotation mark at 1"),
        ('buffer "zone', "quotation mark at 8"),
        ("(buffer", "bracket at 1 is never closed"),
        ("buffer)", "never opened"),
        ("NOT buffer", "also say what to find"),
        ("-buffer", "also say what to find"),
        ("a OR", "OR stands between"),
        ("OR a", "OR stands between"),
        ("AND a", "AND stands between"),
        ("a AND", "AND stands before"),
        ("a AND AND b", "AND stands between"),
        ("a NOT NOT b", "NOT stands before"),
        ("a NOT", "NOT stands before"),
        ("~kar*", "do not go together"),
        ("(" * 80 + "a" + ")" * 80, "too many brackets"),
        ("a " * (MAX_WORDS + 1), "too many words"),
        ("a" * (MAX_LENGTH + 1), "characters long"),
    ],
)
def test_searches_that_make_no_sense(library, query, says):
    with pytest.raises(InputError, match=re.escape(says)):
        library.search(query)


@given(st.text(st.sampled_from("ab \"“”«»()*~-&\x00é'OR\n"), max_size=30))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_is_typed_is_understood_or_refused_in_one_line(library, query):
    try:
        library.search(query)
    except InputError as error:
        told = str(error)
    else:
        told = ""
    assert "\n" not in told


def test_the_tree_of_a_query():
    a, b, c = (Phrase((w,)) for w in "abc")
    assert parse("a b OR c") == Either((Every((a, b)), c))
    assert parse("a (b OR c)") == Every((a, Either((b, c))))
    assert parse("a -b AND c") == Every((a, c), (b,))
    assert parse("((a))") == a
    assert phrases(parse("a -b a (b OR c*)")) == (a, b, Phrase(("c",), prefix=True))


def test_filters(library):
    assert set(found(library, "zone* OR talks OR envoy")) == {"a", "b", "c", "d"}
    assert set(found(library, "zone* OR talks OR envoy", source="Wire 0")) == {"a", "c"}
    assert set(found(library, "zone* OR talks OR envoy", since=date(2031, 3, 2), until=date(2031, 3, 3))) == {"b", "c"}


def test_filters_go_by_what_people_corrected(case, make_document, make_decision):
    case.add([make_document("a"), make_document("b", "A buffer zone.", handling=Handling.INTERNAL)])
    a, b = (case.document(n).id for n in "ab")
    assert set(found(case, "buffer", handling=Handling.PUBLIC)) == {a}
    for target, field, value in ((a, "handling", "protected"), (b, "source", "Other"), (b, "published", "")):
        case.decide(make_decision(DecisionKind.DOCUMENT, target, field, value))
    assert found(case, "buffer", handling=Handling.PUBLIC) == {}
    assert set(found(case, "buffer", source="Other")) == {b}
    assert set(found(case, "buffer", since=date(2031, 1, 1))) == {a}


def test_pages_of_results_and_ties_in_canonical_order(case, make_document):
    case.add([make_document(f"d{n}", "Same length, same talks.", date(2031, 3, 20 - n)) for n in range(7)])
    whole = case.search("talks", limit=100)
    assert whole.total == 7
    assert [h.document for h in whole.hits] == [d.id for d in case.documents()]
    pages = [case.search("talks", limit=3, offset=n) for n in (0, 3, 6)]
    assert [h for page in pages for h in page.hits] == list(whole.hits)
    assert {page.total for page in pages} == {7}


def test_the_better_fit_comes_first(case, make_document):
    case.add([make_document("long", "Talks. " + "Other words. " * 50), make_document("short", "Talks on talks.")])
    hits = case.search("talks").hits
    assert [h.document[0] for h in hits] == ["s", "l"]
    assert hits[0].score > hits[1].score > 0


def test_of_very_many_the_newest_come_first(case, make_document, monkeypatch):
    monkeypatch.setattr("comity.case.search.RANKED", 5)
    case.add([make_document(f"d{n}", "Talks. " + "More. " * n, date(2031, 3, 20 - n)) for n in range(6)])
    case.add([make_document("undated", "Talks without a date.", None), make_document("other", "Other words.")])
    results = case.search("talks", limit=4)
    assert (results.by, results.total) == ("date", 7)
    assert [h.document[:2] for h in results.hits] == ["d0", "d1", "d2", "d3"]
    assert [h.document[:2] for h in case.search("talks", limit=4, offset=4).hits] == ["d4", "d5", "un"]
    assert {h.score for h in results.hits} == {None}
    assert [m.quote for h in results.hits for m in h.matches] == ["Talks"] * 4
    plain = [h.document for h in results.hits]
    monkeypatch.setattr("comity.case.search._documents", lambda _: 1000)  # the other way to the same
    assert [h.document for h in case.search("talks", limit=4).hits] == plain
    few = case.search("talks", until=date(2031, 3, 18))
    assert (few.by, few.total) == ("fit", 4)


def test_a_snippet_is_a_passage_that_holds_the_best_place(case, make_document):
    text = (
        "Filler words go here. " * 100
        + "The envoy spoke. "
        + "More filler. " * 40
        + "The envoy refused the quota. "
        + "End. " * 99
    )
    case.add([make_document("a", text)])
    (hit,) = case.search("envoy quota").hits
    assert "envoy refused the quota" in hit.snippet.quote
    assert len(hit.snippet.quote) <= 260
    assert all(m.holds_in(case.document(hit.document)) for m in (*hit.matches, hit.snippet))
    assert [m.quote for m in hit.matches] == ["envoy", "envoy", "quota"]


def test_overlapping_places_are_one_passage(case, make_document):
    case.add([make_document("a", "A peace talks agenda.")])
    (hit,) = case.search('"peace talks" OR "talks agenda" OR talks').hits
    assert [m.quote for m in hit.matches] == ["peace talks agenda"]


WORDS = st.sampled_from(["talk", "talks", "Zone", "zoné", "grain", "Київ", "киив", "停火", "x²", "né\u0301e", "o’er"])
GAPS = st.sampled_from([" ", ", ", "\r\n", "\u2028", " 🕊️ ", "-", " \u202e"])
TEXT = st.lists(st.tuples(WORDS, GAPS), min_size=1, max_size=12).map(lambda ps: "".join(w + g for w, g in ps))


@given(st.lists(TEXT, min_size=1, max_size=6, unique=True), st.lists(WORDS, min_size=1, max_size=2))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
def test_a_phrase_is_found_where_a_plain_look_finds_it(tmp_path_factory, texts, wanted):
    """Against a slow look of another kind: fold the words of each text and compare, place by place."""
    from comity.case.tokens import tokens

    path = Path(tmp_path_factory.mktemp("phrase")) / "talks.comity"
    with Case.create(path) as case:
        case.add([Document(f"d{n}", text) for n, text in enumerate(texts)])
        phrase = " ".join(wanted)
        hits = {h.document: h for h in case.search(f'"{phrase}"', limit=99).hits}
    needle = [t.word for t in tokens(phrase)]
    for n, text in enumerate(texts):
        hay = tokens(text)
        starts = {hay[i].start for i in range(len(hay)) if [t.word for t in hay[i : i + len(needle)]] == needle}
        hit = hits.get(f"d{n}")
        assert bool(starts) == bool(hit)
        if hit:
            assert all(text[m.start : m.end] == m.quote for m in (*hit.matches, hit.snippet))
            assert starts >= {m.start for m in hit.matches}
            assert all(any(m.start <= s < m.end for m in hit.matches) for s in starts)


def test_a_private_name_is_not_told_by_other_spellings(case, make_document):
    """~ goes through the words of the index: what is hidden must not be found by it either."""
    case.add([make_document("s", "Kareliy.", handling=Handling.PROTECTED), make_document("o", "Karelyy.")])
    results = case.search("~karelij", handling=Handling.PUBLIC)
    assert (results.total, [m.quote for h in results.hits for m in h.matches]) == (1, ["Karelyy"])
    assert replace(results, query="").total == 1

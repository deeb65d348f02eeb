"""Words of a text, as the index sees them: the index splits where we split, or passages would be off."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from comity.case.tokens import folded, tokens

LIVELY = st.text(
    alphabet=st.one_of(
        st.sampled_from("aBc12 _-'’ʼ\"\n\r\u2028\u00a0\u00ad\u200d\u0301\u0308éÉßıİіїёєґЄ½№ﬁ℡停火กा🇺🇦👩\u202eא\x00"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ceasefire, now", "ceasefire now"),
        ("don’t п'ять пʼять", "don t п ять п ять"),
        ("Київ киив КИЇВ Ки\u0456\u0308в", "киив киив киив киив"),
        ("Ёлка e\u0301lan Łódź", "елка elan łodz"),
        ("nego\u00adtiation می\u200cرود", "negotiation میرود"),
        ("360,000 tonnes; ½ km²", "360 000 tonnes 1 2 km2"),
        ("停火协议", "停 火 协 议"),
        ("ﬁne ß", "fine ss"),
        ("snake_case a\x00b", "snake case a b"),
        ("…—🕊️", ""),
    ],
)
def test_examples(text, words):
    assert folded(text) == words


@settings(deadline=None)
@given(LIVELY)
@example("½½ ½")
@example("\u0301 a")
def test_the_index_holds_exactly_our_words_at_our_places(text):
    found = tokens(text)
    raw = sqlite3.connect(":memory:")
    raw.execute("CREATE VIRTUAL TABLE search USING fts5 (folded, content = '', tokenize = 'ascii')")
    raw.execute("CREATE VIRTUAL TABLE place USING fts5vocab (search, instance)")
    raw.execute("INSERT INTO search (rowid, folded) VALUES (1, ?)", (folded(text),))
    held = [term for _, term in sorted(raw.execute("SELECT offset, term FROM place"))]
    raw.close()
    assert held == [token.word for token in found]


@settings(deadline=None)
@given(LIVELY)
def test_tokens_stand_in_the_text_in_order(text):
    found = tokens(text)
    assert all(0 <= t.start < t.end <= len(text) for t in found)
    assert [t.start for t in found] == sorted(t.start for t in found)
    assert all(t.word in [w.word for w in tokens(text[t.start : t.end])] for t in found)


@settings(deadline=None)
@given(LIVELY)
def test_a_folded_text_folds_to_itself(text):
    once = folded(text)
    assert folded(once) == once

"""Labels and entries as HTML: escaped, with a way back only where there is one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from comity.desk.large_brief import Citations
from comity.desk.parts.values import Entry
from comity.desk.report.refs import SHOWN, Refs, text
from comity.words import Act, Firmness, Provenance, Review

HOSTILE = "<b onload=x>&\x1b\"'"
ENTRY = Entry(
    summary=HOSTILE,
    cites=("A01", "A02"),
    rule="r",
    act=Act.OFFER,
    firmness=Firmness.FIRM,
    provenance=Provenance.OWN_WORDS,
    since=date(2031, 3, 4),
    origins=3,
    marks=(HOSTILE,),
)


def test_what_documents_say_is_text() -> None:
    refs = Refs(Citations(), lambda label: f'href="/evidence?label={label}"', leads_back=False)
    made = refs.entry(ENTRY, HOSTILE, date(2031, 3, 9))
    assert "<b " not in made
    assert "onload" in made
    assert "\x1b" not in made
    assert "\ufffd" in made
    assert "since 4 Mar" in made
    assert "3 origins" in made
    assert made.count('href="/evidence?label=A0') == 2
    assert " id=" not in made


def test_places_are_counted_where_passages_lead_back() -> None:
    refs = Refs(Citations())
    refs.entry(ENTRY, "Tolls, Norland", None)
    refs.link("A02", "Dates")
    assert refs.places == {"A01": [("r1", "Tolls, Norland")], "A02": [("r2", "Tolls, Norland"), ("r3", "Dates")]}


def test_an_entry_says_what_it_is() -> None:
    refs = Refs(Citations())
    outlook = replace(ENTRY, firmness=None, provenance=None, act=None, review=Review.ACCEPTED)
    assert "Forecast by others" in refs.entry(outlook, "x", None)
    assert "own words," in refs.entry(ENTRY, "x", None)
    assert "unreviewed" not in refs.entry(replace(ENTRY, review=Review.ACCEPTED), "x", None)
    many = refs.folded([f"A{n:02}" for n in range(SHOWN + 3)], "x")
    assert "<summary>3 more</summary>" in many
    assert refs.folded((), "x") == ""


def test_a_label_that_no_passage_stands_behind_is_no_link() -> None:
    assert Refs({}).link("A01", "x") == "<span class=c>A01</span>"
    assert text("A01") == "A01"
    assert text("<") == "&lt;"

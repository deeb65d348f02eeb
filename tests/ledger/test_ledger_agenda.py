"""The agenda file: round trip, and every mistake named with file, line and field."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.ledger import agenda_toml, load_agenda, parse_agenda
from comity.words import Actor, Agenda, Authority, InputError, Issue, Option, Party, Role, SourceGrade, fold_name

GOOD = """\
title = "Lake talks"

[[party]]
id = "a"
name = "Aldermark"
aliases = ["Port Alder"]

[[actor]]
id = "holt"
name = "Ana Holt"
party = "a"
authority = "principal"

[[issue]]
id = "quota"
name = "Quota"
keywords = ["quota*"]

[[issue.option]]
id = "half"
name = "half each"
value = 50
unit = "per cent"

[[source]]
source = "Lake Post"
grade = "B2"
"""


def test_a_file_is_read_field_by_field() -> None:
    agenda = parse_agenda(GOOD)
    assert agenda.parties == (Party("a", "Aldermark", ("Port Alder",)),)
    assert agenda.actors[0].authority is Authority.PRINCIPAL
    assert agenda.issues[0].options == (Option("half", "half each", value=50.0, unit="per cent"),)
    assert agenda.grades == (SourceGrade("Lake Post", "B2"),)
    assert not agenda.proposed


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('name = "Ana Holt"', 'nane = "x"', "a.toml, line 10, actor[1].nane: unknown key 'nane'; did you mean 'name'?"),
        ('party = "a"', 'party = "aa"', "a.toml, line 11, actor[1].party: unknown party 'aa'; did you mean 'a'?"),
        ('authority = "principal"', 'authority = "boss"', "a.toml, line 12, actor[1].authority: 'boss' is none of"),
        ('keywords = ["quota*"]', 'keywords = "quota*"', "a.toml, line 17, issue[1].keywords: expected a list"),
        ("value = 50", 'value = "50"', "a.toml, line 22, issue[1].option[1].value: expected a number, found '50'"),
        ('id = "half"', 'ident = "x"', "a.toml, line 20, issue[1].option[1].ident: unknown key 'ident'; did you mean"),
        ('title = "Lake talks"', "title = 3", "a.toml, line 1, title: expected text in quotation marks, found 3"),
        ('id = "holt"', 'id = "a"', "a.toml, line 9, actor[1].id: id 'a' stands twice (first in party[1].id)"),
        ("[[party]]", "[[partie]]", "a.toml, line 3, partie: unknown key 'partie'; did you mean 'party'?"),
        ('id = "quota"', "id = quota", "a.toml, line 15: not TOML: Invalid value"),
        ('name = "Quota"', 'name = ""', "a.toml, line 16, issue[1].name: 'name' is empty"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_place(old: str, new: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        parse_agenda(GOOD.replace(old, new, 1), file="a.toml")
    assert str(error.value).startswith(message)
    assert "\n" not in str(error.value)


def test_two_actors_cannot_share_an_alias() -> None:
    text = GOOD + '\n[[actor]]\nid = "other"\nname = "Other Holt"\naliases = ["Ana  Holt"]\n'
    with pytest.raises(InputError, match=r"line 32, actor\[2\]\.aliases: 'Ana Holt' stands for 'holt' and for 'other'"):
        parse_agenda(text, file="a.toml")


def test_no_issue_is_said() -> None:
    with pytest.raises(InputError, match="no issue is listed; add an"):
        parse_agenda('[[party]]\nid = "a"\nname = "A"')


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot read the agenda"):
        load_agenda(tmp_path / "none.toml")
    (tmp_path / "latin.toml").write_bytes(b'title = "caf\xe9"')
    with pytest.raises(InputError, match="it is not UTF-8 text"):
        load_agenda(tmp_path / "latin.toml")


_text = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=20)
_name = _text.filter(str.strip)
_ids = st.text(string.ascii_lowercase + "_", min_size=1, max_size=8)


@st.composite
def agendas(draw: st.DrawFn) -> Agenda:
    ids = draw(st.lists(_ids, unique_by=lambda i: fold_name(f"{i} land"), min_size=1, max_size=6))
    split = draw(st.integers(0, len(ids)))
    roles = st.lists(st.sampled_from(Role), max_size=3).map(tuple)
    parties = [Party(i, f"{i} land", roles=draw(roles), interests=draw(_text), batna=draw(_text)) for i in ids[:split]]
    choice = st.none() if not parties else st.sampled_from([None, *(p.id for p in parties)])
    kinds = st.sampled_from(["person", "group", "body", "outlet", "place"])
    actors = [
        Actor(
            i, f"{i} person", (f"{i} alias",), draw(choice), draw(st.sampled_from(Authority)), draw(roles), draw(kinds)
        )
        for i in ids[split:]
    ]
    number = st.none() | st.floats(allow_nan=False, allow_infinity=False)
    option = st.builds(Option, _ids, _name, st.lists(_text, max_size=2).map(tuple), number, st.none() | _text)
    issue = st.builds(
        Issue,
        _ids,
        _name,
        _text,
        st.lists(_text, max_size=3).map(tuple),
        st.lists(option, max_size=2, unique_by=lambda o: o.id).map(tuple),
        st.sampled_from(["substance", "process", "prospects"]),
    )
    issues = draw(st.lists(issue, min_size=1, max_size=3, unique_by=lambda i: i.id))
    grades = draw(st.lists(st.builds(SourceGrade, _name, _name), max_size=2))
    return Agenda(draw(_text), tuple(parties), tuple(actors), tuple(issues), tuple(grades), draw(st.booleans()))


@given(agendas())
def test_an_agenda_written_and_read_is_the_same(agenda: Agenda) -> None:
    assert parse_agenda(agenda_toml(agenda)) == agenda


def test_what_is_written_tells_a_person_what_to_do() -> None:
    text = agenda_toml(Agenda("t", issues=(Issue("q", "Q"),), proposed=True))
    assert "# Proposed by the program" in text
    assert "proposed = true" in text

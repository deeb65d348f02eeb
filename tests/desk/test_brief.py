"""The brief as a value: what it says, and on what."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from comity.desk.brief import make_brief
from comity.desk.parts.labels import labels_of, letters_of
from comity.desk.parts.values import Brief, Paragraph
from comity.words import Document, Handling, Ledger, Role, State


def all_labels(value: Any) -> set[str]:
    """Every label that a brief points to, wherever it stands."""
    if isinstance(value, Brief):
        parts = (value.bottom_line, value.rows, value.shifts, value.ahead, value.recent, value.disagreements)
        rest = (
            value.fits,
            value.distances,
            value.moves,
            value.contacts,
            value.promises,
            value.facts,
            value.weak_points,
        )
        return {label for part in (*parts, *rest) for item in part for label in all_labels(item)}
    labels: set[str] = set()
    for name in ("cites", "qualified_by", "one", "other"):
        labels |= set(getattr(value, name, ()))
    labels |= {label for group in getattr(value, "groups", ()) for label in group}
    labels |= {point.cite for point in getattr(value, "points", ())}
    for child in (*getattr(value, "cells", ()), *getattr(value, "entries", ())):
        labels |= all_labels(child)
    return labels


def test_every_label_opens_a_passage_that_stands_in_its_document(brief: Brief, scene: Any) -> None:
    by_label = {c.label: c for c in brief.citations}
    texts = {s.letter: next(d.text for d in scene.documents if d.id == s.document) for s in brief.sources}
    assert all_labels(brief) <= set(by_label)
    assert len(by_label) == len(brief.citations)
    for c in brief.citations:
        assert texts[c.letter][c.start : c.end] == c.quote


def test_letters_follow_dates_and_not_the_order_of_import(scene: Any, brief_of: Callable[..., Brief]) -> None:
    assert [s.letter for s in brief_of(scene).sources] == ["A", "B", "C", "D"]
    assert [s.document for s in brief_of(scene).sources][-1] == "naharda", "the undated one comes last"
    shuffled = replace(scene, documents=tuple(reversed(scene.documents)), readings=tuple(reversed(scene.readings)))
    assert brief_of(shuffled) == brief_of(scene)


def test_a_label_keeps_its_number_when_another_statement_is_rejected(scene: Any) -> None:
    letters = letters_of(scene.documents)
    before = labels_of(scene.ledger.statements, letters)
    after = labels_of(scene.ledger.statements[1:], letters)
    assert after == {k: v for k, v in before.items() if k != scene.ledger.statements[0].id}


def test_a_statement_written_by_a_person_is_numbered_after_the_others(scene: Any) -> None:
    written = replace(scene.ledger.statements[0], id="meridian#by-hand")
    labels = labels_of((*scene.ledger.statements, written), letters_of(scene.documents))
    assert labels["meridian#by-hand"] == "A08"


def test_the_bottom_line_says_what_the_states_say_and_cites_it(brief: Brief) -> None:
    said = {line.text: line.cites for line in brief.bottom_line}
    assert "Agreed, as reported: Prisoners." in said
    assert "Blocked between stated positions: Eastern crossing." in said
    assert "Blocked on a reporter’s reading: Tolls." in said
    offer = (
        "Offered, without an answer in these sources: Barges at the locks (by Free Cities of Marrowdale and the Lower"
    )
    assert any(text.startswith(offer) for text in said)
    assert any(text.startswith("Next: meeting") and "Friday 14 March 2031" in text for text in said)
    uncited = [text for text, cites in said.items() if not cites]
    assert all(re.match("No position|Seldom heard", text) for text in uncited), "only what is missing cites nothing"
    assert "No position on any issue of substance is in these sources: Tashq Confederation." in said


def test_an_outlook_is_never_a_position(brief: Brief) -> None:
    row = next(r for r in brief.rows if r.issue == "turbines")
    kinds = [(e.outlook, e.firmness) for e in row.cells[0].entries]
    assert kinds[0][0] is False
    assert kinds[1] == (True, None)
    assert not any("share the turbines" in line.text for line in brief.moves), "a forecast moves nobody"


def test_moves_rest_on_positions_only_and_mark_a_reporters_account(brief: Brief, scene: Any) -> None:
    labels = labels_of(scene.ledger.statements, letters_of(scene.documents))
    stated = {labels[s] for p in scene.ledger.positions for s in (*p.statements, *p.qualified_by)}
    for line in brief.moves:
        assert set(line.cites) <= stated
    tolls = next(line.text for line in brief.moves if line.text.startswith("Tolls"))
    assert "“insists on a permanent toll” (a reporter’s account)" in tolls


def test_an_answered_offer_waits_for_nobody(scene: Any, brief_of: Callable[..., Brief]) -> None:
    waits = [line.text for line in brief_of(scene).moves if "an answer by" in line.text]
    assert len(waits) == 1
    assert waits[0].startswith("Barges at the locks: an answer by Orsenne to"), "the condition names it"
    statuses = tuple(replace(x, state=State.OPEN) if x.issue == "barges" else x for x in scene.ledger.statuses)
    answered = replace(scene, ledger=replace(scene.ledger, statuses=statuses))
    assert not any("an answer by" in line.text for line in brief_of(answered).moves)


def test_an_offer_to_one_party_waits_for_that_one(scene: Any, brief_of: Callable[..., Brief]) -> None:
    addressed = tuple(
        replace(s, addressee="Tashq Confederation") if s.issue == "barges" else s for s in scene.ledger.statements
    )
    told = brief_of(replace(scene, ledger=replace(scene.ledger, statements=addressed))).moves
    assert any("an answer by Tashq Confederation to" in line.text for line in told)
    open_ = tuple(replace(s, condition=()) if s.issue == "barges" else s for s in scene.ledger.statements)
    told = brief_of(replace(scene, ledger=replace(scene.ledger, statements=open_))).moves
    assert any("an answer by Orsenne or Tashq Confederation to" in line.text for line in told)


def test_a_numeric_gap_is_kept_with_what_it_was(brief: Brief) -> None:
    (distance,) = brief.distances
    assert (distance.width, distance.widths, distance.narrowing) == (6, (12, 6), True)
    (said,) = (line for line in brief.moves if "apart" in line.text)
    assert said.text.startswith("Guaranteed flow: Orsenne 12 months of guaranteed flow and Free Cities")
    assert said.text.endswith("6 months apart; before: 12")
    assert said.cites == ("B04", "A04")


def test_dates_ahead_come_first_and_undated_last(brief: Brief) -> None:
    assert [d.when for d in brief.ahead] == ["Fri 14 Mar 2031", "by Mon 31 Mar 2031", "no date"]
    assert [d.status for d in brief.recent] == ["held"]
    assert brief.ahead[0].note == "another report says Saturday"
    assert all(d.cites for d in (*brief.ahead, *brief.recent))


def test_what_is_merely_open_ended_is_not_next(scene: Any, brief_of: Callable[..., Brief]) -> None:
    told = scene.ledger.events[0]
    open_ended = replace(told, event=replace(told.event, earliest=scene.ledger.as_of or date(2031, 3, 7), latest=None))
    made = brief_of(replace(scene, ledger=replace(scene.ledger, events=(open_ended, *scene.ledger.events))))
    assert made.ahead[0].when == "Fri 14 Mar 2031"
    (said,) = (line.text for line in made.bottom_line if line.text.startswith("Next"))
    assert "Friday 14 March 2031" in said


def test_weak_points_name_what_is_missing(brief: Brief) -> None:
    text = "\n".join(line.text for line in brief.weak_points)
    assert "No position of Tashq Confederation in these sources on any issue." in text
    assert "15 of 18 statements" in text
    assert "No date of publication was found for D" in text
    assert "1 broken or unclear passage" in text
    assert "reprints: C of B" in text
    assert "sources without a name" in text


def test_a_sound_brief_lists_no_weakness_it_has_not(scene: Any, brief_of: Callable[..., Brief]) -> None:
    dated = tuple(replace(d, published=d.published or scene.since) for d in scene.documents)
    whole = replace(scene, documents=dated, readings=(), ledger=replace(scene.ledger, duplicates=()))
    text = "\n".join(line.text for line in brief_of(whole).weak_points)
    for absent in ("No date of publication", "broken or unclear", "reprints", "one outlet", "proposed by the machine"):
        assert absent not in text


def test_paragraphs_are_admitted_by_handling(scene: Any, brief_of: Callable[..., Brief]) -> None:
    mine = Paragraph("moves", "Seen.", "n", Handling.PUBLIC)
    secret = Paragraph("moves", "Unseen.", "n", Handling.PROTECTED)
    assert brief_of(scene, paragraphs=(mine, secret)).paragraphs == (mine,)
    assert brief_of(scene, paragraphs=(mine, secret), handling=Handling.PROTECTED).paragraphs == (mine, secret)


def test_a_document_that_handling_does_not_admit_is_not_in_the_brief(scene: Any) -> None:
    guarded = tuple(replace(d, handling=Handling.PROTECTED) if d.id == "harbour" else d for d in scene.documents)
    brief = make_brief(scene.ledger, guarded)
    assert "harbour" not in [s.document for s in brief.sources]
    assert not any("insists on a permanent toll" in c.quote for c in brief.citations)


def test_no_documents_at_all_says_so() -> None:
    from comity.words import Agenda

    brief = make_brief(Ledger(agenda=Agenda(), as_of=None, statements=()), ())
    assert [line.text for line in brief.bottom_line] == ["The sources hold no statement on any issue of the agenda."]
    assert brief.counts.statements == 0


def test_a_mediator_is_a_column_only_where_reported(scene: Any, brief_of: Callable[..., Brief]) -> None:
    agenda = scene.ledger.agenda
    host = replace(agenda.parties[2], id="host", name="Host", roles=(Role.MEDIATOR,))
    with_host = replace(scene.ledger, agenda=replace(agenda, parties=(*agenda.parties, host)))
    assert "host" not in [c.id for c in brief_of(replace(scene, ledger=with_host)).columns]
    spoken = replace(with_host, positions=(*with_host.positions, replace(with_host.positions[0], party="host")))
    assert "host" in [c.id for c in brief_of(replace(scene, ledger=spoken)).columns]


@pytest.mark.parametrize("state", list(State))
def test_every_state_has_words(state: State) -> None:
    from comity.desk.parts.phrases import STATES

    assert STATES[state]


def test_many_documents_get_letters_beyond_z(scene: Any) -> None:
    documents = [Document(f"d{i:03}", "x") for i in range(30)]
    assert letters_of(documents)["d027"] == "AB"

"""Networks: a small record worked out by hand, what must always hold, and parity with Discourse Network Analyzer."""

from __future__ import annotations

import itertools
import math
import sqlite3
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.study import (
    ONE_MODE,
    TWO_MODE,
    Aggregation,
    Duplicates,
    Mode,
    Normalisation,
    Use,
    one_mode,
    two_mode,
    windows,
    without_duplicates,
)
from comity.words import InputError

# Orsenne: for tolls twice, against barges. Tashq: for tolls, for barges three times. Marrow: against tolls.
RECORD = [
    Use("Orsenne", "tolls", 1, date(2031, 3, 3), "d1"),
    Use("Orsenne", "tolls", 1, date(2031, 3, 4), "d1"),
    Use("Orsenne", "barges", 0, date(2031, 3, 12), "d2"),
    Use("Tashq", "tolls", 1, date(2031, 3, 9), "d2"),
    *(Use("Tashq", "barges", 1, date(2031, 4, day), "d3") for day in (1, 2, 20)),
    Use("Marrow", "tolls", 0, date(2031, 4, 2), "d3"),
]


def value(network: object, row: str, column: str) -> float:
    return network.values[network.rows.index(row)][network.columns.index(column)]  # type: ignore[attr-defined]


def test_two_mode_by_hand() -> None:
    plain = two_mode(RECORD)
    assert plain.rows == ("Marrow", "Orsenne", "Tashq")
    assert plain.columns == ("barges", "tolls")
    assert plain.values == ((0, 1), (1, 2), (3, 1))
    assert plain.total == 8
    assert two_mode(RECORD, Aggregation.SUBTRACT).values == ((0, -1), (-1, 2), (3, 1))
    assert two_mode(RECORD, Aggregation.COMBINE).values == ((0, 2), (2, 1), (1, 1))
    assert value(two_mode(RECORD, normalisation=Normalisation.ACTIVITY), "Orsenne", "tolls") == pytest.approx(2 / 3)
    assert value(two_mode(RECORD, normalisation=Normalisation.PROMINENCE), "Tashq", "barges") == pytest.approx(3 / 4)
    subtract = two_mode(RECORD, Aggregation.SUBTRACT, Normalisation.ACTIVITY)
    assert value(subtract, "Orsenne", "barges") == pytest.approx(-1 / 3)
    tf_idf = two_mode(RECORD, normalisation=Normalisation.TF_IDF)
    assert value(tf_idf, "Tashq", "barges") == pytest.approx(3 * math.log(3 / 2))
    assert value(tf_idf, "Orsenne", "tolls") == 0  # every actor uses it


def test_one_mode_by_hand() -> None:
    pair = ("Orsenne", "Tashq")
    assert value(one_mode(RECORD, Aggregation.IGNORE), *pair) == 2 * 1 + 1 * 3
    assert value(one_mode(RECORD, Aggregation.CONGRUENCE), *pair) == 2
    assert value(one_mode(RECORD, Aggregation.CONFLICT), *pair) == 3
    assert value(one_mode(RECORD, Aggregation.SUBTRACT), *pair) == -1
    expected = {
        Normalisation.AVERAGE: 2 / ((3 + 4) / 2),
        Normalisation.COSINE: 2 / (3 * 4),  # what the program calls so
        Normalisation.JACCARD: 2 / (1 + 3 + 2 * 1),  # barges against 1, barges for 3, tolls for 2 x 1
        Normalisation.PLAIN_COSINE: 2 / (math.sqrt(5) * math.sqrt(10)),
        Normalisation.PLAIN_JACCARD: 1 / 3,
    }
    for normalisation, wanted in expected.items():
        assert value(one_mode(RECORD, normalisation=normalisation), *pair) == pytest.approx(wanted), normalisation
    jaccard = one_mode(RECORD, Aggregation.CONFLICT, Normalisation.PLAIN_JACCARD)
    assert value(jaccard, *pair) == pytest.approx(1 / 2)  # of tolls and barges, barges
    assert value(one_mode(RECORD, of=Mode.CONCEPTS), "barges", "tolls") == 3  # Tashq, three times for one


def test_a_scale_counts_how_near() -> None:
    said = [Use("a", "flow", 12), Use("b", "flow", 18), Use("c", "flow", 24)]
    near = one_mode(said)
    assert (value(near, "a", "b"), value(near, "a", "c")) == (pytest.approx(0.5), 0)
    assert value(one_mode(said, Aggregation.CONFLICT), "a", "c") == 1
    assert one_mode(said[:1]).values == ((0.0,),)
    assert two_mode(said, Aggregation.SUBTRACT).values == ((12,), (18,), (24,))


def test_no_stance_is_left_out_where_one_is_needed() -> None:
    said = [Use("a", "x", None), Use("a", "x"), Use("b", "x")]
    assert (one_mode(said).total, one_mode(said).left_out) == (2, 1)
    assert (one_mode(said, Aggregation.IGNORE).total, one_mode(said, Aggregation.IGNORE).left_out) == (4, 0)
    assert two_mode(said).values == ((2,), (1,))


@pytest.mark.parametrize(
    ("which", "left"),
    [("include", 8), ("document", 5), ("week", 6), ("month", 5), ("year", 5), ("acrossrange", 5)],
)
def test_duplicates(which: str, left: int) -> None:
    assert len(without_duplicates(RECORD, Duplicates(which))) == left


def test_windows_are_days_of_the_calendar() -> None:
    found = list(windows(RECORD, days=7, step=7))
    assert [w.first for w in found][:3] == [date(2031, 3, 3), date(2031, 3, 10), date(2031, 3, 17)]
    assert [len(w.uses) for w in found] == [3, 1, 0, 0, 3, 0, 1]
    assert sum(len(w.uses) for w in found) == len(RECORD)
    moving = list(windows(RECORD, days=14, step=1))
    assert all((w.last - w.first).days == 13 for w in moving)
    assert list(windows([Use("a", "x")], days=7)) == []
    with pytest.raises(InputError):
        next(windows(RECORD, days=0))


def test_what_makes_no_network_is_told() -> None:
    for call in (
        lambda: two_mode(RECORD, Aggregation.CONGRUENCE),
        lambda: two_mode(RECORD, normalisation=Normalisation.AVERAGE),
        lambda: two_mode(RECORD, Aggregation.COMBINE, Normalisation.ACTIVITY),
        lambda: one_mode(RECORD, Aggregation.COMBINE),
        lambda: one_mode(RECORD, normalisation=Normalisation.TF_IDF),
    ):
        with pytest.raises(InputError):
            call()


def test_named_nodes_keep_their_place() -> None:
    network = two_mode(RECORD, actors=["Tashq", "Absent"], concepts=["tolls", "barges"])
    assert network.rows == ("Tashq", "Absent")
    assert network.values == ((1, 3), (0, 0))
    assert one_mode([], actors=["a", "b"]).values == ((0, 0), (0, 0))
    assert two_mode([]).values == ()


uses = st.lists(
    st.builds(
        Use, st.sampled_from("abcd"), st.sampled_from("xyz"), st.sampled_from([0.0, 1.0, None]), st.none(), st.just("")
    ),
    max_size=25,
)


@settings(max_examples=60, deadline=None)
@given(uses)
def test_what_holds_of_every_network(said: list[Use]) -> None:
    for normalisation in ONE_MODE:
        kinds = {a: one_mode(said, a, normalisation) for a in Aggregation if a is not Aggregation.COMBINE}
        for network in kinds.values():
            for i, j in itertools.combinations(range(len(network.rows)), 2):
                assert network.values[i][j] == pytest.approx(network.values[j][i])
        both = [kinds[a].values for a in (Aggregation.CONGRUENCE, Aggregation.CONFLICT, Aggregation.SUBTRACT)]
        for agree, clash, less in zip(*both, strict=True):
            assert [a - c for a, c in zip(agree, clash, strict=True)] == pytest.approx(list(less))
        if normalisation in (Normalisation.PLAIN_COSINE, Normalisation.PLAIN_JACCARD):
            assert all(0 <= v <= 1 + 1e-12 for row in kinds[Aggregation.CONGRUENCE].values for v in row)
    with_stance = [u for u in said if u.stance is not None]
    ignoring = one_mode(with_stance, Aggregation.IGNORE).total
    assert one_mode(said).total + one_mode(said, Aggregation.CONFLICT).total == ignoring
    for normalisation in TWO_MODE:
        assert one_mode(said, Aggregation.IGNORE).rows == two_mode(said, normalisation=normalisation).rows
    assert two_mode(said).total == len(said)
    assert two_mode(list(reversed(said))) == two_mode(said)


SAMPLE = Path(__file__).parents[2].parent / "shared" / "data" / "dna" / "sample.dna"


@pytest.mark.data
@pytest.mark.skipif(not SAMPLE.exists(), reason="needs ../shared/data/dna/sample.dna")
def test_figures_of_the_sample_database() -> None:
    query = """
        SELECT actor.Value, concept.Value, stance.Value FROM STATEMENTS s
        JOIN DATASHORTTEXT a ON a.StatementId = s.ID AND a.VariableId = 2 JOIN ENTITIES actor ON actor.ID = a.Entity
        JOIN DATASHORTTEXT c ON c.StatementId = s.ID AND c.VariableId = 3 JOIN ENTITIES concept ON concept.ID = c.Entity
        JOIN DATABOOLEAN stance ON stance.StatementId = s.ID AND stance.VariableId = 4"""
    connection = sqlite3.connect(f"{SAMPLE.resolve().as_uri()}?mode=ro", uri=True)
    try:
        said = [Use(actor, concept, stance) for actor, concept, stance in connection.execute(query)]
    finally:
        connection.close()
    actors = two_mode(said)
    assert (len(actors.rows), len(actors.columns), actors.total) == (7, 6, 40)
    assert one_mode(said, Aggregation.IGNORE).total == 276
    average = one_mode(said, Aggregation.CONGRUENCE, Normalisation.AVERAGE)
    assert average.total == pytest.approx(25.8024, abs=0.00005)

"""Drafts: brackets with their proposers, two versions compared, clauses drafted from a ledger; and `comity accord`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from comity.accord.clauses import parse_accord, redline, redline_html, redline_lines
from comity.accord.clauses.drafting import draft_accord
from comity.accord.clauses.reading import read_accord
from comity.accord.clauses.redline import word_runs
from comity.desk.commands.accord import command
from comity.words import (
    Act,
    Agenda,
    InputError,
    Issue,
    Ledger,
    Mode,
    Party,
    Passage,
    Standing,
    Statement,
    Term,
    to_json,
)

ROOT = Path(__file__).parents[2]
ARRANGEMENT = ROOT / "examples" / "strait" / "arrangement.accord"

FIRST = """accord "Truce"
  text truce: kept elsewhere
  version: 1
  timezone: Europe/Vienna
  in force from: 1 March 2031
  last day: counted
  parties: north "Northland", south "Southland"
event left (party)
event told (party)
event paused ()
clause 1 "Withdrawal"
  standing: agreed
  quote: "withdraw"
  for each: party
  must: left(party) within 14 days
clause 2 (north) "Notice"
  standing: bracketed
  quote: "give notice"
  must: told(south) within 3 days
clause 2 (south) "Notice"
  standing: bracketed
  quote: "give notice"
  must: told(north) within 3 days
clause 3 "Pause"
  standing: proposed by south
  quote: "pause"
  must: paused() assumed within 9 days
"""
SECOND = (
    FIRST.replace("version: 1", "version: 2")
    .replace("within 14 days", "within 21 days")
    .replace('clause 2 (north) "Notice"\n  standing: bracketed\n  quote: "give notice"\n'
             "  must: told(south) within 3 days\n", "")
    .replace('clause 2 (south) "Notice"\n  standing: bracketed', 'clause 2 "Notice"\n  standing: agreed')
)  # fmt: skip


def test_brackets_name_their_proposers() -> None:
    accord = parse_accord(FIRST)
    assert [(c.id, c.standing, c.proposer) for c in accord.clauses] == [
        ("1", Standing.AGREED, ()),
        ("2/north", Standing.BRACKETED, ("north",)),
        ("2/south", Standing.BRACKETED, ("south",)),
        ("3", Standing.PROPOSED, ("south",)),
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("clause 2 (north)", "clause 2 (norht)", "line 16, clause: unknown party or body 'norht'; did you mean north?"),
        ('clause 2 (north) "Notice"\n  standing: bracketed', 'clause 2 (north) "Notice"\n  standing: agreed',
         "line 17, standing: not"),
        ('clause 2 (north)', "clause 2 (south)", "line 20: clause '2/south' stands twice; first on line 16"),
        ("standing: proposed by south", "standing: bracketed", "line 25, standing: bracketed by whom?"),
        ("standing: proposed by south", "standing: suggested", "line 25, standing: cannot be read: 'suggested'"),
    ],
)  # fmt: skip
def test_what_brackets_cannot_say(old: str, new: str, said: str) -> None:
    assert old in FIRST
    with pytest.raises(InputError) as caught:
        parse_accord(FIRST.replace(old, new))
    if said.endswith("not"):
        assert "a wording of one party is bracketed" in str(caught.value)
    else:
        assert said in str(caught.value)


def test_a_redline_shows_words_out_and_in_clause_by_clause() -> None:
    changes = redline(read_accord(FIRST, "1"), read_accord(SECOND, "2"))
    assert [(c.id, c.kind) for c in changes] == [
        ("accord", "changed"), ("1", "changed"), ("2", "settled, beside the wording of north"),
        ("2", "settled, beside the wording of south"),
    ]  # fmt: skip
    lines = redline_lines(changes)
    assert "    must: told([-south-]{+north+}) within 3 days" in lines, "what the north wanted and did not get"
    assert "    must: left(party) within [-14-]{+21+} days" in lines
    assert "<dd>left(party) within <del>14</del><ins>21</ins> days</dd>" in redline_html(changes)


def test_what_was_taken_out_stands_where_it_stood() -> None:
    without = FIRST.replace(FIRST[FIRST.index("clause 2 (north)") : FIRST.index("clause 3")], "")
    changes = redline(read_accord(FIRST, "1"), read_accord(without.replace("9 days", "8 days"), "2"))
    assert [c.id for c in changes] == ["2/north", "2/south", "3"]


WORDS = st.lists(st.sampled_from(["within", " ", "14", "days", ",", "(", "x_1"]), max_size=12).map("".join)


@given(WORDS, WORDS)
def test_a_redline_holds_both_versions(old: str, new: str) -> None:
    runs = word_runs(old, new)
    assert "".join(words for kind, words in runs if kind != "in") == old
    assert "".join(words for kind, words in runs if kind != "out") == new
    assert "".join(words for kind, words in runs if kind == "same") == old or old != new


def test_nothing_differs() -> None:
    tree = read_accord(FIRST, "1")
    assert redline(tree, tree) == ()
    assert redline_lines(()) == ["no clause differs"]


# --- from a ledger ---


def ledger() -> Ledger:
    agenda = Agenda(
        "Talks",
        (Party("north", "Northland", ("the Northerners",)), Party("south", "Southland")),
        issues=(Issue("guns", "Guns"), Issue("isle", "The isle")),
    )
    quotes = ["Northland will pull back within two weeks", 'the isle may be ceded only "by vote"', "talks go on"]
    said = tuple(
        Statement(f"d1#{n}", Passage("d1", 0, len(q), q), Mode.DIRECT, "Northland", Act.COMMIT, holder="Northland")
        for n, q in enumerate(quotes, start=1)
    )
    terms = (
        Term("pull-back", ("d1#1",), "term.promised", "guns", obligor="The Northerners", act="pull back"),
        Term("isle", ("d1#2",), "term.wanted", "isle", trigger="the isle is ceded", gate="by vote", act="be ceded"),
    )
    return Ledger(agenda, None, said, terms=terms)


def test_terms_become_proposed_clauses_with_their_sentences() -> None:
    text = draft_accord(ledger())
    accord = parse_accord(
        text, "draft", {"d1": 'Northland will pull back within two weeks; the isle may be ceded only "by vote"'}
    )
    first, second = accord.clauses
    assert (first.standing, first.proposer, first.holder) == (Standing.PROPOSED, ("north",), ("north",))
    assert (first.window, first.inferred) == ((0, 14), ("trigger",)), "the sentence states the days"
    assert first.statements == ("d1#1",)
    assert second.cited[0].quote == 'the isle may be ceded only "by vote"'
    assert second.modality.value == "condition"
    assert "who acts" in second.unstated


def test_a_ledger_without_terms_is_refused() -> None:
    with pytest.raises(InputError, match="no promise and no demand is reported"):
        draft_accord(Ledger(ledger().agenda, None, ()))


# --- the command ---


def run(*args: str) -> Result:
    return CliRunner().invoke(command, list(args))


def test_show_in_words_as_page_and_as_json(tmp_path: Path) -> None:
    shown = run("show", str(ARRANGEMENT), "--clause", "9", "--formulas").output
    assert "9  Northern grounds closed again  [obligation, agreed]" in shown
    assert "EVENTUALLY[30,31]" in shown
    rivals = run("show", str(ARRANGEMENT), "--clause", "13").output
    assert "13/corvane" in rivals
    assert "13/ilmarra" in rivals
    page = tmp_path / "a.html"
    assert run("show", str(ARRANGEMENT), "-o", str(page), "-q").exit_code == 0
    html = page.read_text(encoding="utf8")
    assert html.count("<svg") == 14
    assert "http" not in html.replace("http://www.w3.org/2000/svg", ""), "the page loads nothing"
    data = json.loads(run("show", str(ARRANGEMENT), "--format", "json").output)
    assert len(data["clauses"]) == 16
    assert data["clauses"][1] == json.loads(json.dumps(to_json(parse_one("1"))))
    assert data["doubts"] == []


def parse_one(clause_id: str) -> object:
    from comity.accord.clauses import load_accord

    return load_accord(ARRANGEMENT).clause(clause_id)


def test_check_says_what_is_left_to_look_at(tmp_path: Path) -> None:
    assert run("check", str(ARRANGEMENT)).output.startswith(
        f"{ARRANGEMENT}: 15 clauses, 14 of them monitorable; 21 quo"
    )
    path = tmp_path / "a.accord"
    path.write_text(FIRST, encoding="utf8")
    result = CliRunner().invoke(command, ["check", str(path)], standalone_mode=False)
    assert "to look at: text truce is kept elsewhere: 4 quotations not checked; give --text truce=FILE" in result.output
    assert result.return_value == 3
    text = tmp_path / "texts.jsonl"
    text.write_text(json.dumps({"id": "truce", "text": "withdraw, give notice, pause"}) + "\n", encoding="utf8")
    assert "4 quotations found" in run("check", str(path), "--text", f"truce={text}").output
    text.write_text(json.dumps({"id": "truce", "text": "withdraw, give notice"}) + "\n", encoding="utf8")
    assert "these words do not occur in truce: 'pause'" in str(
        run("check", str(path), "--text", f"truce={text}").exception
    )


def test_redline_scenarios_roadmap_and_deadline(tmp_path: Path) -> None:
    old, new = tmp_path / "1.accord", tmp_path / "2.accord"
    old.write_text(FIRST, encoding="utf8")
    new.write_text(SECOND, encoding="utf8")
    assert run("redline", str(old), str(new)).output.startswith("Truce (1 → 2)\n")
    assert "breaches: nothing is done" in run("scenarios", str(old), "--clause", "1").output
    assert run("roadmap", str(ARRANGEMENT)).output.count("stage") == 2
    shown = run("deadline", str(old), "--clause", "1", "--at", "2031-03-01T23:30-05:00", "--in", "UTC").output
    assert "set off on    2031-03-02\n" in shown, "half past eleven in the west is the next day in Vienna"
    assert "UTC: from 2031-03-01 23:00+00:00, over at 2031-03-16 23:00+00:00" in shown


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["show", "none.accord"], "No such file"),
        (["show", str(ARRANGEMENT), "--clause", "99"], "no clause '99'"),
        (["check", str(ARRANGEMENT), "--text", "x"], "not NAME=FILE: 'x'"),
        (["deadline", str(ARRANGEMENT), "--clause", "5", "--at", "soon"], "not a time: 'soon'"),
        (["deadline", str(ARRANGEMENT), "--clause", "1", "--at", "2031-03-08T10:00Z"], "has no deadline"),
        (["deadline", str(ARRANGEMENT), "--clause", "5", "--at", "2031-04-08T10:00"], "has no time zone"),
        (
            ["deadline", str(ARRANGEMENT), "--clause", "5", "--at", "2031-04-08T10:00Z", "--in", "Mars"],
            "unknown time zone",
        ),
    ],
)
def test_bad_input_is_one_line(args: list[str], said: str) -> None:
    error = run(*args).exception
    assert isinstance(error, InputError)
    assert said in str(error)
    assert "\n" not in str(error)

"""Every rule has a name, a text in the documentation and results that name it; other packages can add rules."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bench.ledger_rules import PAGE, page

from comity.ledger import Rule, build, changes, gaps, rulebook, rules
from comity.words import ComityError, Relation, RelationKind


def test_the_page_of_rules_is_up_to_date() -> None:
    text = PAGE.read_text(encoding="utf8")
    assert page(text) == text, "run: python -m bench.ledger_rules"
    for rule in rules():
        assert f"**`{rule.name}`**" in text


def test_the_page_names_what_can_be_imported() -> None:
    lines = re.findall(r"from comity\.ledger import (.+)", PAGE.read_text(encoding="utf8"))
    import comity.ledger

    assert lines
    assert {name.strip() for line in lines for name in line.split(",")} <= set(comity.ledger.__all__)


def test_every_result_names_a_rule(strait) -> None:
    known = {rule.name for rule in rules()}
    ledger = build(strait.readings, strait.agenda, documents=strait.documents)
    empty = build((), strait.agenda, documents={})
    results = [
        *ledger.positions, *ledger.outlooks, *ledger.statuses, *ledger.tensions, *ledger.relations, *ledger.facts,
        *ledger.terms, *gaps(ledger), *changes(empty, ledger),
    ]  # fmt: skip
    assert {result.rule for result in results} <= known
    assert {name for line in ledger.channels for name in line.rule.split(", ")} <= known
    assert len(results) > 100


def test_another_package_adds_a_rule(talks, monkeypatch: pytest.MonkeyPatch) -> None:
    def first_and_last(evidence):
        """The first and the last statement belong together."""
        yield Relation(RelationKind.COMPLEMENTARY, (evidence.takes[0].id, evidence.takes[-1].id), "mine.ends")

    class Point:
        name, value = "mine", "mine:rule"

        def load(self) -> object:
            return self.rule

        rule: object = Rule("mine.ends", "relation", first_and_last)

    monkeypatch.setattr(rulebook, "entry_points", lambda group: [Point()])
    rulebook._installed.cache_clear()
    talks.report("r1", 3)
    talks.says("r1", "Ana Holt", "demand", "the quota must grow")
    talks.says("r1", "Ben Okar", "demand", "nets must shrink")
    assert "mine.ends" in [r.rule for r in talks.ledger().relations]
    Point.rule = "not a rule"
    rulebook._installed.cache_clear()
    with pytest.raises(ComityError, match=r"entry point mine of group comity\.rules is no Rule"):
        talks.ledger()
    monkeypatch.undo()
    rulebook._installed.cache_clear()


def test_no_rule_without_a_text_or_with_anothers_name() -> None:
    with pytest.raises(ValueError, match="has no docstring"):
        rulebook.rule("mine.silent", "relation")(lambda evidence: ())

    def twin(evidence):
        """A second rule of one name."""

    with pytest.raises(ValueError, match="two rules are named"):
        rulebook.rule("tension.position", "tension")(twin)


def test_modules_are_small() -> None:
    folder = Path(rulebook.__file__).parent
    for file in sorted(folder.rglob("*.py")):
        assert len(file.read_text(encoding="utf8").splitlines()) <= 330, file.name

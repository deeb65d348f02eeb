"""One utterance told twice counts once; two utterances stay two."""

from __future__ import annotations

from dataclasses import replace

from comity.words import AUTHOR, DuplicateGroup, Said


def test_two_translations_of_one_utterance(talks, at) -> None:
    talks.report("r1", 3)
    talks.report("r2", 3)
    a = talks.says("r1", "Ana Holt", "assess", "Many things can be decided before the harvest feast", "prospects",
                   status="close", mode="direct")  # fmt: skip
    b = talks.says("r2", "Ana Holt", "assess", "A lot can be settled before the harvest feast", "prospects",
                   status="close", mode="direct")  # fmt: skip
    ledger = talks.ledger()
    assert {s.id: s.same_utterance_as for s in ledger.statements} == {a: None, b: a}
    assert at(ledger, "alder", "prospects").origins == 1
    assert ledger.relations[0].statements == (a, b)


def test_unknown_days_may_meet(talks) -> None:
    talks.report("r1", 3)
    talks.report("r2", 5)
    for report in ("r1", "r2"):
        talks.says(report, "Ana Holt", "demand", "nets must have wider meshes", when=Said())
    assert [s.same_utterance_as for s in talks.ledger().statements] == [None, "r1#1"]


def test_other_day_other_speaker_other_number_other_sign_are_two(talks) -> None:
    for number, (day, speaker, act, quote, amount) in enumerate(
        [
            (3, "Ana Holt", "demand", "the quota must rise by 12 tonnes", 12),
            (4, "Ana Holt", "demand", "the quota must rise by 12 tonnes", 12),
            (3, "Ben Okar", "demand", "the quota must rise by 12 tonnes", 12),
            (3, "Ana Holt", "demand", "the quota must rise by 18 tonnes", 18),
            (3, "Ana Holt", "reject", "the quota must rise by 12 tonnes", 12),
        ]
    ):
        talks.report(f"r{number}", day)
        talks.says(f"r{number}", speaker, act, quote, numbers=((amount, "tonne"),), said=day)
    assert all(s.same_utterance_as is None for s in talks.ledger().statements)


def test_other_time_expressions_are_two(talks) -> None:
    talks.report("r1", 3)
    talks.report("r2", 3)
    talks.says("r1", "Ana Holt", "commit", "the boats will leave the strait before June")
    talks.says("r2", "Ana Holt", "commit", "the boats will leave the strait after June")
    assert all(s.same_utterance_as is None for s in talks.ledger().statements)


def test_a_part_of_a_statement_is_not_a_second_telling(talks) -> None:
    talks.report("r1", 3)
    talks.says("r1", "Ana Holt", "demand", "the herring quota must be reviewed each year")
    whole = talks.statements["r1"][0]
    part = talks.documents["r1"].passage(0, 30)
    talks.statements["r1"].append(replace(whole, id="r1#2", passage=part))
    assert all(s.same_utterance_as is None for s in talks.ledger().statements)


def test_agency_copy_counts_once(talks, at) -> None:
    for name in ("r1", "r2", "r3"):
        talks.report(name, 3)
        talks.says(name, AUTHOR, "demand", "Brennia wants half of the herring catch", holder="Brennia",
                   mode="reported_stance")  # fmt: skip
    apart = talks.ledger()
    assert at(apart, "brenn", "quota").origins == 3
    together = talks.ledger(duplicates=[DuplicateGroup("r1", ("r1", "r2", "r3"), 0.9)])
    p = at(together, "brenn", "quota")
    assert (p.origins, len(p.statements)) == (1, 3)
    assert together.duplicates[0].members == ("r1", "r2", "r3")

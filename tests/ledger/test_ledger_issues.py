"""Issues that the machine proposes: what is negotiated, in the words of the reports; nothing else."""

from __future__ import annotations

from comity.ledger.matters import mentions
from comity.ledger.topics import propose_issues
from comity.words import Document


def issues_of(talks, title: str = "", *rows: tuple[str, str, str, tuple[str, ...]]) -> list[str]:
    """Names of the issues of substance proposed from rows of speaker, act, quote and topics."""
    talks.report("r1", 3)
    for speaker, act, quote, topics in rows:
        talks.says("r1", speaker, act, quote, None, holder=speaker, topics=topics)
    statements = [s for reading in talks.readings for s in reading.statements]
    document = Document("r1", " ".join(row[2] for row in rows), title=title)
    found = propose_issues(statements, frozenset({"vessin", "qarr"}), [document])
    assert [i.id for i in found[-2:]] == ["process", "prospects"]
    return [i.name for i in found[:-2]]


def test_words_of_one_matter_make_one_issue_named_as_the_text_names_it(talks) -> None:
    assert issues_of(
        talks, "",
        ("Vessin", "demand", "it wants a monitoring mission", ("monitoring mission",)),
        ("Qarr", "reject", "no observers on its soil", ("observer", "soil")),
        ("Qarr", "reject", "the mission would be a burden", ("mission", "burden")),
    ) == ["Monitoring mission"]  # fmt: skip


def test_what_is_put_up_and_who_talks_is_no_issue(talks) -> None:
    assert issues_of(
        talks, "",
        ("Vessin", "offer", "a new offer was put on the table", ("new offer", "table")),
        ("Qarr", "reject", "the offer is no basis, its minister said", ("offer", "basis", "minister")),
        ("Qarr", "demand", "Vessin should come to the table", ("Vessin", "table")),
        ("Vessin", "demand", "hours of talks should bring a pay deal", ("hour", "talk", "pay deal")),
    ) == ["Pay"]  # fmt: skip


def test_what_one_voice_names_is_an_issue_only_if_titled_or_made(talks) -> None:
    rows = (
        ("Vessin", "demand", "it wants the lighthouses back", ("lighthouse",)),
        ("Qarr", "offer", "it would pay for an independent study", ("independent study",)),
        ("Qarr", "assess", "the teapot is empty", ("teapot",)),
    )
    assert issues_of(talks, "", *rows) == ["Independent study"]
    talks.readings.clear()
    assert "Lighthouses" in issues_of(talks, "Lighthouses divide Vessin and Qarr", *rows)


def test_a_verb_tells_of_a_matter_that_has_no_noun(talks) -> None:
    said = ("Vessin", "condition", "no talks until they withdraw from the hills", ("talk", "hill"))
    assert issues_of(talks, "", said) == ["Withdrawal"]


def test_a_year_tells_a_treaty_from_others() -> None:
    assert [m.label for m in mentions("1962 treaty", frozenset())] == [("1962", "treaty")]
    assert mentions("biggest offer", frozenset()) == []

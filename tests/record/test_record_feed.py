from __future__ import annotations

from datetime import date
from pathlib import Path

from comity.record import Failure, load
from comity.words import Document

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Harbour Times</title><language>en-gb</language><link>https://www.harbourtimes.example/</link>
<item><title>No deal &amp;amp; no date</title><link>https://www.harbourtimes.example/world/no-deal.html</link>
<pubDate>Tue, 04 Mar 2031 23:30:00 -0500</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>The delegations <b>met</b>.</p>
<script>x()</script><p>They will meet again.</p>]]></content:encoded></item>
<item><title>Second</title><guid>tag:42</guid><pubDate>Wed, 05 Mar 2031 01:00:00 GMT</pubDate>
<description>A line &amp;lt; another.</description></item>
<item><title>Empty</title></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Strait Wire</title><entry><id>urn:x:talks-7</id>
<title>Talks</title><published>2031-03-04T10:00:00Z</published><updated>2031-03-09T10:00:00Z</updated>
<link href="https://wire.example/7"/><content type="xhtml">
<div xmlns="http://www.w3.org/1999/xhtml"><p>Atom text.</p></div></content>
</entry></feed>"""


def save(tmp_path: Path, content: str, name: str = "feed.xml") -> Path:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    return path


def test_each_entry_is_a_document(tmp_path: Path) -> None:
    first, second, third = load([save(tmp_path, RSS)])
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert first.text == "The delegations met.\n\nThey will meet again."
    assert (first.id, first.name) == ("feed-no-deal", "feed.xml!1")
    assert (first.published, first.source, first.title) == (date(2031, 3, 4), "Harbour Times", "No deal & no date")
    assert (first.url, first.language) == ("https://www.harbourtimes.example/world/no-deal.html", "en")
    assert second.text == "A line < another."
    assert isinstance(third, Failure)
    assert str(third) == "feed.xml!3: the entry has no text; save the page that it links to"


def test_atom(tmp_path: Path, one) -> None:
    document = one(save(tmp_path, ATOM, "a.atom"))
    assert (document.text, document.published, document.source) == ("Atom text.", date(2031, 3, 4), "Strait Wire")
    assert document.url == "https://wire.example/7"


def test_ids_do_not_depend_on_the_place_in_the_feed(tmp_path: Path) -> None:
    before = {d.id for d in load([save(tmp_path, RSS)]) if isinstance(d, Document)}
    start, first, second, rest = RSS.replace("<item>", "§<item>").split("§")
    turned = start + second + first + rest
    assert {d.id for d in load([save(tmp_path, turned)]) if isinstance(d, Document)} == before


def test_a_cut_feed_gives_what_it_has(tmp_path: Path) -> None:
    results = list(load([save(tmp_path, RSS[: RSS.index("</description></item>\n<item><title>Empty")])]))
    assert [d.title for d in results if isinstance(d, Document)][:1] == ["No deal & no date"]
    assert any("the feed is broken" in str(r) for r in results if isinstance(r, Failure))


def test_entity_tricks_are_refused(tmp_path: Path, failed) -> None:
    bomb = '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><rss><channel><title>&b;</title></channel></rss>'
    assert "defines entities of its own" in failed(save(tmp_path, bomb))
    outside = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item/></channel></rss>'
    assert "defines entities of its own" in failed(save(tmp_path, outside))


def test_no_entries(tmp_path: Path, failed) -> None:
    assert "no entries in this feed" in failed(save(tmp_path, "<rss><channel><title>x</title></channel></rss>"))

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

BODY = "".join(
    f"<p>Paragraph {i}: the two delegations met in the old port on Tuesday and spoke for {i + 2} hours about the list "
    "of prisoners, without saying what was agreed.</p>"
    for i in range(4)
)
PAGE = f"""<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>No deal in the old port | Harbour Times</title>
<meta property="og:site_name" content="Harbour Times">
<meta property="article:published_time" content="2031-03-04T23:30:00-05:00">
<link rel="canonical" href="https://www.harbourtimes.example/no-deal">
<style>p {{ color: red }}</style><script>var secret = "alert(1)";</script></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/world">World news</a></li></ul></nav>
<article><h1>No deal in the old port</h1>{BODY}<script>document.write("written")</script>
<noscript>Turn on scripts</noscript></article>
<aside><p>Read more: Ten beaches to visit this summer</p></aside>
<footer>Cookies. All rights reserved.</footer></body></html>"""


def save(tmp_path: Path, content: str | bytes, name: str = "a.html") -> Path:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_saved_page(tmp_path: Path, one, places) -> None:
    document = one(save(tmp_path, PAGE))
    assert document.published == date(2031, 3, 4)
    assert (document.source, document.title) == ("Harbour Times", "No deal in the old port")
    assert (document.url, document.language) == ("https://www.harbourtimes.example/no-deal", "en")
    assert set(places(document).values()) == {"metadata"}
    assert "Paragraph 0" in document.text
    assert "Paragraph 3" in document.text
    for absent in ("secret", "alert", "written", "scripts", "Home", "beaches", "Cookies", "color", "<"):
        assert absent not in document.text


def test_linked_data_comes_first(tmp_path: Path, one) -> None:
    data = (
        '{"@graph": [{"@type": "WebSite", "name": "x"}, {"@type": ["NewsArticle"], "headline": "In JSON", '
        '"datePublished": "2031-03-02", "publisher": {"name": "Strait Wire"}}]}'
    )
    page = f'<html><head><script type="application/ld+json">{data}</script></head><body>{BODY}</body></html>'
    document = one(save(tmp_path, page))
    assert (document.published, document.source, document.title) == (date(2031, 3, 2), "Strait Wire", "In JSON")


@pytest.mark.parametrize(
    ("head", "body", "day"),
    [
        ("", '<time datetime="2031-03-04">4 March</time>', date(2031, 3, 4)),
        ("", '<time datetime="2031-03-04">a</time><time datetime="2031-03-01">b</time>', None),
        ("", '<time datetime="2031-03-01"></time><time pubdate datetime="2031-03-04"></time>', date(2031, 3, 4)),
        ('<meta name="DC.date.issued" content="2031-03-04">', "", date(2031, 3, 4)),
        ('<meta name="date" content="03/04/2031">', "", None),
        ("", "", None),
    ],
)  # fmt: skip
def test_dates_only_from_where_pages_state_them(tmp_path: Path, one, head: str, body: str, day: date | None) -> None:
    extra = "<p>Copyright 2020. On 3 March 2030 the talks began.</p>"
    assert one(save(tmp_path, f"<html><head>{head}</head><body>{body}{BODY}{extra}</body></html>")).published == day


def test_a_short_page_keeps_its_text(tmp_path: Path, one) -> None:
    document = one(
        save(tmp_path, "<html><body><p>Talks &amp; more.</p><script>x()</script><p>No deal.</p></body></html>")
    )
    assert document.text == "Talks & more.\n\nNo deal."


def test_old_encodings(tmp_path: Path, one) -> None:
    page = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=cp1251"></head><body>{BODY}' \
           "<p>Делегации встретились в порту, сказал министр.</p></body></html>"  # fmt: skip
    assert "Делегации встретились" in one(save(tmp_path, page.encode("cp1251"))).text
    lying = page.replace("cp1251", "utf-8")
    assert "Делегации встретились" in one(save(tmp_path, lying.encode("cp1251"), "b.html")).text


def test_a_page_under_a_wrong_name(tmp_path: Path, one) -> None:
    assert one(save(tmp_path, PAGE, "a.txt")).title == "No deal in the old port"


def test_a_page_made_by_scripts(tmp_path: Path, failed) -> None:
    page = '<html><head><title>x</title></head><body><div id="app"></div><script>run()</script></body></html>'
    assert "no text (it may be made by scripts)" in failed(save(tmp_path, page))


def test_a_page_nested_very_deep_is_told_or_read(tmp_path: Path) -> None:
    from comity.record import load

    page = "<html><body>" + "<div>" * 20_000 + "<p>Talks.</p>" + "</div>" * 20_000 + "</body></html>"
    results = list(load([save(tmp_path, page)]))
    assert len(results) == 1


def test_the_folder_of_a_saved_page_is_part_of_it(tmp_path: Path, one) -> None:
    save(tmp_path, PAGE)
    (tmp_path / "a_files").mkdir()
    (tmp_path / "a_files" / "logo.png").write_bytes(b"\x89PNG")
    (tmp_path / "a_files" / "ad.html").write_text("<html>Buy</html>")
    assert one(tmp_path).name == "a.html"

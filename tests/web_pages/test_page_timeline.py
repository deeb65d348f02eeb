"""The timeline: what it shows, what its filters keep, what its files hold."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest


def test_the_page_says_in_a_table_what_the_picture_shows(window: Any) -> None:
    html = window.get("/timeline")
    assert "demands 18 months of guaranteed flow" in html
    assert "meeting: Orsenne and Tamland, Port Amity" in html
    assert 'data-spec="/pictures/timeline.json?handling=protected"' in html
    assert "6 months apart, narrowing" in html


def test_issues_parties_and_days_can_be_chosen(window: Any) -> None:
    html = window.get("/timeline?issue=tolls&party=tamland&first=2031-03-01&last=2031-03-05")
    table = html[html.index('id="table"') :]
    assert "We refuse any toll" in table
    assert "insists on a permanent toll" not in table
    assert "guaranteed flow" not in table
    assert 'value="tolls" selected' in html
    assert "no issue is called" in window.get("/timeline?issue=fish", status=422)
    assert "not a date" in window.get("/timeline?first=soon", status=422)


def test_files_hold_public_material_only_unless_asked(window: Any) -> None:
    public = window.get("/pictures/timeline.csv")
    whole = window.get("/pictures/timeline.csv?handling=protected")
    assert "would accept a permanent toll" not in public
    assert "would accept a permanent toll" in whole
    assert len(list(csv.DictReader(io.StringIO(whole)))) == 9
    assert window.get("/pictures/timeline.svg").startswith("<svg")
    assert "would accept" not in json.dumps(json.loads(window.get("/pictures/timeline.json")))
    assert "is none of public" in window.get("/pictures/timeline.csv?handling=all", status=422)
    window.get("/pictures/timeline.gif", status=404)
    window.get("/pictures/sunset.svg", status=404)


def test_words_of_documents_stay_words(window: Any) -> None:
    assert "<script>document" not in window.get("/timeline")


@pytest.mark.slow
def test_it_is_drawn_without_eval_and_a_mark_opens_its_passage(tab: Any, accessible: Any) -> None:
    tab.go("/timeline")
    tab.drawn()
    assert tab.page.locator(".drawn .fault").count() == 0
    assert tab.page.locator(".drawn svg").count() == 2
    accessible(tab.page)
    from playwright.sync_api import expect

    axis = tab.page.locator(".drawn svg").first
    expect(axis).to_contain_text("14 Mar 2031")
    tab.page.locator(".drawn").first.focus()
    tab.page.keyboard.press("+")
    expect(axis).not_to_contain_text("14 Mar 2031")
    tab.page.keyboard.press("0")
    expect(axis).to_contain_text("14 Mar 2031")
    tab.page.locator(".drawn svg [aria-label*='We refuse any toll']").first.click()
    tab.page.wait_for_selector("#drawer:not([hidden]) mark")
    assert "We refuse any toll" in tab.page.locator("#drawer mark").inner_text()


@pytest.mark.slow
def test_without_scripts_there_is_a_still_picture(chromium: Any, served: Any) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served.address)
    page.goto(f"{served.base}/timeline")
    image = page.locator("noscript img, .drawn img").first
    assert "Timeline of" in (image.get_attribute("alt") or "")
    answer = context.request.get(f"{served.base}{image.get_attribute('src')}")
    assert answer.ok
    assert answer.headers["content-type"].startswith("image/svg+xml")
    context.close()

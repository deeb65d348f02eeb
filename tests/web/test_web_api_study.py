"""The API has the verbs of every page, and says what the pages say."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

EXAMPLE = Path(__file__).parents[2] / "examples" / "strait"


def test_tensions_are_listed_and_judged(served: Any) -> None:
    client, headers = served.client, {"x-comity-csrf": served.csrf}
    found = client.get("/api/tensions").json()
    assert found["total"] > 1
    key = found["tensions"][0]["key"]
    wanted = {"key": key, "verdict": "explained", "note": "two days", "seen": found["seen"]}
    assert client.post("/api/tensions", json=wanted, headers=headers).status_code == 201
    assert client.post("/api/tensions", json=wanted, headers=headers).status_code == 409
    assert client.post("/api/tensions", json={"key": "none", "verdict": "real"}, headers=headers).status_code == 422
    assert client.get("/api/tensions").json()["total"] == found["total"] - 1
    decided = client.get("/api/tensions?show=decided").json()["tensions"]
    assert [(row["key"], row["judged"], row["by"]) for row in decided] == [(key, "explained", "ada")]


def test_networks_and_pictures_say_what_their_pages_say(served: Any) -> None:
    client = served.client
    made = client.get("/api/network?mode=actors&aggregation=ignore&concepts=issue").json()
    network = made["network"]
    assert network["rows"] == network["columns"]
    assert made["total"] == sum(map(sum, network["values"]))
    assert "The sum of all values is" in client.get("/network?mode=actors&aggregation=ignore&concepts=issue").text
    assert client.get("/api/network?mode=sideways").status_code == 422
    line = client.get("/api/pictures/timeline?limit=5").json()
    assert line["total"] > len(line["rows"]) == 5
    assert line["spec"]["$schema"].startswith("https://vega.github.io/schema/vega-lite/")


def test_voices_agreement_deals_and_reports(served: Any) -> None:
    client, headers = served.client, {"x-comity-csrf": served.csrf}
    voices = client.get("/api/voices").json()["voices"]
    assert 0.99 < sum(row["share"] for row in voices) < 1.01
    assert {"party", "issue", "origins", "unnamed"} <= set(client.get("/api/voices?cells=true").json()["cells"][0])
    assert client.get("/api/agreement").json()["units"] == 0
    for row in client.get("/api/queue?limit=3").json()["statements"]:
        client.post("/api/decisions", json={"statement": row["id"], "kind": "accept"}, headers=headers)
    agreed = client.get("/api/agreement").json()
    assert agreed["units"] == 3
    assert {c["kind"] for c in agreed["coders"]} == {"person", "reader"}
    assert "blockers" in client.get("/api/deal/blockers").json()
    assert client.get("/api/deal/wishes").status_code == 422
    assert json.loads(client.get("/api/difference?since=2031-03-01").text)
    assert client.get("/api/difference?since=2031-03-01&format=docx").content[:2] == b"PK"
    assert json.loads(client.get("/api/dossier/monitoring").text)
    assert client.get("/api/dossier/none").status_code == 422


def test_an_accord_beside_the_case_is_watched(served: Any) -> None:
    for name in ("arrangement.accord", "arrangement.txt", "incidents.csv"):
        shutil.copy(EXAMPLE / name, served.path.parent / name)
    made = served.client.get("/api/accord?accord=arrangement.accord&incidents=incidents.csv")
    assert made.status_code == 200
    assert made.json()
    assert served.client.get("/api/accord?accord=../other.accord").status_code == 422


def test_what_was_passed_on_and_corrected_since_is_told(served: Any) -> None:
    client, headers = served.client, {"x-comity-csrf": served.csrf}
    assert client.get("/api/brief?format=md").status_code == 200
    (before,) = client.get("/api/exports").json()["exports"]
    assert (before["cells"], before["why"]) == ([], [])
    assert client.get("/api/exports?corrected=true").json()["exports"] == []
    first = client.get("/api/queue").json()["statements"][0]
    client.post("/api/decisions", json={"statement": first["id"], "kind": "reject"}, headers=headers)
    (after,) = client.get("/api/exports?corrected=true").json()["exports"]
    assert after["export"] == before["export"]
    assert "reject" in after["why"][0]
    page = client.get("/export").text
    assert "What was passed on" in page
    assert re.search(r"<li><bdi>[^<]*reject", page)

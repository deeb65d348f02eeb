"""Models that several tests share."""

from __future__ import annotations

import pytest

from comity.bargaining.model import parse_model
from comity.words import NegotiationModel

FISHERY = """
title = "A fishery between two shores"

[[issue]]
id = "quota"
name = "Quota of the southern shore"
range = {from = 10, to = 40, step = 10, unit = "per cent"}

[[issue]]
id = "review"
name = "Review"
options = [{id = "yearly", name = "every year"}, {id = "never", name = "no review"}]

[[issue]]
id = "light"
name = "Lighthouse"
options = ["north", "south", "joint"]

[[party]]
id = "north"
name = "Northland"

[[party]]
id = "south"
name = "Southland"

[[party]]
id = "third"
name = "Third"

[[red_line]]
id = "N1"
party = "north"
issue = "quota"
accepts = ["10", "20"]
statements = ["a#1"]
quote = "not a fish more than a fifth"

[[red_line]]
id = "S1"
party = "south"
issue = "quota"
refuses = ["10", "20"]
firmness = "firm"
provenance = "reporter"
statements = ["a#2"]

[[condition]]
id = "S2"
party = "south"
when = {issue = "light", option = "north"}
requires = [{issue = "review", option = "yearly"}]
statements = ["a#3"]

[[rule]]
ban = [{issue = "light", option = "joint"}, {issue = "review", option = "never"}]

[[preference]]
party = "north"
reservation = 30
scale = [0, 100]
weights = {quota = 1, review = 0.5, light = 0.25}
functions = {quota = {best = 10, worst = 40}}
worths = {review = {yearly = 40, never = 0}, light = {north = 100, south = 0, joint = 60}}

[[preference]]
party = "south"
reservation = 20
reservation_rule = "more than"
worths.quota = {10 = 0, 20 = 10, 30 = 30, 40 = 50}
worths.review = {yearly = 10, never = 5}
worths.light = {north = 0, south = 30, joint = 20}
joint = [{choices = [{issue = "quota", option = "40"}, {issue = "review", option = "yearly"}], worth = -5}]

[[control]]
party = "north"
issue = "review"
irreversible = [["yearly", "never"]]

[[step]]
id = "survey"
name = "a count of the stock"

[[step]]
id = "share"
name = "the larger share is fished"
when = {issue = "quota", options = ["30", "40"]}
after = ["survey", "vote"]

[[step]]
id = "vote"
name = "the assembly votes"
gate = true

[[flag]]
text = "a court ruled on the lighthouse"
citation = "Ruling 12 (2019), paragraph 4"
touches = [{issue = "light", options = ["north", "south"]}]

[[draft]]
name = "mediator's draft"
options = {quota = "20", review = "yearly", light = "joint"}

[status_quo]
options = {quota = "10", review = "never", light = "south"}
"""


@pytest.fixture
def fishery_text() -> str:
    return FISHERY


@pytest.fixture
def fishery() -> NegotiationModel:
    return parse_model(FISHERY, file="fishery.toml")

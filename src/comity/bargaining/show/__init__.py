"""Results in words, pictures and pages."""

from comity.bargaining.show.conflict_pages import actors_page, holding_page, stability_page
from comity.bargaining.show.graph import graph
from comity.bargaining.show.page import Page, Part, render
from comity.bargaining.show.parts import Parts
from comity.bargaining.show.pictures import parallel, plane
from comity.bargaining.show.stated_pages import blockers_page, openings_page
from comity.bargaining.show.words import Teller, actors_in_words
from comity.bargaining.show.worth_pages import compare_page, doubt_page, frontier_page, solutions_page

__all__ = [
    "Page",
    "Part",
    "Parts",
    "Teller",
    "actors_in_words",
    "actors_page",
    "blockers_page",
    "compare_page",
    "doubt_page",
    "frontier_page",
    "graph",
    "holding_page",
    "openings_page",
    "parallel",
    "plane",
    "render",
    "solutions_page",
    "stability_page",
]

"""Results in words, pictures and pages."""

from comity.bargaining.show.page import page
from comity.bargaining.show.pictures import graph, parallel, plane
from comity.bargaining.show.words import Teller, actors_in_words

__all__ = ["Teller", "actors_in_words", "graph", "page", "parallel", "plane"]

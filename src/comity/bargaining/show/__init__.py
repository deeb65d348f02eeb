"""Results in words, pictures and pages."""

from comity.bargaining.show.page import page
from comity.bargaining.show.pictures import graph, parallel, plane
from comity.bargaining.show.words import Teller

__all__ = ["Teller", "graph", "page", "parallel", "plane"]

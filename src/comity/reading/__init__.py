"""reading: what does a text say? A pure function from one document (and an agenda) to a `Reading`.

Rules over a parse: segments, times, names and events on the surface; attributions, stances and their frames beneath.
What an article guesses stays the article's; a sentence that breaks off is skipped and said to be.
"""

from comity.reading.read import DEFAULT, READER, READERS, read

__all__ = ["DEFAULT", "READER", "READERS", "read"]

"""Who is reported to have said what, by a small trained network.

`attribute(text)` gives source, cue and content with a confidence for each. It proposes; the rules of `comity.reading`
say who the source is, for whom it speaks and what is done with the words. Needs onnxruntime and tokenizers only.
"""

from comity.reading.model.runtime import Model, Sure, Triple, attribute, available, load
from comity.reading.model.windows import NEWS, TALKS

__all__ = ["NEWS", "TALKS", "Model", "Sure", "Triple", "attribute", "available", "load"]

"""Windows: every piece in exactly one, offsets exact, none too long."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from comity.reading.model.windows import windows

WORDS = st.sampled_from(
    ["The", "minister", "said", "ports", "stay", "open", ".", "Zürich", '"', "😀", "\n", "\n\n", " "]
)


def test_offsets_are_of_the_text_and_pieces_of_a_word_are_known(tokenizer: Tokenizer) -> None:
    text = "The minister said:\n\nPorts stay open."
    (window,) = windows(text, tokenizer)
    pieces = [text[a:b] for a, b in window.spans[1:-1]]
    assert pieces == ["The", "min", "ister", "said", ":", "", "Ports", "stay", "open", "."]
    assert window.marks.tolist() == [piece == "" for piece in ("", *pieces, "")]
    assert [p for p, w in zip(pieces, window.within[1:-1], strict=True) if w] == ["ister"]
    assert window.spans[0].tolist() == window.spans[-1].tolist() == [0, 0]


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=120), st.integers(6, 40))
def test_every_piece_stands_in_one_window(tokenizer: Tokenizer, words: list[str], size: int) -> None:
    text = " ".join(words)
    found = windows(text, tokenizer, size)
    assert all(2 < len(w.ids) <= size for w in found)
    spans = [tuple(span) for w in found for span in w.spans[~w.marks].tolist()]
    assert spans == sorted(set(spans))
    covered = {i for a, b in spans for i in range(a, b)}
    assert covered == {i for i, c in enumerate(text) if not c.isspace()}


def test_a_long_paragraph_is_cut_after_a_stop(tokenizer: Tokenizer) -> None:
    text = "ports stay open . " * 10
    first = windows(text, tokenizer, 17)[0]
    assert text[slice(*first.spans[-2])] == "."


def test_a_paragraph_is_not_torn_where_it_fits(tokenizer: Tokenizer) -> None:
    text = "ports stay open .\n\n" * 6
    assert [len(w.ids) for w in windows(text, tokenizer, 12)] == [11, 11, 11]


def test_signs_tell_capitals_and_quotation_marks(tokenizer: Tokenizer) -> None:
    text = 'The UN said: "Ports stay open."'
    (window,) = windows(text, tokenizer)
    signs = dict(zip((text[a:b] for a, b in window.spans[1:-1]), window.signs[1:-1].tolist(), strict=True))
    assert (signs["The"], signs["UN"], signs["said"]) == (1, 2, 0)
    assert (signs["Ports"], signs["stay"], signs["."]) == (4, 3, 3)
    assert window.signs[0] == window.signs[-1] == 0

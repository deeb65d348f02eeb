"""A tokenizer of a few words, so that windows and decoding are tested without the shipped model."""

from __future__ import annotations

import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import Lowercase
from tokenizers.pre_tokenizers import BertPreTokenizer

PIECES = ("[UNK]", "[CLS]", "[SEP]", "the", "min", "##ister", "said", "ports", "stay", "open", ".", ",", '"', "a", "b")


@pytest.fixture(scope="session")
def tokenizer() -> Tokenizer:
    made = Tokenizer(WordPiece({piece: i for i, piece in enumerate(PIECES)}, unk_token="[UNK]"))
    made.normalizer = Lowercase()
    made.pre_tokenizer = BertPreTokenizer()
    return made

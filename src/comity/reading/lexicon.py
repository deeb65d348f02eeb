"""Cue words: which verbs and nouns report what somebody says or wants. Read from `cues.toml`, our own list."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from importlib import resources

from comity.words import Act


@dataclass(frozen=True)
class Cue:
    """What a cue word does: `act` is None where the content tells; `kind` is "speech", "stance" or "mention"."""

    word: str
    act: Act | None
    kind: str
    group: str


@dataclass(frozen=True)
class Lexicon:
    """Cues by (word, complement), the verbs' first words, and nouns."""

    verbs: dict[tuple[str, str], Cue]
    particles: dict[str, tuple[str, ...]]
    """First word to the rests that make a cue of more than one word ("call" to "for", "on", "upon")."""
    nouns: dict[str, Cue]

    def verb(self, word: str, complement: str) -> Cue | None:
        return self.verbs.get((word, complement))


@functools.lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The shipped cue words.

    >>> lexicon().verb("reject", "object").act.value
    'reject'
    >>> sorted(lexicon().particles["rule"])
    ['out']
    """
    data = tomllib.loads(resources.files(__package__).joinpath("cues.toml").read_text(encoding="utf-8"))
    verbs: dict[tuple[str, str], Cue] = {}
    particles: dict[str, set[str]] = {}
    for group in data["verbs"]:
        act = Act(group["act"]) if group["act"] else None
        for word in (" ".join(w.split()) for w in group["words"].split(",")):
            first, _, rest = word.partition(" ")
            if rest:
                particles.setdefault(first, set()).add(rest)
            for complement in group["takes"]:
                verbs.setdefault((word, complement), Cue(word, act, group["kind"], group["name"]))
    nouns: dict[str, Cue] = {}
    for act_name, words in data["nouns"].items():
        for word in words:
            nouns.setdefault(word, Cue(word, Act(act_name), "stance", f"noun_{act_name}"))
    return Lexicon(verbs, {k: tuple(sorted(v, key=len, reverse=True)) for k, v in particles.items()}, nouns)

"""Which of the names in a record are those of parties: in whose name stands are taken, by whom and how often."""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from comity.ledger.wording import moments
from comity.words.offices import ORGANS

MOST_PARTIES = 12
_SPOKEN = 0.5
"""What is only said for a side, against a stand that it takes."""
_LEAST = 1.5
_SHARE = 0.1
"""A party has at least this share of what the weightiest has."""
_UNNAMED = re.compile(
    r"\b(?:unnamed|anonymous|officials?|sources?|diplomats?|aides?|analysts?|experts?|observers?|people|persons?|sides?"
    r"|parties|others|neither|both|witnesses|residents|lawyers|scientists|ministers|spokes\w+|reporters?|negotiators?"
    r"|delegat\w+|mediators?|leaders?|men|campaigners|critics|media|television)\b",
    re.I,
)


@dataclass
class Named:
    """Everything that the readings call by one name."""

    names: Counter[str] = field(default_factory=Counter)
    aliases: Counter[str] = field(default_factory=Counter)
    types: Counter[str] = field(default_factory=Counter)
    parties: Counter[str] = field(default_factory=Counter)
    roles: Counter[str] = field(default_factory=Counter)
    spoken: int = 0
    held: int = 0

    @property
    def name(self) -> str:
        """The most used spelling, first names before titles; ties: the longest, then alphabetical."""
        plain = [n for n in self.names if "," not in n and not TITLE.match(n)] or list(self.names)
        full = [n for n in plain if " " in n] if self.type == "person" else []
        return min(full or plain, key=lambda n: (-self.names[n], -len(n), n))

    @property
    def type(self) -> str:
        return top(self.types) or "other"

    @property
    def weight(self) -> float:
        return self.held + _SPOKEN * self.spoken


TITLE = re.compile(
    r"^(?:(?:mr|mrs|ms|dr|sir|president|prime minister|minister|foreign minister|chancellor|commissioner|commodore"
    r"|general|colonel|envoy|special envoy|chairman|leader|speaker|secretary)\b\.? ?)+",
    re.I,
)


def top(counter: Counter[str]) -> str | None:
    return min(counter, key=lambda k: (-counter[k], k)) if counter else None


@cache
def _groups() -> frozenset[str]:
    data = tomllib.loads(resources.files(__package__).joinpath("sides.toml").read_text(encoding="utf-8"))
    return frozenset(data["groups"].split())


def sides(
    figures: Mapping[str, Named], homes: Mapping[str, str | None], states: Collection[str], texts: Iterable[str]
) -> list[str]:
    """Keys of the parties: states, and bodies in whose name stands are told, by themselves or through who speaks for
    them. `homes`: for each key that of the party that the texts give it. Weightiest first, states before others."""
    text = "\n".join(texts)
    spoken_for = set(homes.values())
    weight: dict[str, float] = defaultdict(float)
    taken: Counter[str] = Counter()
    for key, figure in figures.items():
        home = homes.get(key)
        side = home if home is not None and home in figures else key
        if side in states or _can_be(figures[side], side in spoken_for, text):
            weight[side] += figure.weight
            taken[side] += figure.held
    if not weight:
        return []
    share = _SHARE * max(weight.values())
    ranked = sorted(weight, key=lambda key: (key not in states, -weight[key], key))
    chosen = [key for key in ranked if weight[key] >= max(share, 1.0 if figures[key].type == "state" else _LEAST)]
    if len(chosen) < 2:
        chosen = [key for key in ranked if taken[key]]
    return chosen[:MOST_PARTIES]


def short_names(figures: Mapping[str, Named]) -> dict[str, str]:
    """Keys of bodies that one longer name holds, each with that name's key: its last word ("the Front", "the
    committee"), the first of a state's ("Halsk" for the Halsk Federation), its initials."""
    long = [key for key, figure in figures.items() if " " in key and figure.type != "person" and len(key.split()) <= 4]
    found = {}
    for key, figure in figures.items():
        if " " in key or len(key) < 3 or figure.type == "person":
            continue
        homes = [home for home in long if _holds(figures[home], figure)]
        if len(homes) == 1:
            found[key] = homes[0]
    return found


def _holds(longer: Named, short: Named) -> bool:
    words, name = longer.name.removeprefix("the ").split(), short.name.removeprefix("the ")
    if any(word in ("of", "in", "for") for word in words) or _UNNAMED.search(longer.name):
        return False
    if name.isupper() and name == "".join(word[0] for word in words).upper():
        return True
    if short.type != "state" and name.casefold() == words[-1].casefold():
        return True
    return longer.type == "state" and len(words) == 2 and name == words[0]


def _can_be(figure: Named, spoken_for: bool, text: str) -> bool:
    """True if a name can be that of a party: a body's, or one that others speak for, or that no text writes small."""
    name = figure.name
    words = name.split()
    if figure.type == "outlet" or moments(name) or (figure.type == "place" and not spoken_for) or TITLE.match(name):
        return False
    if name.casefold().removeprefix("the ") in _groups():
        return figure.weight >= 2 * _LEAST - _SPOKEN
    if not name[:1].isupper() or (_UNNAMED.search(name) and not spoken_for):
        return False
    if spoken_for or figure.type in ("state", "body"):
        return True
    if words[-1].casefold() in ORGANS:
        return False
    if figure.type == "person" and (len(words) > 1 or figure.roles):
        return False
    return _proper(name, text)


def _proper(name: str, text: str) -> bool:
    """True if a text writes a name large within a sentence, and none writes it small.

    >>> _proper("Growers", "Growers left. Then growers met."), _proper("Ostrals", "Then the Ostrals met.")
    (False, True)
    """
    if not all(word[:1].isupper() or word in ("of", "for", "the", "and") for word in name.split()):
        return False
    if re.search(rf"\b{re.escape(name.lower())}\b", text):
        return False
    return re.search(rf"[a-z,] (?:the )?{re.escape(name)}\b", text) is not None

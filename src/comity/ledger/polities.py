"""Which names in a record are those of states and the like, and who speaks for them, by the shape of words alone.

A name is a polity's if the record also has an adjective built on it ("Northland" and "Northlandish"); a person speaks
for it if the record calls the person by a role with that adjective or the name's possessive ("the Northlandish envoy").
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from comity.words import fold_name
from comity.words.offices import holds_office

_CAPITAL = re.compile(r"(?<![\w-])[^\W\d_a-zß-ÿ][\w-]+")
_ENDINGS = ("n", "an", "ian", "ean", "ish", "ese", "i", "ic", "ite", "nian", "vian")
ROLE = (
    r"(?:president|prime minister|premier|chancellor|king|queen|(?:foreign |defen[cs]e |fisheries )?minister|secretary"
    r"|envoy|negotiator|ambassador|spokes(?:man|woman|person)|official|delegate|diplomat|mediator|leader|chief"
    r"|delegation|government|commissioner|speaker|general|colonel|commander)"
)
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_NAME = r"(?P<name>(?:[^\W\d_a-zß-ÿ][\w'’-]+ ?){1,3})"


def polities(names: Iterable[str], texts: Iterable[str]) -> dict[str, set[str]]:
    """Those of `names` on which an adjective in `texts` is built, each with its adjectives.

    >>> polities(["Northland", "Ana Holt"], ["Northland and the Northlandish envoy, Ana Holt"])
    {'Northland': {'Northlandish'}}
    """
    words = Counter(word for text in texts for word in _CAPITAL.findall(text))
    found = {}
    for name in names:
        if len(name) < 4 or " " in name or not name[0].isupper():
            continue
        forms = {f"{root}{ending}" for root in (name, name.rstrip("aeiouy")) for ending in _ENDINGS if len(root) > 2}
        used = {form for form in forms if form != name and words[form]}
        if used:
            found[name] = used
    return found


def spoken_for(sides: Mapping[str, set[str]], texts: Iterable[str]) -> dict[str, Counter[str]]:
    """For each folded personal name, how often the texts give it a role of which polity.

    >>> spoken_for({"Northland": {"Northlandish"}}, ["Northland's foreign minister, Ana Holt, left."])
    {'ana holt': Counter({'Northland': 1})}
    >>> spoken_for({"Northland": {"Northlandish"}}, ["The Northlandish opposition leader Ana Holt left."])
    {}
    """
    owner = {form: name for name, forms in sides.items() for form in (name, *forms)}
    if not owner:
        return {}
    polity = "|".join(sorted((re.escape(form) for form in owner), key=lambda f: (-len(f), f)))
    side = rf"(?P<side>{polity})(?:['’]s)?"
    before = re.compile(rf"\b{side} (?:\w+ ){{0,2}}?(?i:{ROLE})(?: and (?:\w+ ){{1,2}})?,? {_NAME}")
    after = re.compile(rf"\b{_NAME}, (?:the |a |an )?{side} (?:\w+ ){{0,3}}?(?i:{ROLE})")
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        for pattern in (before, after):
            for match in pattern.finditer(text):
                title = match[0].replace(match["name"], " ")
                words = [word.lower() for word in _WORD.findall(title)]
                ahead = _WORD.findall(text[max(0, match.start() - 20) : match.start()])
                if holds_office(words, ahead[-1].lower() if ahead else ""):
                    found[fold_name(match["name"])][owner[match["side"]]] += 1
    return dict(found)

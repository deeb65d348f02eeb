"""Members of groups that are named by a plural: "the Liberals" shows whose leader "Liberal leader Jan Ost" is.

"The Greens", "the Highlanders", "the Social Democrats" are groups where the text also has one of them with an office:
"Green co-leader", "a Highlander spokesman", "Social Democrat Ada Holt". One without the other shows nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from comity.reading.name_forms import Forms, Known, slug
from comity.reading.name_view import View
from comity.reading.roles import ROLES

_ONE = ROLES | {"co", "co-leader", "mp", "mps", "lawmaker", "lawmakers", "senator", "member", "members", "delegates"}
_WORDS_AT_MOST = 2
_BETWEEN_AT_MOST = 3


def with_members(forms: Forms, v: View) -> Forms:
    """`forms` with such groups: the plural names one, the singular before an office tells whose it is."""
    leads = dict(forms.by_lead)
    for start, end in _plurals(v):
        name = v.text[v.starts[start] : v.end(end - 1)]
        one = name.removesuffix("s")
        if forms.at(v.text, v.starts[start]) is not None or not _has_office(v, one):
            continue
        group = Known(slug(name), name, "group", name, "body")
        for form, known in ((one, replace(group, kind="people")), (name, group)):
            rows = leads.get(form.split()[0], ())
            if (form, known) not in rows:
                leads[form.split()[0]] = ((form, known), *rows)
    return replace(forms, by_lead=leads)


def _plurals(v: View) -> Iterator[tuple[int, int]]:
    """Capitalised plurals after "the" in running text, as tokens ``[start, end)``."""
    for i, word in enumerate(v.lower):
        if word != "the":
            continue
        end = i + 1
        while end < len(v.words) and end - i <= _WORDS_AT_MOST and v.capital[end] and v.words[end].isalpha():
            end += 1
        last = v.words[end - 1]
        if end > i + 1 and v.loose[end - 1] and last.endswith("s") and not last.isupper() and len(last) > 4:
            yield i + 1, end


def _has_office(v: View, one: str) -> bool:
    """True if the singular stands before a word for an office: not "Green said", which may be a person."""
    words = one.split()
    for i in range(len(v.words) - len(words)):
        if v.words[i : i + len(words)] != words:
            continue
        for j in range(i + len(words), min(len(v.words), i + len(words) + _BETWEEN_AT_MOST)):
            if v.lower[j] in _ONE and not v.capital[j]:
                return True
            if v.capital[j] or v.tokens[j].tag_ not in ("JJ", "NN", "HYPH"):
                break
    return False

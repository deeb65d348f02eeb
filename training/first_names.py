"""Make src/comity/reading/first_names.tsv from the name lists of Faker (MIT).

usage: python training/first_names.py     (in an environment with faker installed; it is no dependency of Comity)

A line a name: the name as `words.fold_name` folds it, and m, f or u (given to both).
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
import unicodedata
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))
from comity.words import fold_name

OUT = Path(__file__).parents[1] / "src" / "comity" / "reading" / "first_names.tsv"
HEAD = "# Made by training/first_names.py from the person lists of Faker 40 (MIT). name<TAB>m, f or u (both)\n"

_LETTERS = "а б в г д е ё ж з и й к л м н о п р с т у ф х ц ч ш щ ъ ы ь э ю я і ї є ґ ј љ њ ћ џ ђ"
_LATIN = "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya i i ye g j lj nj c dz dj"
_CYRILLIC = {c: latin.replace("-", "") for c, latin in zip(_LETTERS.split(), _LATIN.split(), strict=True)}
_OTHER = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "ı": "i", "æ": "ae", "ə": "a", "œ": "oe"}


_UKRAINIAN = _CYRILLIC | {"и": "y", "г": "h", "й": "i"}


def folded(name: str, locale: str) -> str:
    """`name` folded, or "" if it is written in a script not read here."""
    letters = _UKRAINIAN if locale == "uk_UA" else _CYRILLIC
    lowered = "".join(letters.get(c, _OTHER.get(c, c)) for c in name.lower().replace("i̇", "i"))
    plain = "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))
    return fold_name(plain) if re.fullmatch(r"[a-z]{3,}", plain) else ""


def main() -> None:
    import faker.providers.person as person

    genders: dict[str, set[str]] = {}
    for module in pkgutil.iter_modules(person.__path__):
        provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        for gender, field in (("m", "first_names_male"), ("f", "first_names_female")):
            names = getattr(provider, field, ())
            for name in names:
                for part in re.split(r"[ \-]", name)[:1]:
                    if key := folded(part, module.name):
                        genders.setdefault(key, set()).add(gender)
    lines = [f"{name}\t{'u' if len(found) == 2 else min(found)}\n" for name, found in sorted(genders.items())]
    OUT.write_text(HEAD + "".join(lines), encoding="utf8")
    print(len(lines), "names,", OUT.stat().st_size, "bytes")


if __name__ == "__main__":
    main()

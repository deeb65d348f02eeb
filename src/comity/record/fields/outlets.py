"""Telling an outlet's name from other words, and writing it as the outlet does.

Two general sources only: words that outlets' names are made of, and the names of the world's news agencies and
broadcasters, which sign datelines with initials.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_AGENCIES_TEXT = """
AFP AP ANSA APA Anadolu Antara BBC Belga BelTA Bernama Bloomberg CNA CNN CTK Cadena DPA dpa DW EFE Interfax IPS
IRNA ISNA ITAR-TASS KCNA Kyodo Lusa MENA NHK NPR NTB PAP PTI RFE/RL RIA Reuters RFI SANA SAPA SPA TASS TT UPI
Ukrinform UNIAN VOA WAFA Xinhua Yonhap AAP ABC CBC CBS NBC PBS ITV RTE ARD ZDF ORF RAI TVE Axios Politico
Euronews
"""
_AGENCIES = _AGENCIES_TEXT.split()
_LONG = ("Associated Press", "Agence France-Presse", "Al Jazeera", "Deutsche Welle", "Deutsche Presse-Agentur")
_KNOWN = {name.casefold(): name for name in (*_AGENCIES, *_LONG)}
_KNOWN["dpa"] = "dpa"
_WORDS_TEXT = """
agency agencia agence agenzia agentur bulletin broadcasting chronicle courier correspondent daily dispatch
diario echo enquirer examiner express gazette gazeta globe guardian herald independent inquirer insider
intelligencer journal ledger le monde live magazine mail media mercury messenger mirror monitor network news
newspaper notimex newswire observer online outlook post pravda presse press radio record register reporter
review sentinel spectator standard star sun telegraph telegram television times today tribune tv weekly wire
world zeitung
"""
_WORDS = frozenset(_WORDS_TEXT.split())
_GENERIC = frozenset({"le", "monde", "live", "today", "world", "record", "standard", "sun", "star", "review", "media"})


def known_agency(text: str) -> str | None:
    """The agency or broadcaster that `text` is the name of, as it writes itself.

    >>> known_agency("REUTERS")
    'Reuters'
    """
    return _KNOWN.get(text.strip().casefold())


def is_outlet(text: str) -> bool:
    """True if `text` can only be the name of an outlet: an agency, or a short name with a word that outlets have.

    >>> is_outlet("Harbour Times"), is_outlet("Geneva"), is_outlet("talks resume")
    (True, False, False)
    """
    text = text.strip()
    if known_agency(text) or _HOST.fullmatch(text):
        return True
    words = re.findall(r"[^\W\d_]+", text.casefold())
    telling = [word for word in words if word in _WORDS]
    return 1 < len(words) <= 6 and any(word not in _GENERIC for word in telling)


def is_masthead(text: str) -> bool:
    """True if a line that holds only `text` is the name of an outlet and no heading: ``The Strait Observer``.

    >>> is_masthead("Harbour Wire"), is_masthead("Press conference"), is_masthead("Latest News")
    (True, False, False)
    """
    if known_agency(text):
        return True
    words = text.split()
    last = words[-1].casefold() if words else ""
    named = all(word[:1].isupper() or word in _SMALL for word in words)
    return named and last in _WORDS and words[0].casefold() not in _HEADINGS and is_outlet(text) and len(words) <= 5


_HEADINGS_TEXT = """
latest breaking world local top daily today's our more other national regional foreign home weekly in live full
"""
_HEADINGS = frozenset(_HEADINGS_TEXT.split())
_HOST = re.compile(r"(?:[a-z0-9-]+\.)+(?:com|org|net|info|news|int|example|test|[a-z]{2})", re.IGNORECASE)
_PATH = re.compile(r"[^ ]*[/\\].*\.\w{1,5}")


def host_of(url: str) -> str | None:
    """The host of an address without ``www.``, or None."""
    try:
        host = urlsplit(url.strip()).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host and "." in host else None


def outlet_name(text: str) -> str | None:
    """`text` as the name of an outlet: an address becomes its host, an agency's name is written as usual.

    None if it is a path of a file, as in data sets that call the file a text came from its source.

    >>> outlet_name("https://www.harbourtimes.example/talks"), outlet_name("corpus/a/T-1.xhtml")
    ('harbourtimes.example', None)
    """
    text = " ".join(text.split())
    if re.match(r"https?://", text, re.IGNORECASE):
        return host_of(text)
    if _PATH.fullmatch(text):
        return None
    return known_agency(text) or text or None


def from_slug(slug: str) -> str:
    """An outlet's name from the way file names write it.

    >>> from_slug("harbour-times"), from_slug("afp"), from_slug("The_Strait_Observer")
    ('Harbour Times', 'AFP', 'The Strait Observer')
    """
    words = re.sub(r"[-_+ ]+", " ", slug).strip()
    if known := known_agency(words) or known_agency(slug):
        return known
    if words != words.lower():
        return words
    return " ".join(
        known_agency(w) or (w if w in _SMALL and i else w.capitalize()) for i, w in enumerate(words.split())
    )


_SMALL = frozenset(["of", "and", "the", "de", "la", "le", "du", "des", "del", "for", "in", "on"])

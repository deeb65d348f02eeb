"""For whom somebody speaks by what they are: an office of a state speaks for it; a citizen or a rebel does not.

"A Norwegian envoy" stands for Norway. "A Norwegian economist", "the Norwegian opposition" and "Norwegian rebels" are
Norwegian, but what they want is not what Norway wants.
"""

from __future__ import annotations

from collections.abc import Collection

_OFFICE_WORDS = """
    president vice-president premier chancellor minister secretary undersecretary spokesman spokeswoman spokesperson
    ambassador envoy negotiator diplomat mediator adviser advisor aide official leader chief head deputy director
    commissioner governor mayor representative king queen prince princess emir sultan crown general colonel major
    captain lieutenant admiral marshal commander brigadier sergeant commodore officer judge justice prosecutor delegate
    coordinator inspector intermediary facilitator broker guarantor counterpart dictator ruler statesman stateswoman
    guard junta taoiseach tanaiste chief-of-staff sheriff chairman chairwoman chairperson chair source rapporteur
    ayatollah consul
    delegation team camp side administration government cabinet leadership authority military army force troop navy
    police intelligence parliament congress senate ministry embassy command mission regime state power spokespeople
    spokesmen spokeswomen armies authorities navies embassies ministries statesmen
"""
_ORGAN_WORDS = """
    ministry department agency office commission parliament assembly congress senate house court command guard force
    forces police navy army authority service bureau embassy consulate mission secretariat directorate tribunal cabinet
    government duma brigade battalion division presidency administration treasury military delegation council
"""
_APART_WORDS = """
    former ex onetime erstwhile late retired ousted deposed exiled jailed imprisoned opposition dissident rebel rebels
    guerrilla guerrillas insurgent separatist secessionist militant breakaway self-proclaimed self-declared business
    religious spiritual community tribal student union church protest strike civil indigenous clan youth militia cartel
    gang mafia industry corporate club football academic independent
    revolutionary liberation resistance free democratic popular people's patriotic communist socialist workers news
    refugee olympic nobel human relief bar shadow
"""
_PAST = frozenset({"former", "ex", "onetime", "erstwhile", "late", "retired", "ousted", "deposed", "exiled"})
_POSTS = frozenset({"ceo", "executive", "boss", "founder", "co-founder"})
_WITHIN = frozenset({"bureau", "committee", "council", "delegation", "team", "leadership", "board", "executive"})
"""Who is a member of one of these speaks for the whole."""
_COUNCILS = frozenset({"security", "state", "federation", "defence", "defense", "sovereignty", "military", "national"})
OFFICES = frozenset(_OFFICE_WORDS.split())
"""What those are called who speak for a state, and the bodies and groups that do: singular, or plural without an s."""
ORGANS = frozenset(_ORGAN_WORDS.split())
"""Last or leading nouns in the names of bodies of a state."""
APART = frozenset(_APART_WORDS.split())
"""With one of these before it, an office or an organ is not the state's, or no longer."""


def holds_office(words: Collection[str], before: str = "") -> bool:
    """True if a title or a description, in small letters, is of somebody who speaks for a state.

    `before` is the word before the state's name, if that is in between ("former Norwegian president").

    >>> holds_office(["foreign", "minister"]), holds_office(["senior", "officials"])
    (True, True)
    >>> holds_office(["opposition", "leader"]), holds_office(["economist"]), holds_office(["former", "president"])
    (False, False, False)
    >>> holds_office(["president"], before="former")
    False
    """
    if before in APART or not APART.isdisjoint(words):
        return False
    return any(w in OFFICES or w.removesuffix("s") in OFFICES for w in words)


def holds_post(words: Collection[str], before: str = "") -> bool:
    """True if a title, in small letters, is of somebody who speaks for the body or group named before it.

    A rebel leader does not speak for a state, but for the rebels; a plain member speaks for nobody else.

    >>> holds_post(["rebel", "spokesman"]), holds_post(["political", "bureau", "member"]), holds_post(["member"])
    (True, True, False)
    >>> holds_post(["ceo"]), holds_post(["former", "leader"])
    (True, False)
    """
    if before in _PAST or not _PAST.isdisjoint(words):
        return False
    if "member" in words:
        return not _WITHIN.isdisjoint(words)
    return any(w in OFFICES or w in _POSTS for w in words)


def of_state(words: Collection[str]) -> bool:
    """True if a body's name, in small letters, is that of an organ of a state.

    >>> of_state("belvaran foreign ministry".split()), of_state("armed forces of belvara".split())
    (True, True)
    >>> of_state("revolutionary armed forces of belvara".split()), of_state("belvaran communist party".split())
    (False, False)
    >>> of_state("belvaran security council".split()), of_state("belvaran refugee council".split())
    (True, False)
    """
    if not APART.isdisjoint(words):
        return False
    if "bank" in words:
        return bool({"central", "national", "reserve", "of"} & {*words})
    organs = ORGANS & {*words}
    return bool(organs - {"council"}) or ("council" in organs and bool(_COUNCILS & {*words}))


def for_state(words: Collection[str]) -> bool:
    """True if a description or a body's name, in small letters, is of those who speak for the state that it names.

    >>> [for_state(f"belvaran {who}".split()) for who in ("officials", "army", "farmers")]
    [True, True, False]
    """
    return holds_office(words) or of_state(words)

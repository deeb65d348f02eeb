"""Nouns for people by what they are, for groups of people, for bodies and for places. Vocabulary only."""

from __future__ import annotations

_ROLE_WORDS = """
    president vice-president premier taoiseach tanaiste chancellor minister secretary undersecretary spokesman
    spokeswoman spokesperson ambassador envoy negotiator diplomat mediator adviser advisor aide official leader chief
    head deputy director chairman chairwoman chairperson chair commissioner governor mayor senator congressman
    congresswoman representative lawmaker legislator parliamentarian mp mep speaker king queen prince princess emir
    sultan crown pope archbishop bishop cardinal monsignor general colonel major captain lieutenant admiral marshal
    commander brigadier sergeant commodore officer actor actress singer judge justice prosecutor attorney lawyer
    analyst expert professor researcher economist historian journalist reporter correspondent editor columnist
    commentator activist source critic opponent candidate nominee delegate coordinator rapporteur inspector monitor
    observer intermediary facilitator broker guarantor counterpart ayatollah cleric imam sheikh rabbi priest
    guerrilla rebel dictator ruler billionaire businessman businesswoman magnate tycoon oligarch executive ceo
    founder strategist pollster surrogate manager organizer organiser author writer veteran politician statesman
    stateswoman sheriff detective witness resident survivor refugee worker soldier fighter policeman policewoman man
    woman member councillor councilor alderman provost treasurer steward nurse doctor teacher farmer engineer fisherman
    patriarch premier guardian interpreter translator elder trader shipowner captor hostage patient student trustee
"""
ROLES = frozenset(_ROLE_WORDS.split())
"""Singular nouns for a person by office, trade or part played."""

_HONORIFIC_WORDS = (
    "mr mrs ms miss mx dr prof sir dame lord lady rev msgr sen rep gov gen col maj capt lt adm sgt hon mister"
)
HONORIFICS = frozenset(_HONORIFIC_WORDS.split())
_MALE_WORDS = """
    mr sir lord king prince spokesman chairman congressman businessman pope emir sultan archbishop bishop cardinal man
    policeman msgr mister monsignor statesman
"""
_FEMALE_WORDS = """
    mrs ms miss lady dame queen princess spokeswoman chairwoman congresswoman businesswoman woman policewoman
    stateswoman
"""
MALE_TITLES = frozenset(_MALE_WORDS.split())
FEMALE_TITLES = frozenset(_FEMALE_WORDS.split())

_GROUP_WORDS = """
    officials envoys negotiators diplomats mediators advisers advisors aides leaders ministers representatives
    delegates lawmakers legislators deputies senators sources commanders officers generals spokesmen spokespersons
    spokespeople delegation delegations team teams camp side sides administration government governments cabinet
    leadership authorities military army armies forces troops soldiers fighters guerrillas rebels militants insurgents
    separatists navy police intelligence parliament congress senate opposition coalition alliance bloc faction party
    parties people citizens voters workers allies partners counterparts analysts experts observers monitors
    journalists reporters critics supporters mission committee commission council ministry embassy command
    movement front group groups union junta powers states countries nations members republicans democrats
    conservatives liberals socialists communists nationalists presidents
"""
GROUPS = frozenset(_GROUP_WORDS.split())
"""Nouns for many people, or for a body that acts as one."""

PLURAL_ROLES = frozenset(w for w in GROUPS if w.endswith("s") and w[:-1] in ROLES) | {"envoys", "aides", "spokespeople"}
"""Nouns for several people by what they are: "envoys A and B"."""

GOVERNMENTS = frozenset({"government", "side", "administration", "leadership", "authorities", "regime", "state"})
"""With a state before them these stand for the state itself."""

_BODY_WORDS = """
    ministry department agency office council commission committee parliament assembly congress senate house court
    union club federation league organization organisation association front movement army party group bank fund
    institute university college school company corporation corp inc ltd llc foundation center centre service bureau
    board authority command force forces guard police navy church synod conference forum network alliance coalition bloc
    brigade battalion division mission embassy consulate secretariat directorate tribunal cabinet government duma
    campaign press times post journal news radio television tv gazette herald tribune chronicle magazine weekly daily
    newspaper agency observer guardian mirror express telegraph
"""
BODIES = frozenset(_BODY_WORDS.split())
_OUTLET_WORDS = """
    times post journal news radio television tv gazette herald tribune chronicle magazine weekly daily newspaper press
    observer guardian mirror express telegraph courier ledger register dispatch inquirer examiner sentinel mail wire
"""
OUTLETS = frozenset(_OUTLET_WORDS.split())

_PLACE_WORDS = """
    region province district city town village county republic oblast territory island islands peninsula sea
    ocean gulf bay strait straits channel river lake mountain mountains valley desert coast border line area zone
    plant station airport port harbour harbor base dam bridge road highway street square palace building stadium
    facility mine field fields basin plateau canal reservoir corridor crossing checkpoint reef shoal
"""
PLACES = frozenset(_PLACE_WORDS.split())
_FACILITY_WORDS = """
    plant station airport port harbour harbor base dam bridge palace building stadium facility mine reservoir
"""
FACILITIES = frozenset(_FACILITY_WORDS.split())

_TEXT_WORDS = """
    plan draft framework accord agreement treaty pact deal settlement proposal roadmap memorandum blueprint
"""
TEXTS = frozenset(_TEXT_WORDS.split())
"""Nouns for a text under negotiation."""

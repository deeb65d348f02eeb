"""Pages on stated positions: what blocks a deal, and what would open one."""

from __future__ import annotations

from markupsafe import Markup

from comity.bargaining.blocks import Blockers, Opening, Openings, PartyBlock
from comity.bargaining.show.markup import el, joined
from comity.bargaining.show.page import Page, Part, cards
from comity.bargaining.show.parts import Parts
from comity.bargaining.show.words import waits


def blockers_page(parts: Parts, result: Blockers) -> Page:
    asked = "" if result.reporter else ", leaving out what rests on a reporter’s account"
    if result.possible and result.package is not None:
        answer = f"Stated positions leave a package{asked}."
        body = joined(
            [parts.unheard(result.unheard), cards([parts.card("One package that they leave", result.package)])]
        )
        listed = [Part("package", "What is possible", body)]
    else:
        count = len(result.blockers)
        answer = f"No package satisfies every stated position{asked}: {count} blocker{'s' * (count != 1)}."
        listed = [Part("blockers", "Blockers", _blockers(parts, result))]
    return Page(parts.model.title, "What blocks a deal", answer, tuple(listed), result.method)


def _blockers(parts: Parts, result: Blockers) -> Markup:
    items = []
    for n, blocker in enumerate(result.blockers, 1):
        names = ", ".join(parts.issues[issue].name for issue in blocker.issues)
        mark = el("span", "rests on a reporter’s account", class_="tag") if blocker.on_reporter else None
        stands = joined(parts.stand(stand) for stand in blocker.stands)
        items.append(el("article", el("h3", f"{n}. {names}", mark), stands, class_="item"))
    more = None if result.complete else el("p", "There may be more blockers than these.", class_="hint")
    told = "Each is a smallest set: without any one of its positions, the rest of it leaves a package."
    return joined([el("p", told, class_="hint"), *items, more])


def openings_page(parts: Parts, result: Openings) -> Page:
    if result.least == 0:
        answer = "Nothing has to be given up: stated positions leave a package."
    else:
        answer = f"At least {result.least} stated position{'s' * (result.least != 1)} would have to be given up."
    listed = [
        Part("parties", "Party by party", _blocks(parts, result)),
        Part("openings", "Openings", _openings(parts, result)),
    ]
    return Page(parts.model.title, "What would open a deal", answer, tuple(listed), result.method)


def _blocks(parts: Parts, result: Openings) -> Markup:
    told = "One block a party, in the model’s order. Every position counts as one, whoever holds it."
    return joined([el("p", told, class_="hint"), cards([_block(parts, block) for block in result.blocks])])


def _block(parts: Parts, block: PartyBlock) -> Markup:
    if block.gives:
        own = el("ul", joined(el("li", f"{s.text} ({s.firmness.value})") for s in block.gives))
        body = joined([el("p", "Positions of its own in the openings below:"), own])
    else:
        body = el("p", "No position of its own is in the openings below.")
    if not block.searched:
        alone = el("p", "Whether it could open a deal alone was not found out in time.")
    elif block.alone is None:
        alone = el("p", "Could not open a deal alone.")
    else:
        names = "; ".join(stand.text for stand in block.alone.gives) or "nothing"
        alone = joined([el("p", f"Could open one alone by giving up: {names}"), parts.unheard(block.alone.unheard)])
    return el("article", el("h3", parts.parties[block.party]), body, alone, class_="card")


def _openings(parts: Parts, result: Openings) -> Markup:
    items = [_opening(parts, n, opening) for n, opening in enumerate(result.openings, 1)]
    told = "In rising number of positions given up; within a number the order means nothing."
    more = None
    if not result.complete:
        more = "There are more openings than these" + ("." if result.proved else ", perhaps smaller ones.")
    return joined([el("p", told, class_="hint"), *items, el("p", more, class_="hint") if more else None])


def _opening(parts: Parts, number: int, opening: Opening) -> Markup:
    about = {issue for stand in opening.gives for issue in stand.issues}
    mark = el("span", "rests on a reporter’s account", class_="tag") if opening.on_reporter else None
    count = opening.number
    head = el("h3", f"{number}. gives up {count} position{'s' * (count != 1)}", mark)
    flags = joined(el("p", f"Legal point: {flag.text} ({flag.citation})", class_="possible") for flag in opening.flags)
    card = cards(
        [parts.card("Then possible", opening.package, only=about or None, notes=waits(parts.model, opening.package))]
    )
    stands = joined(parts.stand(stand) for stand in opening.gives)
    return el("article", head, stands, parts.unheard(opening.unheard), flags, card, class_="item")

"""Is there a package in which none of these meets happens? Backtracking with unit propagation."""

from __future__ import annotations

from collections.abc import Iterable

from comity.bargaining.meets import Meet


def satisfy(sizes: tuple[int, ...], banned: Iterable[Meet], *, last_first: bool = False) -> tuple[int, ...] | None:
    """A package without any of the banned meets, or None if there is none.

    Among several the one found first trying options in order (from the last if `last_first`): always the same one.

    >>> satisfy((2, 2), [Meet(((0, 0b01),)), Meet(((0, 0b10), (1, 0b01)))])
    (1, 1)
    """
    clauses = [meet.literals for meet in banned]
    touching: list[list[int]] = [[] for _ in sizes]
    for c, clause in enumerate(clauses):
        for issue, _ in clause:
            touching[issue].append(c)
    domains = [(1 << size) - 1 for size in sizes]
    if not _propagate(domains, clauses, touching, range(len(clauses))):
        return None
    trail: list[tuple[list[int], int, list[int]]] = []
    while True:
        chosen = _next_issue(domains, clauses)
        if chosen is None:
            return tuple(_first(domain, last_first) for domain in domains)
        trail.append((domains, chosen, _options(domains[chosen], last_first)))
        while trail:
            before, issue, options = trail[-1]
            if not options:
                trail.pop()
                continue
            domains = before.copy()
            domains[issue] = 1 << options.pop(0)
            if _propagate(domains, clauses, touching, touching[issue]):
                break
        else:
            return None


def _options(domain: int, last_first: bool) -> list[int]:
    found = [bit for bit in range(domain.bit_length()) if domain >> bit & 1]
    return found[::-1] if last_first else found


def _first(domain: int, last_first: bool) -> int:
    return domain.bit_length() - 1 if last_first else (domain & -domain).bit_length() - 1


def _propagate(
    domains: list[int],
    clauses: list[tuple[tuple[int, int], ...]],
    touching: list[list[int]],
    start: Iterable[int],
) -> bool:
    """Narrow `domains` until nothing follows; False if a meet is bound to happen."""
    waiting = list(start)
    while waiting:
        clause = clauses[waiting.pop()]
        undecided: tuple[int, int] | None = None
        for issue, mask in clause:
            domain = domains[issue]
            if not domain & mask:
                break
            if domain & ~mask:
                if undecided is not None:
                    break
                undecided = (issue, mask)
        else:
            if undecided is None:
                return False
            issue, mask = undecided
            domains[issue] &= ~mask
            waiting.extend(touching[issue])
    return True


def _next_issue(domains: list[int], clauses: list[tuple[tuple[int, int], ...]]) -> int | None:
    """The open issue with the fewest options left, among those that an undecided meet names."""
    best: tuple[int, int] | None = None
    for clause in clauses:
        if any(not domains[issue] & mask for issue, mask in clause):
            continue
        for issue, mask in clause:
            if domains[issue] & ~mask:
                left = domains[issue].bit_count()
                if left > 1 and (best is None or (left, issue) < best):
                    best = (left, issue)
    return None if best is None else best[1]

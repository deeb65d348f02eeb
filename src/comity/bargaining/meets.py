"""What several choices make together: the one form to which red lines, conditions, rules and joint worths come down.

A `Meet` names some issues and, for each, a set of options; it happens in a package that picks one of them on every
issue named. A red line forbids a meet of one issue, a condition or a rule forbids a meet of several.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from comity.words import Choice, Condition, NegotiationModel, RedLine, Rule, RuleKind


@dataclass(frozen=True)
class Meet:
    """``((issue index, bit mask of option indices), …)``, issues rising, no mask empty."""

    literals: tuple[tuple[int, int], ...]

    def happens(self, package: tuple[int, ...]) -> bool:
        """True in a package given as option indices.

        >>> Meet(((0, 0b01), (2, 0b10))).happens((0, 5, 1))
        True
        """
        return all(mask >> package[issue] & 1 for issue, mask in self.literals)


class Index:
    """Positions of ids in a model."""

    def __init__(self, model: NegotiationModel) -> None:
        self.issues = {issue.id: i for i, issue in enumerate(model.issues)}
        self.options = [{option.id: j for j, option in enumerate(issue.options)} for issue in model.issues]
        self.sizes = tuple(len(issue.options) for issue in model.issues)

    def literal(self, choice: Choice) -> tuple[int, int]:
        i = self.issues[choice.issue]
        return i, sum(1 << self.options[i][option] for option in set(choice.options))

    def otherwise(self, choice: Choice) -> tuple[int, int]:
        """The options of the issue that `choice` leaves out."""
        i, mask = self.literal(choice)
        return i, (1 << self.sizes[i]) - 1 & ~mask


def meet(literals: Iterable[tuple[int, int]]) -> Meet | None:
    """The meet of `literals`, which may name an issue twice; None if it can never happen.

    >>> meet([(1, 0b11), (0, 0b1), (1, 0b10)])
    Meet(literals=((0, 1), (1, 2)))
    """
    joined: dict[int, int] = {}
    for issue, mask in literals:
        joined[issue] = joined.get(issue, ~0) & mask
    return None if 0 in joined.values() else Meet(tuple(sorted(joined.items())))


def _existing(meets: Iterable[Meet | None]) -> tuple[Meet, ...]:
    return tuple(m for m in meets if m is not None)


def of_red_line(index: Index, line: RedLine) -> tuple[Meet, ...]:
    return _existing([meet([index.literal(Choice(line.issue, line.refuses))])])


def of_condition(index: Index, condition: Condition) -> tuple[Meet, ...]:
    when = index.literal(condition.when)
    return _existing(meet([when, index.otherwise(choice)]) for choice in condition.requires)


def of_rule(index: Index, rule: Rule) -> tuple[Meet, ...]:
    if rule.kind is RuleKind.BAN:
        return _existing([meet(index.literal(choice) for choice in rule.choices)])
    first, *others = rule.choices
    return _existing(meet([index.literal(first), index.otherwise(choice)]) for choice in others)


def rules(model: NegotiationModel) -> tuple[Meet, ...]:
    """Meets that logic, law or nature forbids."""
    index = Index(model)
    return tuple(m for rule in model.rules for m in of_rule(index, rule))


def forbidden(model: NegotiationModel) -> tuple[Meet, ...]:
    """Meets that a rule, a red line or a condition forbids."""
    index = Index(model)
    stated = [of_red_line(index, line) for line in model.red_lines]
    stated += [of_condition(index, condition) for condition in model.conditions]
    return (*rules(model), *(m for meets in stated for m in meets))

"""Weight of actors: the salience-weighted mean and median of positions, as a plain baseline, and how it did before.

No capabilities of leaders are invented: an actor counts by its salience alone, or by salience times a capability that
the table itself gives. (Black 1958 for the median; Van den Bos 1991 and Achen 2006 for the weighted mean as the
prediction that is hard to beat.)
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from random import Random

from comity.bargaining.method import Method, method
from comity.bargaining.model.options import exact
from comity.words import InputError


@dataclass(frozen=True)
class Standing:
    """An actor on an issue: position and salience, both 0 to 100; `capability` weighs it (1 where none is given)."""

    actor: str
    position: float
    salience: float
    capability: float = 1.0


@dataclass(frozen=True)
class ActorIssue:
    """An issue with the actors that hold a position on it; `outcome` (0 to 100) where it is known."""

    issue: str
    standings: tuple[Standing, ...]
    outcome: float | None = None


@dataclass(frozen=True)
class Baseline:
    """Weighted mean and median of positions on an issue; `median` is an interval where the weights split evenly."""

    issue: str
    mean: float
    median: tuple[float, float]
    actors: int
    outcome: float | None


@dataclass(frozen=True)
class Backtest:
    """Mean absolute error of one baseline over `issues` with known outcomes, with its 95 % bootstrap interval."""

    baseline: str
    error: float
    interval: tuple[float, float]
    issues: int


@dataclass(frozen=True)
class Actors:
    """Baselines issue by issue, and how each baseline did where outcomes are known."""

    baselines: tuple[Baseline, ...]
    backtests: tuple[Backtest, ...]
    method: Method


def actors(issues: tuple[ActorIssue, ...], *, draws: int = 2000, seed: int = 0) -> Actors:
    """Baselines of all issues, and their errors where outcomes are known.

    Parameters
    ----------
    draws, seed
        Resamples of the issues for the bootstrap interval (Efron and Tibshirani 1993, percentile).

    >>> table = (ActorIssue("quota", (Standing("a", 0, 50), Standing("b", 100, 100)), outcome=60),)
    >>> found = actors(table)
    >>> round(found.baselines[0].mean, 3), found.baselines[0].median
    (66.667, (100.0, 100.0))
    """
    if not issues:
        raise InputError("no issues", hint="give a table with a row for every actor and issue")
    baselines = tuple(_baseline(issue) for issue in issues)
    known = [(baseline, issue) for baseline, issue in zip(baselines, issues, strict=True) if issue.outcome is not None]
    errors = {
        "weighted mean": [abs(b.mean - _outcome(i)) for b, i in known],
        "weighted median": [abs(sum(b.median) / 2 - _outcome(i)) for b, i in known],
        "plain mean": [abs(sum(s.position for s in i.standings) / len(i.standings) - _outcome(i)) for _, i in known],
    }
    backtests = tuple(_backtest(name, found, draws, seed) for name, found in errors.items() if found)
    return Actors(baselines, backtests, method("salience-weighted baseline", draws=draws, seed=seed))


def _outcome(issue: ActorIssue) -> float:
    assert issue.outcome is not None
    return issue.outcome


def _baseline(issue: ActorIssue) -> Baseline:
    weighed = [(exact(s.position), exact(s.salience) * exact(s.capability)) for s in issue.standings]
    total = sum((weight for _, weight in weighed), Fraction(0))
    if total <= 0:
        raise InputError(f"no actor has any weight on {issue.issue!r}", hint="give a salience above zero")
    mean = sum((position * weight for position, weight in weighed), Fraction(0)) / total
    return Baseline(issue.issue, float(mean), _median(weighed, total), len(weighed), issue.outcome)


def _median(weighed: list[tuple[Fraction, Fraction]], total: Fraction) -> tuple[float, float]:
    """All positions with no more than half of the weight on either side."""
    passed = Fraction(0)
    ordered = sorted((position, weight) for position, weight in weighed if weight > 0)
    for k, (position, weight) in enumerate(ordered):
        passed += weight
        if 2 * passed == total:
            return float(position), float(ordered[k + 1][0])
        if 2 * passed > total:
            return float(position), float(position)
    raise AssertionError("weights do not add up to their total")


def _backtest(name: str, errors: list[float], draws: int, seed: int) -> Backtest:
    random, count = Random(seed), len(errors)
    means = sorted(sum(random.choices(errors, k=count)) / count for _ in range(draws))
    low, high = means[int(0.025 * (draws - 1))], means[round(0.975 * (draws - 1))]
    return Backtest(name, sum(errors) / count, (low, high), count)

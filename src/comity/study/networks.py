"""Networks of actors and concepts, and of actors alone.

Two-mode: how often each actor used each concept. One-mode: how far two actors agree (congruence), disagree (conflict),
one less the other (subtract), or just use the same concepts (ignore). After P. Leifeld, *Discourse network analysis*
(Oxford Handbook of Political Networks, 2017). Some normalisations of the program Discourse Network Analyzer are not
what their names say in mathematics (its "cosine" divides by the product of sums, not of lengths; its "jaccard" weighs
what both use by the product of counts). They stand here under the program's names, and plain ones beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from comity.study.uses import Use
from comity.words import InputError

Floats = NDArray[np.float64]


class Mode(StrEnum):
    """Actors by concepts, or actors by actors (concepts by concepts)."""

    TWO_MODE = "two-mode"
    ACTORS = "actors"
    CONCEPTS = "concepts"


class Aggregation(StrEnum):
    """What becomes of stances.

    ignore: they do not matter. congruence, conflict: what two have in common, or where they differ. subtract: one-mode
    congruence less conflict; two-mode for less against. combine (two-mode): which stances occur, as a number: 0 none,
    1 for only, 2 against only, 3 both.
    """

    IGNORE = "ignore"
    CONGRUENCE = "congruence"
    CONFLICT = "conflict"
    SUBTRACT = "subtract"
    COMBINE = "combine"


class Normalisation(StrEnum):
    """What values are divided by. The first six are those of Discourse Network Analyzer, under its names."""

    NO = "no"
    AVERAGE = "average"  # one-mode: the mean of the two actors' counts
    JACCARD = "jaccard"  # one-mode: counts only one has, and products of counts both have
    COSINE = "cosine"  # one-mode: the product of the two actors' counts
    ACTIVITY = "activity"  # two-mode: the actor's count
    PROMINENCE = "prominence"  # two-mode: the concept's count
    PLAIN_JACCARD = "plain_jaccard"  # one-mode: shared of all that either uses, whatever the counts
    PLAIN_COSINE = "plain_cosine"  # one-mode: the cosine of the two vectors of counts
    TF_IDF = "tf_idf"  # two-mode: counts times ln(actors / actors that use the concept)


ONE_MODE = tuple(n for n in Normalisation if n.value in ("no", "average", "jaccard", "cosine", "plain_jaccard",
                                                         "plain_cosine"))  # fmt: skip
TWO_MODE = tuple(n for n in Normalisation if n.value in ("no", "activity", "prominence", "tf_idf"))


@dataclass(frozen=True)
class Network:
    """A matrix with its names, and how it was made. `rows` and `columns` are equal unless the mode is two-mode.

    `values[i][j]` is between `rows[i]` and `columns[j]`; `uses` counts what went in, `left_out` what had no stance
    where one was needed.
    """

    mode: Mode
    aggregation: Aggregation
    normalisation: Normalisation
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: tuple[tuple[float, ...], ...]
    uses: int
    left_out: int = 0

    @property
    def total(self) -> float:
        """The sum of all values; of a one-mode network over ordered pairs, so that each pair counts twice."""
        return float(sum(sum(row) for row in self.values))

    def ties(self) -> tuple[tuple[str, str, float], ...]:
        """All that is not 0: row, column, value; of a one-mode network each pair once."""
        return tuple(
            (row, column, self.values[i][j])
            for i, row in enumerate(self.rows)
            for j, column in enumerate(self.columns)
            if self.values[i][j] and (self.mode is Mode.TWO_MODE or i < j)
        )


def two_mode(
    uses: Iterable[Use],
    aggregation: Aggregation = Aggregation.IGNORE,
    normalisation: Normalisation = Normalisation.NO,
    *,
    actors: Sequence[str] | None = None,
    concepts: Sequence[str] | None = None,
) -> Network:
    """Actors by concepts. `actors` and `concepts` name the rows and columns wanted (in this order); by default all.

    Raises InputError for an aggregation or normalisation that is not one of two-mode networks.

    >>> two_mode([Use("a", "tolls"), Use("a", "flow", 0), Use("b", "flow")], Aggregation.SUBTRACT).values
    ((-1.0, 1.0), (1.0, 0.0))
    """
    if aggregation not in (Aggregation.IGNORE, Aggregation.SUBTRACT, Aggregation.COMBINE):
        raise InputError(f"no two-mode network by {aggregation.value}", hint="use ignore, subtract or combine")
    if normalisation not in TWO_MODE or (aggregation is Aggregation.COMBINE and normalisation is not Normalisation.NO):
        raise InputError(
            f"no two-mode network by {aggregation.value} with normalisation {normalisation.value}",
            hint=f"use one of {', '.join(n.value for n in TWO_MODE)}; combine takes none",
        )
    counted = _count(uses, aggregation is not Aggregation.IGNORE, actors, concepts)
    cube, levels = counted.cube, counted.levels
    counts = cube.sum(axis=2)
    if aggregation is Aggregation.IGNORE:
        matrix = counts
    elif aggregation is Aggregation.SUBTRACT:
        matrix = cube @ _signs(levels)
    else:
        signs = _signs(levels)
        matrix = (cube[:, :, signs > 0].sum(axis=2) > 0) + 2.0 * (cube[:, :, signs <= 0].sum(axis=2) > 0)
    if normalisation is Normalisation.ACTIVITY:
        matrix = _divided(matrix, counts.sum(axis=1, keepdims=True))
    elif normalisation is Normalisation.PROMINENCE:
        matrix = _divided(matrix, counts.sum(axis=0, keepdims=True))
    elif normalisation is Normalisation.TF_IDF:
        using = (counts > 0).sum(axis=0)
        matrix = matrix * np.log(len(counts) / np.where(using == 0, len(counts), using))
    return _network(Mode.TWO_MODE, aggregation, normalisation, counted, matrix)


def one_mode(
    uses: Iterable[Use],
    aggregation: Aggregation = Aggregation.CONGRUENCE,
    normalisation: Normalisation = Normalisation.NO,
    *,
    of: Mode = Mode.ACTORS,
    actors: Sequence[str] | None = None,
    concepts: Sequence[str] | None = None,
) -> Network:
    """Actors by actors over shared concepts, or concepts by concepts over shared actors; symmetric, 0 on the diagonal.

    Stances on a scale count as near as they are: the range of all stances is the full distance. The plain
    normalisations: PLAIN_JACCARD looks at which concepts (with which stance) are used at all; congruence is what both
    use the same way over what either uses, conflict the concepts on which each has a stance against one of the other
    over the concepts that either uses, subtract the first less the second. PLAIN_COSINE divides by the product of the
    lengths of the two vectors of counts.

    Raises InputError for an aggregation or normalisation that is not one of one-mode networks.

    >>> said = [Use("a", "tolls"), Use("b", "tolls"), Use("b", "tolls", 0)]
    >>> one_mode(said).values[0][1], one_mode(said, Aggregation.CONFLICT).values[0][1]
    (1.0, 1.0)
    """
    if aggregation is Aggregation.COMBINE or of is Mode.TWO_MODE or normalisation not in ONE_MODE:
        raise InputError(
            f"no one-mode network by {aggregation.value} with normalisation {normalisation.value}",
            hint=f"use ignore, congruence, conflict or subtract, and one of {', '.join(n.value for n in ONE_MODE)}",
        )
    counted = _count(uses, aggregation is not Aggregation.IGNORE, actors, concepts)
    cube = counted.cube if of is Mode.ACTORS else counted.cube.transpose(1, 0, 2)
    matrix = _shared(cube, counted.levels, aggregation)
    if normalisation is Normalisation.PLAIN_JACCARD:
        matrix = _plain_jaccard(cube, aggregation)
    elif normalisation is not Normalisation.NO:
        matrix = _divided(matrix, _denominator(cube, aggregation, normalisation))
    matrix = np.array(matrix)
    np.fill_diagonal(matrix, 0.0)
    return _network(of, aggregation, normalisation, counted, matrix)


@dataclass(frozen=True)
class _Counted:
    """How often (actor, concept, stance) was used; `levels` are the stances in order."""

    actors: tuple[str, ...]
    concepts: tuple[str, ...]
    levels: tuple[float, ...]
    cube: Floats
    uses: int
    left_out: int


def _count(
    uses: Iterable[Use], stances: bool, actors: Sequence[str] | None, concepts: Sequence[str] | None
) -> _Counted:
    given = list(uses)
    taken = [u for u in given if u.stance is not None] if stances else given
    missing = sum(u.times for u in given) - sum(u.times for u in taken)
    if actors is not None or concepts is not None:
        wanted = (None if actors is None else set(actors), None if concepts is None else set(concepts))
        taken = [
            u
            for u in taken
            if (wanted[0] is None or u.actor in wanted[0]) and (wanted[1] is None or u.concept in wanted[1])
        ]
    rows = tuple(dict.fromkeys(actors)) if actors is not None else tuple(sorted({u.actor for u in taken}))
    columns = tuple(dict.fromkeys(concepts)) if concepts is not None else tuple(sorted({u.concept for u in taken}))
    # where stances do not matter, one without a stance is a level of its own
    said = [np.inf if u.stance is None else float(u.stance) for u in taken]
    found = set(said)
    levels = (0.0, 1.0) if found <= {0.0, 1.0} else tuple(sorted(found))
    row_of, column_of, level_of = ({name: i for i, name in enumerate(names)} for names in (rows, columns, levels))
    shape = (len(rows), len(columns), len(levels))
    flat = [
        (row_of[u.actor] * shape[1] + column_of[u.concept]) * shape[2] + level_of[stance]
        for u, stance in zip(taken, said, strict=True)
    ]
    size = shape[0] * shape[1] * shape[2]
    times = np.array([u.times for u in taken], dtype=np.float64)
    cube = np.bincount(np.array(flat, dtype=np.int64), times, minlength=size)[:size].reshape(shape).astype(np.float64)
    return _Counted(rows, columns, levels, cube, int(times.sum()), missing)


def _signs(levels: Sequence[float]) -> Floats:
    """What a stance adds: of yes and no +1 and -1, of a scale the number itself."""
    if set(levels) == {0.0, 1.0}:
        return np.array([-1.0, 1.0])
    return np.array(levels)


def _likeness(levels: Sequence[float]) -> Floats:
    """How alike two stances are: 1 equal, 0 as far apart as any."""
    points = np.array(levels)
    span = points.max() - points.min()
    apart = np.abs(points[:, None] - points[None, :])
    return np.asarray(1.0 - apart / span) if span else np.ones((len(points), len(points)))


def _shared(cube: Floats, levels: Sequence[float], aggregation: Aggregation) -> Floats:
    if not cube.size:
        return np.zeros((len(cube), len(cube)))
    if aggregation is Aggregation.IGNORE:
        counts = cube.sum(axis=2)
        return np.asarray(counts @ counts.T)
    alike = _likeness(levels)
    flat = _flat(cube)

    def weighed(weights: Floats) -> Floats:
        return np.asarray(_flat(cube @ weights) @ flat.T)

    if aggregation is Aggregation.CONGRUENCE:
        return weighed(alike)
    return weighed(1.0 - alike) if aggregation is Aggregation.CONFLICT else weighed(2.0 * alike - 1.0)


def _denominator(cube: Floats, aggregation: Aggregation, normalisation: Normalisation) -> Floats:
    flat = _flat(cube)
    counts = flat.sum(axis=1)
    if normalisation is Normalisation.AVERAGE:
        return np.asarray((counts[:, None] + counts[None, :]) / 2)
    if normalisation is Normalisation.COSINE:
        return np.asarray(counts[:, None] * counts[None, :])
    if normalisation is Normalisation.JACCARD:
        has = (flat > 0).astype(float)
        alone = flat @ (1.0 - has).T
        return np.asarray(alone + alone.T + flat @ flat.T)
    vectors = cube.sum(axis=2) if aggregation is Aggregation.IGNORE else flat
    lengths = np.sqrt((vectors**2).sum(axis=1))
    return np.asarray(lengths[:, None] * lengths[None, :])


def _plain_jaccard(cube: Floats, aggregation: Aggregation) -> Floats:
    has = (cube > 0).astype(float)
    concepts = (has.sum(axis=2) > 0).astype(float)
    either = _either(concepts)
    if aggregation is Aggregation.IGNORE:
        return _divided(concepts @ concepts.T, either)
    flat = _flat(has)
    same = _divided(flat @ flat.T, _either(flat))
    if aggregation is Aggregation.CONGRUENCE:
        return same
    conflict = _divided(_clashing(has), either)
    return conflict if aggregation is Aggregation.CONFLICT else same - conflict


def _clashing(has: Floats) -> Floats:
    """How many concepts two have different stances on."""
    size = len(has)
    clash = np.zeros((size, size))
    for concept in range(has.shape[1]):
        stances = has[:, concept, :]
        used = stances.sum(axis=1)
        # two clash unless one is silent or both hold one and the same single stance
        pairs = used[:, None] * used[None, :] - stances @ stances.T
        clash += pairs > 0
    return clash


def _flat(cube: Floats) -> Floats:
    """One row an actor, one column a concept with a stance; also of an empty cube, where -1 has no meaning."""
    return cube.reshape(cube.shape[0], cube.shape[1] * cube.shape[2])


def _either(has: Floats) -> Floats:
    counts = has.sum(axis=1)
    return np.asarray(counts[:, None] + counts[None, :] - has @ has.T)


def _divided(matrix: Floats, by: Floats) -> Floats:
    return np.asarray(np.divide(matrix, by, out=np.zeros_like(matrix, dtype=float), where=by != 0))


def _network(
    mode: Mode, aggregation: Aggregation, normalisation: Normalisation, counted: _Counted, matrix: Floats
) -> Network:
    rows = counted.concepts if mode is Mode.CONCEPTS else counted.actors
    columns = counted.concepts if mode is not Mode.ACTORS else counted.actors
    values = tuple(map(tuple, (matrix + 0.0).tolist()))  # no negative zeros
    return Network(mode, aggregation, normalisation, rows, columns, values, counted.uses, counted.left_out)

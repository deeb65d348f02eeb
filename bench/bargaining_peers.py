"""What other libraries make of the models of the bargaining bench. Reads a task as JSON, writes its answer as JSON.

Runs in whatever Python it is given, alone, so that peers need not live beside Comity: nothing of Comity's is imported.
An answer is {"peer", "version", "seconds", "frontier", "nash", "egalitarian", "kalai-smorodinsky"}, or {"missing"}.
"""

import json
import sys
import time
import warnings


def negmas(tables):
    """Lists every outcome and keeps those on the frontier; utilities are whole numbers, so sums are exact."""
    import negmas
    from negmas.outcomes import make_issue, make_os
    from negmas.preferences import LinearAdditiveUtilityFunction, ops

    issues = [make_issue(list(range(len(row))), f"i{i}") for i, row in enumerate(tables[0])]
    space = make_os(issues)
    ufuns = [
        LinearAdditiveUtilityFunction(
            values={f"i{i}": {j: float(worth) for j, worth in enumerate(row)} for i, row in enumerate(table)},
            weights={f"i{i}": 1.0 for i in range(len(table))},
            outcome_space=space,
            reserved_value=0.0,
        )
        for table in tables
    ]
    start = time.process_time()
    points, _ = ops.pareto_frontier(ufuns, issues=issues)
    picks = {}
    for name, rule in (
        ("nash", ops.nash_points),
        ("egalitarian", ops.kalai_points),
        ("kalai-smorodinsky", ops.ks_points),
    ):
        picks[name] = [point for point, _ in rule(ufuns, points, outcome_space=space)]
    seconds = time.process_time() - start
    return {"peer": "negmas", "version": negmas.__version__, "seconds": seconds, "frontier": points, **picks}


def moocore(tables):
    """Lists every outcome with numpy, keeps the undominated rows with moocore; knows no solutions."""
    import moocore
    import numpy as np

    start = time.process_time()
    columns = []
    for table in tables:
        total = np.zeros(1)
        for row in table:
            total = (total[:, None] + np.array(row, dtype=float)).reshape(-1)
        columns.append(total)
    points = np.stack(columns, axis=1)
    points = points[moocore.is_nondominated(points, maximise=True, keep_weakly=True)]
    points = np.unique(points, axis=0)
    seconds = time.process_time() - start
    return {"peer": "moocore", "version": moocore.__version__, "seconds": seconds, "frontier": points.tolist()}


PEERS = {"negmas": negmas, "moocore": moocore}


def main():
    task = json.load(sys.stdin)
    warnings.simplefilter("ignore")
    try:
        answer = PEERS[task["peer"]](task["tables"])
    except ImportError as error:
        answer = {"missing": str(error)}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()

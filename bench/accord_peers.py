"""What reelay and rtamt make of a log: run by `bench.accord` with a Python that has them; imports nothing of ours.

usage: PYTHON bench/accord_peers.py TOOL QUESTION LOG

Neither has tables of zones, so each gets one monitor a zone; an event is a signal that is on for a second. Prints JSON:
events, CPU seconds (reading the log included) and how many stretches are breaches; or an error.
"""

import json
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

_WEEK, _TWO_DAYS = 604_800, 172_800
_LINE = re.compile(r'@(\d+) (\w+)\("([^"]*)"\)')

FORMULAS: dict[str, dict[str, tuple[str, tuple[str, ...]]]] = {
    "reelay": {
        "preceded": (f"{{crossed: true}} and not (once[0:{_WEEK}]{{notified: true}})", ("crossed", "notified")),
        "since": (
            f"{{fired: true}} and ((not {{resumed: true}}) since[0:{_WEEK}] {{ceased: true}})",
            ("fired", "resumed", "ceased"),
        ),
    },
    "rtamt": {
        "preceded": (f"(crossed >= 0.5) and not (once[0,{_WEEK}] (notified >= 0.5))", ("crossed", "notified")),
        "answered": (f"(asked >= 0.5) and not (eventually[0,{_TWO_DAYS}] (answered >= 0.5))", ("asked", "answered")),
        "since": (
            f"(fired >= 0.5) and ((not (resumed >= 0.5)) since[0,{_WEEK}] (ceased >= 0.5))",
            ("fired", "resumed", "ceased"),
        ),
    },
}


def by_zone(log: str) -> dict[str, list[tuple[int, str]]]:
    zones: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for at, name, zone in _LINE.findall(log):
        zones[zone].append((int(at), name))
    return zones


def signals(events: Iterable[tuple[int, str]]) -> Iterator[tuple[int, set[str]]]:
    """Which events are on from when: each for a second."""
    at, on = 0, set[str]()
    yield at, on
    for then, name in events:
        if on and then > at:
            on = set()
            at += 1
            if then > at:
                yield at, on
        at = then
        on = on | {name}
        yield at, on
    yield at + 1, set()
    yield at + 2 * _WEEK, set()


def reelay(formula: str, names: tuple[str, ...], zones: dict[str, list[tuple[int, str]]]) -> int:
    import reelay as tool

    found = 0
    for events in zones.values():
        monitor = tool.dense_timed_monitor(pattern=formula, semantics="boolean", piecewise="constant")
        steps: dict[int, set[str]] = dict(signals(events))
        for at, on in steps.items():
            for change in monitor.update({"time": at, **{name: name in on for name in names}}):
                found += change["value"]
    return found


def rtamt(formula: str, names: tuple[str, ...], zones: dict[str, list[tuple[int, str]]]) -> int:
    import rtamt as tool

    found = 0
    for events in zones.values():
        monitor: Any = tool.StlDenseTimeSpecification()
        for name in names:
            monitor.declare_var(name, "float")
        monitor.spec = formula
        monitor.parse()
        steps: dict[int, set[str]] = dict(signals(events))
        answers = monitor.evaluate(*([name, [[at, float(name in on)] for at, on in steps.items()]] for name in names))
        found += sum(value > 0 and (k == 0 or answers[k - 1][1] < 0) for k, (_, value) in enumerate(answers))
    return found


def main(tool: str, question: str, log: Path) -> int:
    formula, names = FORMULAS[tool][question]
    try:
        __import__(tool)
    except ImportError as error:
        print(json.dumps({"error": str(error)}))
        return 0
    began = time.process_time()
    zones = by_zone(log.read_text())
    found = {"reelay": reelay, "rtamt": rtamt}[tool](formula, names, zones)
    spent = time.process_time() - began
    print(json.dumps({"events": sum(map(len, zones.values())), "seconds": spent, "breaches": found}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], Path(sys.argv[3])))

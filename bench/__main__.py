"""Runs the benches.

usage: python -m bench [--list] [NAME…]

Without a name, runs every bench that is quick: those whose module says so by ``QUICK = (…)``, the arguments of a quick
run. With names, runs these. ``--list`` says what there is.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Bench:
    """A module of this folder that can be run; `quick` are the arguments of a quick run, None if it has none."""

    name: str
    about: str
    quick: tuple[str, ...] | None


def benches(folder: Path = Path(__file__).parent) -> list[Bench]:
    """All benches, by name. Modules are read and not imported: some need what is not installed."""
    found = []
    for path in sorted(folder.glob("*.py")):
        source = path.read_text(encoding="utf-8")
        if path.name.startswith("__") or '__name__ == "__main__"' not in source:
            continue
        tree = ast.parse(source)
        about = (ast.get_docstring(tree) or "").partition("\n")[0]
        found.append(Bench(path.stem, about, _quick(tree)))
    return found


def _quick(tree: ast.Module) -> tuple[str, ...] | None:
    for node in tree.body:
        if isinstance(node, ast.Assign) and [t.id for t in node.targets if isinstance(t, ast.Name)] == ["QUICK"]:
            return tuple(str(argument) for argument in ast.literal_eval(node.value))
    return None


def main(arguments: list[str]) -> int:
    known = benches()
    if "--list" in arguments:
        for bench in known:
            print(f"{bench.name:22}{'quick  ' if bench.quick is not None else '       '}{bench.about}")
        return 0
    unknown = set(arguments) - {bench.name for bench in known}
    if unknown:
        print(f"no bench is called {', '.join(sorted(unknown))}; python -m bench --list names them", file=sys.stderr)
        return 2
    failed = []
    for bench in known:
        if bench.name in arguments or (not arguments and bench.quick is not None):
            print(f"\n== {bench.name}: {bench.about}", flush=True)
            quick = () if bench.name in arguments else bench.quick or ()
            if subprocess.run([sys.executable, "-m", f"bench.{bench.name}", *quick]).returncode:
                failed.append(bench.name)
    if failed:
        print(f"\nfailed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

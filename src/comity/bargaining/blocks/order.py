"""In which order a package can be carried out: steps, what they wait for, and gates that others decide."""

from __future__ import annotations

from dataclasses import dataclass
from graphlib import TopologicalSorter

from comity.words import NegotiationModel, Package, Step


@dataclass(frozen=True)
class Stage:
    """Steps that can be done at the same time, once every earlier stage is done."""

    steps: tuple[Step, ...]

    @property
    def gates(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.gate)


def roadmap(model: NegotiationModel, package: Package) -> tuple[Stage, ...]:
    """The steps that `package` calls for, as early as what they wait for allows.

    A step that waits for one which the package does not call for does not wait for it, but for what that one waits
    for. Steps within a stage stand in the model's order.

    >>> from comity.bargaining.model import parse_model
    >>> model = parse_model('''
    ... issue = [{id = "land", options = ["ceded", "kept"]}]
    ... party = [{id = "a"}]
    ... [[step]]
    ... id = "hand over"
    ... when = {issue = "land", option = "ceded"}
    ... after = ["vote"]
    ... [[step]]
    ... id = "vote"
    ... gate = true
    ... ''')
    >>> [[step.id for step in stage.steps] for stage in roadmap(model, Package(("ceded",)))]
    [['vote'], ['hand over']]
    """
    picked = {issue.id: option for issue, option in zip(model.issues, package.options, strict=True)}
    steps = {step.id: step for step in model.steps}
    called = {step.id for step in model.steps if step.when is None or picked[step.when.issue] in step.when.options}

    def waits(step: Step) -> set[str]:
        found: set[str] = set()
        for before in step.after:
            found |= {before} if before in called else waits(steps[before])
        return found

    sorter = TopologicalSorter({step_id: waits(steps[step_id]) for step_id in called})
    sorter.prepare()
    place = {step.id: i for i, step in enumerate(model.steps)}
    stages = []
    while sorter.is_active():
        ready = sorted(sorter.get_ready(), key=place.__getitem__)
        stages.append(Stage(tuple(steps[step_id] for step_id in ready)))
        sorter.done(*ready)
    return tuple(stages)

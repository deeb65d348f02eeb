"""What the deal questions share: the model that is asked about, and how an answer is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from comity.desk import options
from comity.words import Handling, InputError, NegotiationModel, dumps, to_json

if TYPE_CHECKING:  # these take a second to import; `--help` should not
    from comity.bargaining.show import Page, Parts, Teller

FORMATS = ("term", "html", "json")


@dataclass(frozen=True)
class Source:
    """A model with the quotes of the statements that it cites, where a ledger is at hand."""

    model: NegotiationModel
    sentences: dict[str, str]

    def teller(self) -> Teller:
        """Puts results into words."""
        from comity.bargaining.show import Teller

        return Teller(self.model, self.sentences)

    def parts(self) -> Parts:
        """Puts results onto pages."""
        from comity.bargaining.show import Parts

        return Parts(self.model, self.sentences)


def source_of(paths: tuple[str, ...], agenda_file: str | None, handling: Handling, quiet: bool) -> Source:
    """The model in a file, or one drafted from a case or from reports."""
    from comity.bargaining import load_model
    from comity.bargaining.draft import draft_model
    from comity.desk import flow

    suffixes = {Path(path).suffix.lower() for path in paths}
    if agenda_file is None and suffixes == {".xml"}:
        from comity.bargaining.formats import load_genius

        return Source(load_genius(paths), {})
    if agenda_file is None and len(paths) == 1 and suffixes == {".gmcr"}:
        from comity.bargaining.formats import load_gmcr

        return Source(load_gmcr(paths[0]), {})
    if agenda_file is None and len(paths) == 1 and suffixes <= {".toml", ".json"}:
        return Source(load_model(paths[0]), {})
    agenda = options.agenda_of(agenda_file)
    if any(flow.is_case(path) for path in paths):
        if len(paths) > 1:
            raise InputError("a case cannot be mixed with other inputs", file=paths[0], hint="add them to it first")
        with flow.opened(paths[0]) as case:
            material = flow.from_case(case, agenda, handling=handling, shows=options.shows(quiet))
    else:
        material = flow.from_paths(paths, agenda, handling=handling, shows=options.shows(quiet))
        options.tell_failures(material.failures)
    ledger = flow.ledger_of(material.admitted(handling))
    model, notes = draft_model(ledger)
    for note in notes:
        options.say(f"note: {note}", quiet)
    if not model.issues:
        raise InputError("no party states a position on any issue", file=paths[0], hint="see `comity brief`")
    return Source(model, {statement.id: statement.passage.quote for statement in ledger.statements})


@dataclass(frozen=True)
class Wanted:
    """How an answer is to be told: `format_` or, without one, by the name of `output`."""

    format_: str | None
    output: str | None
    quiet: bool

    @property
    def chosen(self) -> str:
        by_name = {".html": "html", ".htm": "html", ".json": "json"}.get(Path(self.output or "").suffix.lower(), "term")
        return self.format_ or by_name


def tell(result: Any, lines: Callable[[], Iterable[str]], page: Callable[[], Page], wanted: Wanted) -> None:
    """Print or write `result` as JSON, as lines of text, or as a page."""
    from comity.desk.report.clean import clean
    from comity.desk.writing import write_whole

    if wanted.chosen == "json":
        content = dumps(to_json(result), indent=2) + "\n"
    elif wanted.chosen == "html":
        from comity.bargaining.show import render

        css = files("comity.desk.report").joinpath("assets/brief.css").read_text(encoding="utf-8")
        content = clean(render(page(), css))
    else:
        content = "\n".join(clean(line) for line in lines()) + "\n"
    if wanted.output and wanted.output != "-":
        write_whole(wanted.output, content)
        options.say(f"{wanted.output}: written", wanted.quiet)
    else:
        click.echo(content, nl=False)

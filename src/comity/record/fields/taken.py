"""What is taken from the head of a text while it is read. The first to tell a field is believed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from comity.record.fields import outlets
from comity.record.fields.dates import Dated


@dataclass
class Head:
    """What the head of a text tells; `date_note` says why a date that stands there was not used, `labelled_url`
    that the address was not merely a line of its own."""

    published: date | None = None
    source: str | None = None
    title: str | None = None
    url: str | None = None
    language: str | None = None
    date_note: str = ""
    labelled_url: bool = False

    def take_date(self, hit: Dated | None) -> None:
        if hit and hit.value:
            self.published = self.published or hit.value
        elif hit:
            self.note(hit.note)

    def take_source(self, name: str | None) -> None:
        if name and not self.source:
            self.source = outlets.outlet_name(name)

    def take_url(self, address: str, *, labelled: bool) -> None:
        if not self.url:
            self.url, self.labelled_url = address, labelled

    def note(self, note: str) -> None:
        self.date_note = self.date_note or note

"""Who decides in this window. No page of its own."""

from __future__ import annotations

from typing import Annotated

from fastapi import Form
from fastapi.responses import Response

from comity.desk.web.page import Asked
from comity.desk.web.pages import PAGES
from comity.words import InputError

page = PAGES["coder"]


@page.router.post("/coder")
def change(ask: Asked, coder: Annotated[str, Form(max_length=80)], back: Annotated[str, Form()] = "/brief") -> Response:
    """Another name for this window."""
    name = " ".join(coder.split())
    if not name:
        raise InputError("nobody is named who decides", field="coder", hint="give a name")
    ask.session.coder = name
    return ask.to(back if back.startswith("/") and not back.startswith("//") else "/brief")

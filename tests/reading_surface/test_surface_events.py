from __future__ import annotations

from collections.abc import Callable

import pytest

from comity.words import Event, Reading

Surface = Callable[..., Reading]


def only(reading: Reading, type_: str) -> Event:
    (event,) = [e for e in reading.events if e.type == type_]
    return event


@pytest.mark.parametrize(
    ("text", "type_", "status", "who"),
    [
        (
            "Siri Halvorsen will meet Daniel Otieno on Sunday.",
            "meeting",
            "planned",
            {"Siri Halvorsen", "Daniel Otieno"},
        ),
        ("Siri Halvorsen met with Daniel Otieno on Sunday.", "meeting", "held", {"Siri Halvorsen", "Daniel Otieno"}),
        ("Norway and Kenya agreed to meet on Sunday.", "meeting", "agreed", {"Norway", "Kenya"}),
        ("The meeting between Norway and Kenya on Sunday was cancelled.", "meeting", "cancelled", {"Norway", "Kenya"}),
        ("The talks between Norway and Kenya were postponed.", "talks", "postponed", {"Norway", "Kenya"}),
        ("Ongoing negotiations between Norway and Kenya cover fees.", "talks", "ongoing", {"Norway", "Kenya"}),
        ("Norway has been in contact with Kenya.", "contact", "held", {"Norway", "Kenya"}),
        ("Norway received and reviewed the offer.", "review", "held", {"Norway"}),
        ("Foreign Minister Siri Halvorsen will visit Kenya on Monday.", "visit", "planned", {"Siri Halvorsen"}),
        (
            "Spokesman Daniel Otieno told reporters on Friday that all was well.",
            "press_briefing",
            "held",
            {"Daniel Otieno"},
        ),
        ("President Siri Halvorsen wrote on Telegram that all was well.", "post", "held", {"Siri Halvorsen"}),
    ],
)
def test_type_status_and_participants(surface: Surface, text: str, type_: str, status: str, who: set[str]) -> None:
    event = only(surface(text), type_)
    assert event.status.value == status
    assert set(event.participants) == who


def test_dates_and_place_with_their_basis(surface: Surface) -> None:
    event = only(surface("Siri Halvorsen will meet with Daniel Otieno on Sunday in Lund."), "meeting")
    assert (str(event.earliest), str(event.latest), event.place) == ("2031-03-09", "2031-03-09", "Lund")
    assert "Sunday" in event.basis
    assert "2031-03-07" in event.basis


def test_what_was_held_undated_was_not_after_publication(surface: Surface) -> None:
    event = only(surface("Siri Halvorsen recently met with Daniel Otieno."), "meeting")
    assert (event.earliest, str(event.latest)) == (None, "2031-03-07")


def test_whom_a_meeting_is_about_takes_no_part(surface: Surface) -> None:
    event = only(surface("Siri Halvorsen will meet Daniel Otieno on Sunday to talk fees with Peru."), "meeting")
    assert "Peru" not in event.participants


@pytest.mark.parametrize(
    "text",
    [
        "Siri Halvorsen did not meet Daniel Otieno.",
        "Siri Halvorsen would only meet Daniel Otieno if the port opened.",
        "Norway could meet the demand.",
        "Kenya has never held talks with Norway.",
    ],
)
def test_what_is_denied_or_imagined_is_no_event(surface: Surface, text: str) -> None:
    assert not [e for e in surface(text).events if e.type in ("meeting", "talks")]


def test_one_event_told_twice_is_one(surface: Surface) -> None:
    text = "Siri Halvorsen will meet Daniel Otieno on Sunday. Halvorsen will meet Otieno in Lund, an aide said."
    event = only(surface(text), "meeting")
    assert (len(event.spans), event.place, str(event.latest)) == (2, "Lund", "2031-03-09")


def test_an_embedded_post_of_an_outlet_is_a_publication(surface: Surface) -> None:
    text = "Talks went on.\n\nNorway is ready. https://t.co/a — Reuters (@Reuters) March 5, 2031"
    event = only(surface(text), "publication")
    assert (event.participants, str(event.earliest)) == (("Reuters",), "2031-03-05")

"""A full disk: one line, nothing half-written, and the same again finishes once there is room."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from comity.case import Case
from comity.words import CaseError, Document


def documents(count: int) -> list[Document]:
    return [Document(f"d{n}", f"Report {n} on the talks. " * 200) for n in range(count)]


def test_no_more_pages(path):
    with Case.create(path) as case:
        case.add(documents(70))
        (pages,) = case._connection.execute("PRAGMA page_count").fetchone()
        case._connection.execute(f"PRAGMA max_page_count = {pages + 40}")
        before = "".join(case.dump(projections=True))
        with pytest.raises(CaseError, match="the disk is full") as told:
            case.add(documents(140))
        assert "\n" not in str(told.value)
        assert "run the same again" in str(told.value)
        assert "".join(case.dump(projections=True)) == before
        assert case.check() == ()
        case._connection.execute("PRAGMA max_page_count = 1000000")
        added = case.add(documents(140))
        assert (len(added.new), len(added.known)) == (70, 70)


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 1 MiB."""
    place = tmp_path / "small"
    place.mkdir()
    try:
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", place], capture_output=True)
    except OSError as error:
        pytest.skip(f"there is no mount here: {error}")
    if done.returncode:
        pytest.skip("a small file system cannot be mounted here")
    yield place
    subprocess.run(["umount", place], check=True)


def fill(place: Path, leave: int) -> Path:
    free = os.statvfs(place)
    ballast = place / "ballast"
    ballast.write_bytes(bytes(max(0, free.f_bavail * free.f_frsize - leave)))
    return ballast


def test_a_disk_that_is_full_while_documents_are_added(small_disk):
    path = small_disk / "talks.comity"
    with Case.create(path) as case:
        case.add(documents(64))
        ballast = fill(small_disk, 65_536)
        before = "".join(case.dump(projections=True))
        with pytest.raises(CaseError, match="disk") as told:
            case.add(documents(200))
        assert "\n" not in str(told.value)
        assert "".join(case.dump(projections=True)) == before
        assert case.check() == ()
    ballast.unlink()
    with Case.open(path) as case:
        assert len(case.add(documents(80)).new) == 16
        assert case.check() == ()


def test_a_disk_that_is_full_from_the_start(small_disk):
    path = small_disk / "talks.comity"
    fill(small_disk, 0)
    with pytest.raises(CaseError, match="disk"):
        Case.create(path)
    assert sorted(p.name for p in small_disk.iterdir()) == ["ballast"]


def test_a_disk_that_is_full_while_a_copy_is_made(small_disk, path):
    with Case.create(path) as case:
        case.add(documents(300))
        with pytest.raises(CaseError, match="disk") as told:
            case.mail(small_disk / "copy.comity")
        assert str(small_disk / "copy.comity") in str(told.value)
        with pytest.raises(CaseError, match="disk"):
            Case.load_dump(small_disk / "copy.comity", case.dump())
    assert list(small_disk.iterdir()) == []

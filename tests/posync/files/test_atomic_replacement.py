"""Files are replaced whole or not at all, and nothing is left beside them."""

import os

import pytest

from posync.files.atomic_replacement import Replacements

#: Few are written one after the other, many at once.
NUMBERS = [1, 30]


def names(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("number", NUMBERS)
def test_files_change_when_they_are_put_in_place_and_not_before(tmp_path, number):
    files = [tmp_path / f"{n}.po" for n in range(number)]
    for file in files:
        file.write_bytes(b"old")
    with Replacements() as replacements:
        for file in files:
            replacements.prepare(file, b"new")
        replacements.flush()
        assert {file.read_bytes() for file in files} == {b"old"}
        for file in files:
            replacements.put(file, b"old")
    assert {file.read_bytes() for file in files} == {b"new"}
    assert names(tmp_path) == sorted(file.name for file in files)


def test_a_file_keeps_its_mode_and_folders_are_made(tmp_path):
    old, new = tmp_path / "old.po", tmp_path / "bg" / "content" / "new.po"
    old.write_bytes(b"old")
    old.chmod(0o640)
    with Replacements() as replacements:
        for file in (old, new):
            replacements.prepare(file, b"new")
        replacements.flush()
        for file in (old, new):
            replacements.put(file, b"old" if file is old else None)
    assert old.stat().st_mode & 0o777 == 0o640
    assert new.read_bytes() == b"new"


@pytest.mark.parametrize("number", NUMBERS)
def test_what_is_not_put_in_place_leaves_nothing_behind(tmp_path, number):
    with Replacements() as replacements:
        for n in range(number):
            replacements.prepare(tmp_path / f"{n}.po", b"new")
        replacements.flush()
        assert len(names(tmp_path)) == number
    assert names(tmp_path) == []


def test_what_a_killed_process_left_behind_is_taken_over(tmp_path):
    (tmp_path / ".a.po.tmp").write_bytes(b"half of a fi")
    with Replacements() as replacements:
        replacements.prepare(tmp_path / "a.po", b"whole")
        replacements.flush()
        replacements.put(tmp_path / "a.po", None)
    assert names(tmp_path) == ["a.po"]
    assert (tmp_path / "a.po").read_bytes() == b"whole"


@pytest.mark.parametrize("failing", ["write", "fsync"])
def test_a_file_that_cannot_be_written_stops_no_other(tmp_path, monkeypatch, failing):
    if failing == "write":
        (tmp_path / "bad").write_bytes(b"a file where a folder is wanted")
        bad = tmp_path / "bad" / "a.po"
    else:
        bad = tmp_path / "bad.po"
        real = os.fsync

        def fsync(handle):
            if os.fstat(handle).st_ino == bad.with_name(".bad.po.tmp").stat().st_ino:
                raise OSError(28, "No space left on device")
            real(handle)

        monkeypatch.setattr(os, "fsync", fsync)
    good = tmp_path / "good.po"
    with Replacements() as replacements:
        for file in (bad, good):
            replacements.prepare(file, b"new")
        replacements.flush()
        with pytest.raises(OSError, match="File exists|No space"):
            replacements.put(bad, None)
        replacements.put(good, None)
    assert good.read_bytes() == b"new"
    assert not [name for name in names(tmp_path) if name.endswith(".tmp")]

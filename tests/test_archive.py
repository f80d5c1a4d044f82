import os
import unicodedata
from pathlib import Path

import pytest

from namndata.errors import UsageError
from namndata.run.archive import read_archive
from namndata.run.naming import document_ids


def fill(folder, *names):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"%PDF-1.7" if name.endswith("without suffix") else name.encode())


def found(folder):
    archive = read_archive(folder)
    return [entry.name for entry in archive.entries], list(archive.ignored)


def test_reports_are_found_under_any_name(tmp_path):
    fill(tmp_path, "År 2019/Rapport för nämnden.PDF", "b.txt", "c.md", "scanned without suffix", "x.tsv")
    names, ignored = found(tmp_path)
    assert names == ["b.txt", "c.md", "scanned without suffix", "x.tsv", "År 2019/Rapport för nämnden.PDF"]
    assert ignored == []


def test_what_is_no_report_is_passed_over_or_counted(tmp_path):
    fill(
        tmp_path, "a.pdf", ".hidden.pdf", "~$a.docx", "README.md", "sources/a.md", "_old/a.pdf", "build.py", "bild.png"
    )
    assert found(tmp_path) == (["a.pdf"], ["bild.png", "build.py"])


def test_office_files_are_tried_so_that_their_refusal_is_seen(tmp_path):
    fill(tmp_path, "a.docx", "b.xlsx")
    assert found(tmp_path)[0] == ["a.docx", "b.xlsx"]


def test_composed_and_decomposed_names_give_one_id(tmp_path):
    for form in ("NFC", "NFD"):
        assert list(document_ids([unicodedata.normalize(form, "årsrapport å.pdf")], ["ab"])) == ["årsrapport_å"]


def test_equal_stems_are_told_apart_by_content_and_none_is_plain():
    names = ["2019/rapport.pdf", "2020/rapport.pdf", "rapport.txt"]
    first = list(document_ids(names, ["a" * 64, "b" * 64, "c" * 64]))
    assert first == ["rapport-aaaaaaaa", "rapport-bbbbbbbb", "rapport-cccccccc"]
    assert list(document_ids(names[::2], ["a" * 64, "c" * 64])) == first[::2]


def test_two_files_with_the_same_bytes_are_two_documents():
    assert len(set(document_ids(["a/rapport.pdf", "b/rapport.pdf"], ["a" * 64] * 2))) == 2


def test_what_cannot_be_opened_is_kept_for_its_own_failure(tmp_path):
    (tmp_path / "gone.pdf").symlink_to(tmp_path / "nowhere.pdf")
    [entry] = read_archive(tmp_path).entries
    assert (entry.name, entry.sha256, entry.size) == ("gone.pdf", "", 0)


def test_a_folder_that_cannot_be_opened_is_a_failure_of_its_own(tmp_path, monkeypatch):
    fill(tmp_path, "a.txt", "locked/b.txt")
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path).name != "locked")
    assert [entry.name for entry in read_archive(tmp_path).entries] == ["a.txt", "locked"]


def test_the_folder_that_is_written_to_is_not_read(tmp_path):
    fill(tmp_path, "a.txt", "out/b.txt")
    assert [entry.name for entry in read_archive(tmp_path, tmp_path / "out").entries] == ["a.txt"]


def test_a_name_that_is_no_utf8_is_shown_with_question_marks(tmp_path):
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/r\xe5.txt")).write_text("x")
    [entry] = read_archive(tmp_path).entries
    assert (entry.name, entry.document) == ("r\ufffd.txt", "r")


def test_a_folder_that_is_not_there_is_said_in_one_line(tmp_path):
    with pytest.raises(UsageError, match="no folder"):
        read_archive(tmp_path / "nowhere")

"""Reports and corpus at addresses: fetched once, written whole or not at all."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from namndata.cluster.folders import fetch_reports, local_folders
from namndata.errors import UsageError
from namndata.run.build import Options, Watcher, build_corpus

fsspec = pytest.importorskip("fsspec")
REPORT = "# Kulturnämnden\n\n# Årsredovisning 2023\n\n| Indikator | Utfall 2023 |\n| --- | --- |\n| Besök | 12 |\n"


@pytest.fixture(autouse=True)
def copies(tmp_path, monkeypatch):
    """Keep copies in a folder of the test."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def store():
    """Return the files of this process's memory, empty."""
    files = fsspec.filesystem("memory")
    files.store.clear()
    files.pseudo_dirs[:] = [""]
    return files


def write(files, path: str, text: str) -> None:
    with files.open(path, "wb") as file:
        file.write(text.encode())


def names_of(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {".fetched.json"}


def test_local_folders_stay_where_they_are(tmp_path):
    with local_folders("corpus", str(tmp_path)) as found:
        assert found == (Path("corpus"), tmp_path)


def test_only_what_changed_is_fetched_and_what_is_gone_is_deleted(store, monkeypatch):
    for name in ("a.md", "2023/b.md", "vocabulary/units.csv", "documents.csv", "sources/draft.md", ".hidden/c.md"):
        write(store, f"/reports/{name}", REPORT)
    folder = fetch_reports("memory://reports")
    assert names_of(folder) == {"a.md", "2023/b.md", "vocabulary/units.csv", "documents.csv"}
    write(store, "/reports/a.md", REPORT + "\nmer")
    store.rm("/reports/2023/b.md")
    fetched: list[str] = []
    get_file = type(store).get_file
    monkeypatch.setattr(
        type(store), "get_file", lambda files, path, to, **more: fetched.append(path) or get_file(files, path, to)
    )
    assert fetch_reports("memory://reports") == folder
    assert fetched == ["/reports/a.md"]
    assert names_of(folder) == {"a.md", "vocabulary/units.csv", "documents.csv"}


def test_reports_and_corpus_may_both_be_at_addresses(store, tmp_path):
    write(store, "/reports/a.md", REPORT)
    for todo in (1, 0):
        with local_folders("memory://reports", "memory://made/out") as (reports, out):
            build = build_corpus(reports, out, Options(jobs=1), Watcher())
            assert len(build.read) == todo
        assert {path.rsplit("/")[-1] for path in store.find("/made/out")} == {"corpus.sqlite", "run.log"}
    store.get_file("/made/out/corpus.sqlite", str(tmp_path / "copy.sqlite"))
    with closing(sqlite3.connect(tmp_path / "copy.sqlite")) as connection:
        assert connection.execute("select path, status from documents").fetchall() == [("a.md", "ok")]


def test_a_run_that_fails_leaves_the_corpus_at_the_address(store):
    write(store, "/out/corpus.sqlite", "the old one")
    with pytest.raises(KeyboardInterrupt), local_folders("corpus", "memory://out") as (_, out):
        (out / "corpus.sqlite").write_text("half of the new one")
        raise KeyboardInterrupt
    assert store.cat("/out/corpus.sqlite") == b"the old one"
    with local_folders("corpus", "memory://out") as (_, out):
        assert (out / "corpus.sqlite").read_text() == "the old one"


@pytest.mark.parametrize("address", ["memory://nothing", "noscheme://x"])
def test_an_address_without_reports_is_said_in_one_line(store, address):
    with pytest.raises(UsageError, match=address) as said:
        fetch_reports(address)
    assert "\n" not in str(said.value)


def test_a_bucket_is_a_folder(monkeypatch):
    pytest.importorskip("s3fs")
    server = pytest.importorskip("moto.server").ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    server.start()
    try:
        host, port = server.get_host_and_port()
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        files = fsspec.filesystem("s3", skip_instance_cache=True)
        files.mkdir("county")
        files.pipe("county/reports/2023/a.md", REPORT.encode())
        for todo in (1, 0):
            with local_folders("s3://county/reports", "s3://county/out") as (reports, out):
                assert len(build_corpus(reports, out, Options(jobs=1), Watcher()).read) == todo
        files.invalidate_cache()
        assert sorted(files.ls("county/out", detail=False)) == ["county/out/corpus.sqlite", "county/out/run.log"]
        with pytest.raises(UsageError, match="s3://elsewhere/reports"):
            fetch_reports("s3://elsewhere/reports")
    finally:
        server.stop()

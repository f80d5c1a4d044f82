"""Asking Kolada: a server of this machine answers in the API's shapes, pages, slowly, with errors and cut short."""

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlparse

import pytest
from reports import build
from typer.testing import CliRunner

from namndata.cli import app
from namndata.errors import NamndataError, UsageError
from namndata.kolada import api as api_module
from namndata.kolada.api import Api, Limits
from namndata.kolada.catalogue import read_catalogue
from namndata.kolada.fetch import Wanted, fetch_values
from namndata.kolada.official import read_official
from namndata.kolada.update import update_lists
from schema.places import all_places
from schema.vocabulary import FOLDER

QUICK = Limits(seconds=5, tries=3, pause=0.01)
MOST_IDS = 25


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        address = urlparse(self.path)
        parts = [unquote(part) for part in address.path.strip("/").split("/")]
        self.server.asked.append(parts)
        trouble = self.server.troubles.pop(0) if self.server.troubles else None
        if trouble:
            trouble(self)
        else:
            self.give(self.server.answer(parts), parse_qs(address.query))

    def give(self, rows, query):
        size, page = self.server.page_size, int(query["page"][0])
        some = rows[(page - 1) * size : page * size]
        more = f"http://elsewhere.invalid/v3?page={page + 1}" if page * size < len(rows) else None
        self.send(200, json.dumps({"values": some, "count": len(some), "next_url": more, "previous_url": None}))

    def send(self, status, text, length=None, **headers):
        data = text.encode()
        self.send_response(status)
        self.send_header("content-length", str(length or len(data)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass


def value_rows(parts):
    """Answer as data/kpi/…/municipality/…/year/… does; lists longer than the limit are refused."""
    if parts[0] != "data":
        return []
    kpis, codes, years = (part.split(",") for part in parts[2::2])
    assert max(len(kpis), len(codes), len(years)) <= MOST_IDS
    values = [{"gender": "T", "count": 1, "status": "", "value": 12.5, "isdeleted": False}]
    return [
        {"kpi": kpi, "municipality": code, "period": int(year), "values": values}
        for kpi in kpis
        for code in codes
        for year in years
    ]


@contextmanager
def serving(answer=value_rows, troubles=(), page_size=5000):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.answer, server.troubles, server.page_size, server.asked = answer, list(troubles), page_size, []
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    server.base = f"http://127.0.0.1:{server.server_port}"
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def refuse(status, **headers):
    return lambda handler: handler.send(status, "{}", **headers)


def cut_short(handler):
    handler.send(200, '{"values": [{"kpi"', length=4000)


def no_json(handler):
    handler.send(200, "<html>Underhåll pågår</html>")


def other_shape(handler):
    handler.send(200, '{"results": []}')


def hang_up(handler):
    handler.connection.close()


def drip(handler):
    """Send a byte at a time, so that no single wait is long."""
    handler.send_response(200)
    handler.send_header("content-length", "1000")
    handler.end_headers()
    for _ in range(60):
        try:
            handler.wfile.write(b" ")
            handler.wfile.flush()
        except OSError:
            return
        time.sleep(0.05)


def values(server, kpis=("N1",), codes=("0580",), years=(2023,), limits=QUICK):
    with Api(server.base, limits) as api:
        return list(api.values(kpis, codes, years))


def test_values_come_page_by_page_from_the_address_that_was_given():
    with serving(page_size=2) as server:
        rows = values(server, years=range(2019, 2024))
    assert [row["period"] for row in rows] == [2019, 2020, 2021, 2022, 2023]
    assert len(server.asked) == 3


def test_no_call_names_more_ids_than_the_api_takes():
    kpis = [f"N{number:05}" for number in range(60)]
    codes = [f"{number:04}" for number in range(30)]
    with serving(page_size=10**6) as server:
        rows = values(server, kpis, codes, range(1995, 2025))
    assert len(rows) == 60 * 30 * 30 == len({(row["kpi"], row["municipality"], row["period"]) for row in rows})
    assert len(server.asked) == 3 * 2 * 2


@pytest.mark.parametrize(
    "trouble", [refuse(500), refuse(503), refuse(429, retry_after="0"), cut_short, no_json, other_shape, hang_up]
)
def test_what_another_try_may_better_is_tried_again(trouble):
    with serving(troubles=[trouble, trouble]) as server:
        assert len(values(server)) == 1
    assert len(server.asked) == 3


@pytest.mark.parametrize("trouble", [refuse(500), cut_short, no_json, hang_up])
def test_after_three_tries_it_ends_in_one_line(trouble):
    with serving(troubles=[trouble] * 9) as server, pytest.raises(NamndataError, match="3 tries"):
        values(server)
    assert len(server.asked) == 3


def test_what_is_not_there_is_not_tried_again():
    with serving(troubles=[refuse(404)] * 3) as server, pytest.raises(NamndataError, match="404"):
        values(server)
    assert len(server.asked) == 1


@pytest.mark.parametrize("trouble", [drip, lambda handler: time.sleep(2)])
def test_a_slow_answer_is_given_up(trouble):
    started = time.monotonic()
    limits = Limits(seconds=0.3, tries=2, pause=0.01)
    with serving(troubles=[trouble] * 3) as server, pytest.raises(NamndataError, match=r"more than 0\.3 s"):
        values(server, limits=limits)
    assert time.monotonic() - started < 5


def test_a_server_that_is_not_there_is_said_in_one_line():
    with serving() as server:
        pass
    with pytest.raises(NamndataError, match="tries"):
        values(server)


def test_an_answer_that_never_ends_is_given_up(monkeypatch):
    monkeypatch.setattr(api_module, "MOST_PAGES", 3)
    with serving(page_size=1) as server, pytest.raises(NamndataError, match="3 pages"):
        values(server, years=range(2000, 2020))


@pytest.mark.parametrize("base", ["api.example.org", "ftp://x", "http://", "http://[::1", "http://x:y", ""])
def test_an_address_must_be_one_of_the_web(base):
    with pytest.raises(UsageError, match="https://"):
        Api(base)


def test_a_file_in_the_place_of_the_folder_is_said(tmp_path):
    (tmp_path / "kolada").write_text("x", encoding="utf-8")
    with serving() as server, Api(server.base, QUICK) as api, pytest.raises(UsageError, match="is no folder"):
        fetch_values(api, Wanted(("N1",), ("0580",), (2023,)), tmp_path, "2024-05-02")
    assert server.asked == []


def test_an_interrupted_fetch_keeps_what_lay_there(tmp_path):
    wanted = Wanted(("N1",), ("0580",), (2023,))
    with serving() as server, Api(server.base, QUICK) as api:
        fetch_values(api, wanted, tmp_path, "2024-05-02")
    kept = (tmp_path / "kolada" / "N1.json").read_bytes()
    with serving(troubles=[refuse(500)] * 3) as server, Api(server.base, QUICK) as api, pytest.raises(NamndataError):
        fetch_values(api, wanted, tmp_path, "2024-06-02")
    assert (tmp_path / "kolada" / "N1.json").read_bytes() == kept
    assert [path.name for path in (tmp_path / "kolada").iterdir()] == ["N1.json"]


def test_a_row_of_another_shape_ends_the_fetch(tmp_path):
    with (
        serving(lambda parts: [{"kpi": "N1", "value": 3}]) as server,
        Api(server.base, QUICK) as api,
        pytest.raises(NamndataError, match="another shape"),
    ):
        fetch_values(api, Wanted(("N1",), ("0580",), (2023,)), tmp_path, "2024-05-02")


def test_an_indicator_without_values_has_an_empty_file(tmp_path):
    with serving(lambda parts: []) as server, Api(server.base, QUICK) as api:
        assert fetch_values(api, Wanted(("N1",), ("0580",), (2023,)), tmp_path, "2024-05-02") == 0
    assert read_official(tmp_path) == {}


REPORT = """# Verksamhetsberättelse 2023

Socialnämnden

Linköpings kommun

| Indikator | Utfall 2022 | Utfall 2023 |
|---|---|---|
| Kostnad öppna insatser barn och unga, kr/inv | 12,5 | 14,0 |
"""


def test_fetch_asks_for_the_corpus_and_extract_reads_it_offline(tmp_path):
    folder = tmp_path / "rapporter"
    folder.mkdir()
    (folder / "r.md").write_text(REPORT, encoding="utf-8")
    database = build(folder, tmp_path / "ut").database
    with serving() as server:
        arguments = ["kolada", "fetch", str(folder), "--database", str(database), "--base", server.base]
        done = CliRunner().invoke(app, arguments, catch_exceptions=False)
    assert done.exit_code == 0 and "Source: Kolada" in done.output
    [parts] = server.asked
    assert parts[:2] == ["data", "kpi"] and "N33009" in parts[2].split(",")
    assert parts[3:] == ["municipality", "0580", "year", "2020,2021,2022,2023,2024,2025"]
    official = read_official(folder)
    assert official["N33009", "0580", 2022, "T"].value == 12.5
    build(folder, tmp_path / "ut")


def kpi_rows(titles):
    return [
        {"id": kpi, "title": title, "municipality_type": "K", "is_divided_by_gender": 1, "operating_area": "x"}
        for kpi, title in titles.items()
    ]


def answer_with(indicators, places):
    return lambda parts: indicators if parts[0] == "kpi" else places


def place_rows():
    country = {"id": "0000", "title": "Riket", "type": "L"}
    kinds = {False: "K", True: "L"}
    return [country] + [
        {"id": place.code, "title": place.name, "type": kinds[place.is_region]} for place in all_places()
    ]


def test_update_writes_the_catalogue_anew(tmp_path):
    old = read_catalogue()
    titles = {kpi: each.title for kpi, each in old.items() if kpi != "N33009"} | {
        "N99999": "Nytt mått, andel (%) (-2030)"
    }
    with serving(answer_with(kpi_rows(titles), place_rows())) as server, Api(server.base, QUICK) as api:
        done = update_lists(api, "2026-12-01", tmp_path)
    assert (done.added, done.gone) == (("N99999",), ("N33009",))
    lines = (tmp_path / "kolada.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0].endswith("Source: Kolada (RKA), CC BY 4.0; fetched 2026-12-01.")
    assert lines[-1].startswith("U") and 'N99999,K,1,2030,"Nytt mått, andel (%)"' in lines


def test_update_writes_the_municipalities_anew_and_keeps_what_is_kept_by_hand(tmp_path):
    renamed = {"0007": "Region Småland"}
    rows = [row | {"title": renamed.get(row["id"], row["title"])} for row in place_rows() if row["id"] != "2584"]
    rows.append({"id": "9999", "title": "Nystad", "type": "K"})
    catalogue = kpi_rows({kpi: each.title for kpi, each in read_catalogue().items()})
    with serving(answer_with(catalogue, rows), page_size=2000) as server, Api(server.base, QUICK) as api:
        done = update_lists(api, "2026-12-01", tmp_path)
    assert [place.code for place in done.new_places] == ["0007", "9999"]
    assert [place.name for place in done.gone_places] == ["Kiruna"]
    lines = (tmp_path / "municipalities.csv").read_text(encoding="utf-8").splitlines()
    assert "Region Småland,0007,region,Region Småland," in lines and "Nystad,9999,municipality,Nystad kommun," in lines
    assert (
        "Haparanda,2583,municipality,Haparanda stad," in lines and "Salem,0128,municipality,Salems kommun,word" in lines
    )
    assert any(line.startswith("Kiruna,2584,") for line in lines)
    assert done.places == len(all_places()) + 1


OTHER_PLACES = [{"id": "0580", "title": None, "type": "K"}]


@pytest.mark.parametrize(
    ("indicators", "places"),
    [
        (kpi_rows({"N1": "Allt"}), None),
        ([{"id": "N1"}], None),
        (None, []),
        (None, OTHER_PLACES),
        (None, [{"id": "0580", "title": "Linköping", "type": "X"}]),
    ],
)
def test_an_update_that_is_not_whole_changes_nothing(tmp_path, indicators, places):
    whole = kpi_rows({kpi: each.title for kpi, each in read_catalogue().items()})
    answer = answer_with(whole if indicators is None else indicators, place_rows() if places is None else places)
    with serving(answer) as server, Api(server.base, QUICK) as api, pytest.raises(NamndataError):
        update_lists(api, "2026-12-01", tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["kolada", "municipalities"])
def test_the_shipped_lists_are_written_as_they_are_read(tmp_path, name):
    rows = [
        {"id": kpi.kpi, "municipality_type": kpi.level, "is_divided_by_gender": int(kpi.by_sex)}
        | {"title": f"{kpi.title} (-{kpi.ended})" if kpi.ended else kpi.title}
        for kpi in read_catalogue().values()
    ]
    with serving(answer_with(rows, place_rows())) as server, Api(server.base, QUICK) as api:
        done = update_lists(api, "2026-12-01", tmp_path)
    assert (done.added, done.gone, done.new_places, done.gone_places) == ((), (), (), ())
    written, shipped = (
        [line for line in (folder / f"{name}.csv").read_text(encoding="utf-8").splitlines() if line[0] != "#"]
        for folder in (tmp_path, FOLDER)
    )
    assert written == shipped

import importlib.util
import multiprocessing
import os
import signal
import sys
import time
from pathlib import Path

import pytest

from namndata.run import batch
from namndata.run.batch import run_batch


def work(task: str, *, on_page) -> str:
    if task.startswith("page"):
        on_page(1)
        on_page(2)
    if task.startswith("page 2 hangs"):
        time.sleep(60)
    if task == "page 2 crashes":
        os.kill(os.getpid(), signal.SIGSEGV)
    if task == "pages take long in all":
        for page in range(8):
            time.sleep(0.25)
            on_page(page)
    if task == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if task.startswith("dies once"):
        died = Path(task.removeprefix("dies once "))
        if not died.exists():
            died.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    if task == "hang":
        time.sleep(60)
    if task == "segfault":
        os.kill(os.getpid(), signal.SIGSEGV)
    if task == "exit":
        os._exit(3)
    if task == "raise":
        raise RuntimeError("a defect")
    if task == "swell":
        bytearray(2**45)
    if task == "print":
        print("a library talks", flush=True)
    return task.upper()


def outcomes_of(tasks, **options):
    return {outcome.task: outcome for outcome in run_batch(work, tasks, **{"jobs": 2, **options})}


def test_every_task_has_its_value_whatever_the_number_of_workers():
    tasks = [f"task {number}" for number in range(7)]
    for jobs in (1, 2, 9):
        values = {task: outcome.value for task, outcome in outcomes_of(tasks, jobs=jobs).items()}
        assert values == {task: task.upper() for task in tasks}


@pytest.mark.parametrize(
    ("task", "said"),
    [("segfault", "segmentation fault"), ("exit", "exit code 3"), ("raise", "exit code 1"), ("swell", "exit code 1")],
)
def test_a_crashing_worker_costs_its_own_task_only(task, said):
    outcomes = outcomes_of([task, "a", "b", "c"])
    assert outcomes[task].value is None
    assert outcomes[task].code == "crash"
    assert said in outcomes[task].failure
    assert [outcomes[other].value for other in "abc"] == ["A", "B", "C"]


def test_a_hanging_worker_is_ended_and_the_others_go_on():
    started = time.monotonic()
    outcomes = outcomes_of(["hang", "a", "b"], time_limit=0.5)
    assert time.monotonic() - started < 10
    assert outcomes["hang"].code == "timeout"
    assert "0.5 seconds" in outcomes["hang"].failure
    assert [outcomes[other].value for other in "ab"] == ["A", "B"]


def test_the_page_that_a_worker_hung_or_crashed_at_is_named():
    outcomes = outcomes_of(["page 2 hangs", "page 2 crashes", "a"], time_limit=0.5)
    assert outcomes["page 2 hangs"].failure.startswith("Reading page 2 took longer than 0.5 seconds")
    assert outcomes["page 2 crashes"].failure.startswith("The process that read page 2 crashed")


def test_the_time_limit_is_one_for_each_page():
    outcomes = outcomes_of(["pages take long in all"], time_limit=1)
    assert outcomes["pages take long in all"].value == "PAGES TAKE LONG IN ALL"


def test_the_page_that_each_worker_is_at_is_heard():
    heard = []
    list(run_batch(work, ["page", "a"], jobs=2, hear=lambda task, place: heard.append((task, *place))))
    assert heard == [("page", 1, 0), ("page", 2, 0)]


def read_alone(folder: Path) -> None:
    def long_work(task: str, *, on_page) -> bytes:
        (folder / "began").touch()
        for page in range(1, 200):
            time.sleep(0.05)
            on_page(page)
        return b"x" * 2**22

    list(run_batch(long_work, [str(folder)], jobs=1))


@pytest.mark.skipif(sys.platform != "linux", reason="workers are told by what they were forked from")
def test_a_worker_whose_parent_is_killed_ends_at_the_next_page(tmp_path):
    parent = multiprocessing.get_context("fork").Process(target=read_alone, args=(tmp_path,))
    parent.start()
    while not (tmp_path / "began").exists():
        time.sleep(0.02)
    [worker] = Path(f"/proc/{parent.pid}/task/{parent.pid}/children").read_text().split()
    parent.kill()
    parent.join()
    deadline = time.monotonic() + 5
    while is_running(worker) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_running(worker)


def is_running(process: str) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_worker_that_is_killed_is_told_from_one_that_crashes():
    assert outcomes_of(["killed"])["killed"].code == "killed"


def test_a_task_whose_worker_died_is_tried_once_more_when_the_others_are_done(tmp_path):
    task = f"dies once {tmp_path / 'died'}"
    done = [outcome.task for outcome in run_batch(work, [task, "a", "b", "segfault", "c"], jobs=2)]
    assert sorted(done[:3]) == ["a", "b", "c"]
    assert done[3:] in ([task, "segfault"], ["segfault", task])
    (tmp_path / "died").unlink()
    assert outcomes_of([task, "a"])[task].value == task.upper()


def test_one_worker_outlives_a_crash_before_it():
    outcomes = outcomes_of(["exit", "a"], jobs=1)
    assert outcomes["a"].value == "A"


def test_what_a_worker_prints_goes_to_the_log(tmp_path, capfd):
    outcomes_of(["print"], log=tmp_path / "run.log")
    assert (tmp_path / "run.log").read_text() == "a library talks\n"
    assert capfd.readouterr() == ("", "")


def test_no_worker_is_left_behind():
    next(run_batch(work, ["a", "hang"], jobs=2))
    deadline = time.monotonic() + 5
    while multiprocessing.active_children() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert multiprocessing.active_children() == []


def test_workers_need_not_be_forked(monkeypatch):
    monkeypatch.setattr(batch, "METHOD", "spawn")
    outcomes = outcomes_of(["a", "exit", "b"])
    found = {task: (outcome.value, outcome.code) for task, outcome in outcomes.items()}
    assert found == {"a": ("A", ""), "exit": (None, "crash"), "b": ("B", "")}


def test_a_system_without_the_limits_and_signals_of_unix_has_workers(monkeypatch):
    monkeypatch.setitem(sys.modules, "resource", None)
    monkeypatch.delattr(signal, "SIGKILL")
    monkeypatch.setattr(sys, "platform", "win32")
    spec = importlib.util.find_spec("namndata.run.batch")
    there = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(there)
    assert ("spawn", {-signal.SIGTERM, -signal.SIGINT}) == (there.METHOD, there.KILLED)
    there.limit_memory()

"""Work on documents in limited workers."""

from __future__ import annotations

import os
import threading
import time

import pytest
from pebble.pool.process import PoolManager

from jsextract.batch.limited import limited
from jsextract.batch.limits import Limits
from jsextract.batch.run_settings import Settings
from jsextract.errors import Corrupt, Crashed, TimedOut, WorkersUnavailable


def work(task: str) -> str:
    if task == "dies":
        os._exit(3)
    if task == "hangs":
        time.sleep(60)
    if task == "raises":
        raise Corrupt("It cannot be drawn.")
    return f"{task}!"


def test_answers_come_in_order_whatever_becomes_of_a_worker() -> None:
    tasks = ["a", "raises", "b", "dies", "c", "hangs", "d"]
    answers = list(limited(work, tasks, Settings(jobs=2, limits=Limits(seconds=2.0))))
    assert [answer for answer in answers if isinstance(answer, str)] == ["a!", "b!", "c!", "d!"]
    assert [type(answer) for answer in answers[1::2]] == [Corrupt, Crashed, TimedOut]


def test_without_workers_it_is_done_here() -> None:
    assert [str(answer) for answer in limited(work, ["a", "raises"], Settings(jobs=0))] == ["a!", "It cannot be drawn."]


def test_a_system_without_room_for_a_worker_or_a_thread_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    with pytest.raises(WorkersUnavailable, match="no room for another thread or process"):
        list(limited(work, ["a"], Settings(jobs=1)))


def test_a_finished_answer_is_not_lost_to_the_next_task(monkeypatch: pytest.MonkeyPatch) -> None:
    take = PoolManager.process_next_message
    monkeypatch.setattr(PoolManager, "process_next_message", lambda *given: time.sleep(0.2) or take(*given))
    answers = list(limited(work, ["a", "dies", "b", "dies", "c"], Settings(jobs=1)))
    assert [answer for answer in answers if isinstance(answer, str)] == ["a!", "b!", "c!"]

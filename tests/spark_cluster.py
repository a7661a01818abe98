"""A standalone cluster from the pyspark package: a master and two workers on the loopback address."""

from __future__ import annotations

import json
import math
import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

WAIT = 120


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _started(words: list[str], folder: Path, name: str) -> subprocess.Popen[bytes]:
    import pyspark

    home = Path(pyspark.__file__).parent
    env = {**os.environ, "SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_WORKER_DIR": str(folder)}
    with (folder / f"{name}.log").open("wb") as log:
        return subprocess.Popen(
            [str(home / "bin" / "spark-class"), *words], env=env, stdout=log, stderr=log, start_new_session=True
        )


def _alive(page: int) -> int:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{page}/json/", timeout=5) as answer:
            return int(json.load(answer)["aliveworkers"])
    except OSError:
        return 0


@contextmanager
def cluster(folder: Path, memory: str = "1200m") -> Iterator[str]:
    """The address of a cluster whose logs are in ``folder``; its processes end with the block."""
    folder.mkdir(parents=True, exist_ok=True)
    port, page = _free_port(), _free_port()
    address = f"spark://127.0.0.1:{port}"
    place = ["--host", "127.0.0.1"]
    master = ["org.apache.spark.deploy.master.Master", *place, "--port", str(port), "--webui-port", str(page)]
    worker = ["org.apache.spark.deploy.worker.Worker", *place, "--cores", "1", "--memory", memory, "--webui-port"]
    running = [_started(master, folder, "master")]
    try:
        running += [_started([*worker, str(_free_port()), address], folder, f"worker-{n}") for n in range(2)]
        until = time.monotonic() + WAIT
        while _alive(page) < 2:
            assert time.monotonic() < until, f"no cluster after {WAIT} s: see {folder}"
            time.sleep(0.5)
        yield address
    finally:
        for process in reversed(running):
            os.killpg(process.pid, signal.SIGTERM)
        for process in running:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def defaults(folder: Path, log: Path) -> dict[str, str]:
    """The environment of a driver with 1 GB that writes which executor did each task to ``log``."""
    folder.mkdir(parents=True)
    log.mkdir()
    lines = (
        "spark.driver.memory 1g", "spark.executor.memory 1g", "spark.eventLog.enabled true",
        "spark.eventLog.compress false", "spark.eventLog.logStageExecutorMetrics true",
        "spark.executor.processTreeMetrics.enabled true", f"spark.eventLog.dir {log.as_uri()}",
    )
    (folder / "spark-defaults.conf").write_text("\n".join(lines), encoding="utf-8")
    return {"SPARK_CONF_DIR": str(folder)}


def tasks_by_executor(log: Path) -> dict[str, int]:
    """How many tasks each executor ended, from the logs of a driver."""
    found: dict[str, int] = {}
    for event in _events(log):
        if event["Event"] == "SparkListenerTaskEnd":
            who = event["Task Info"]["Executor ID"]
            found[who] = found.get(who, 0) + 1
    return found


def task_seconds(log: Path, until: float = math.inf) -> float:
    """Processor seconds of the tasks that ended by ``until``, a moment of the epoch: other work does not lengthen them.

    Only what the executors' Java processes did: kernels run in Python beside them.
    """
    return sum(
        event["Task Metrics"]["Executor CPU Time"] / 1e9 for event in _events(log)
        if event["Event"] == "SparkListenerTaskEnd" and event["Task Info"]["Finish Time"] <= until * 1000
    )


def peaks(log: Path, measure: str) -> dict[str, float]:
    """The highest value of a measure of Spark's, such as JVMHeapMemory, in MB: of the driver and of each executor."""
    found: dict[str, float] = {}
    for event in _events(log):
        if event["Event"] == "SparkListenerStageExecutorMetrics":
            who, value = event["Executor ID"], event["Executor Metrics"].get(measure, 0) / 2**20
            found[who] = max(found.get(who, 0), value)
    return found


def _events(log: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(log.rglob("*")):
        if path.is_file() and not path.name.startswith((".", "appstatus")):
            with path.open(encoding="utf-8") as lines:
                yield from map(json.loads, lines)

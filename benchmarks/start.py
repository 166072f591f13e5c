"""`python -m benchmarks.start`: how soon the server answers, what it takes, and what the first page weighs.

Prints medians over several starts: seconds on the clock and of CPU from the command to the first answer, the
memory of the process afterwards, and the compressed kilobytes that a browser fetches for the sign-in page.
"""

import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from http.client import HTTPConnection
from pathlib import Path

import psutil

PROGRAM = str(Path(sys.executable).parent / "concertation")
STARTS = 5
ASSET = re.compile(r'(?:href|src)="(/static/[^"#]+)')


def free_port() -> int:
    """Return a port of the loopback that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def get(port: int, path: str) -> bytes:
    """Return the body of `path` as a browser receives it, compressed where the server can."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Accept-Encoding": "br, gzip"})
    body = connection.getresponse().read()
    connection.close()
    return body


def first_answer(port: int) -> None:
    """Wait until the server answers."""
    while True:
        try:
            get(port, "/")
            return
        except OSError:
            time.sleep(0.02)


def one_start(folder: str) -> tuple[float, float, float, float]:
    """Return seconds, CPU seconds, megabytes and kilobytes of one start on a database that is up to date."""
    port, began = free_port(), time.perf_counter()
    env = {**os.environ, "CONCERTATION_VAR": folder}
    with subprocess.Popen([PROGRAM, "serve", "--port", str(port)], env=env, stdout=subprocess.DEVNULL) as server:
        try:
            first_answer(port)
            seconds, process = time.perf_counter() - began, psutil.Process(server.pid)
            cpu, memory = sum(process.cpu_times()[:2]), process.memory_info().rss / 1e6
            return seconds, cpu, memory, weight_of(port, "/account/sign-in/") / 1000
        finally:
            server.terminate()
            server.wait()


def weight_of(port: int, path: str) -> int:
    """Return the bytes of a page and of everything that its HTML names."""
    page = get(port, path)
    assets = sorted(set(ASSET.findall(page.decode())))
    return len(page) + sum(len(get(port, asset)) for asset in assets)


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "CONCERTATION_VAR": folder}
        subprocess.run([PROGRAM, "migrate", "--verbosity", "0"], env=env, check=True)
        rows = [one_start(folder) for _ in range(STARTS)]
    seconds, cpu, memory, weight = (statistics.median(column) for column in zip(*rows, strict=True))
    load = os.getloadavg()[0]
    print(f"first answer  {seconds:6.1f} s on the clock, {cpu:.1f} s of CPU (median of {STARTS}; load {load:.1f})")
    print(f"memory        {memory:6.0f} MB resident")
    print(f"first page    {weight:6.0f} kB compressed, with everything it names")


if __name__ == "__main__":
    main()

"""Measures live drafting: python -m benchmarks.live_text [--people 20 200] [--seconds 6] [--repeats 3].

One room in which everybody types five characters a second and receives everything. Delay is from the moment when a key
was meant to be pressed until the last of the others has the character; CPU is that of the server. Ours is the whole
server with its commit to SQLite (WAL, synchronous=FULL) before anybody receives; the peers keep nothing.
"""

import argparse
import os
import statistics
import time
from dataclasses import dataclass

import psutil

from .load import Crowd, Outcome
from .servers import HOCUSPOCUS, OURS, Y_WEBSOCKET, Running, install_peers, running

SERVERS = (OURS, HOCUSPOCUS, Y_WEBSOCKET)
SATURATED = 0.01  # of the characters did not reach everybody in time


@dataclass(frozen=True, slots=True)
class Figures:
    """One run: delay in milliseconds (None when saturated), and CPU seconds of the server per 1,000 characters."""

    p50: float | None
    p99: float | None
    cpu: float


def measure(name: str, people: int, seconds: float, seed: int) -> Figures:
    """Start a server, let `people` type, and return the figures."""
    with running(name) as server:
        crowd = Crowd("127.0.0.1", server.port, server.path, people, server.prefix, server.cookie)
        crowd.connect()
        before = _cpu(server)
        outcome = crowd.type_for(seconds, seed)
        spent = _cpu(server) - before
        crowd.close()
    cpu = spent / outcome.keys * 1000
    if outcome.lost > SATURATED * outcome.keys:
        return Figures(None, None, cpu)
    return Figures(_percentile(outcome, 0.50), _percentile(outcome, 0.99), cpu)


def main() -> None:
    """Measure and print the table, each cell the median of the repeats."""
    options = _options()
    install_peers()
    print(f"{os.cpu_count()} cores, load {_load()}, {options.repeats} runs of {options.seconds:.0f} s each")
    print("medians: delay to the last reader p50 / p99 in ms, CPU s per 1,000 characters\n")
    print(f"{'people':>6}  " + "".join(f"{name:^26}" for name in options.servers))
    for people in options.people:
        runs: dict[str, list[Figures]] = {name: [] for name in options.servers}
        for repeat in range(options.repeats):
            for name in options.servers:
                runs[name].append(measure(name, people, options.seconds, repeat))
                time.sleep(0.5)
        print(f"{people:>6}  " + "".join(f"{_cell(runs[name]):^26}" for name in options.servers), flush=True)
    print(f"\nload afterwards {_load()}; on a machine that does other work trust CPU and ratios, not delays")


def _options() -> argparse.Namespace:
    """Return what the command line says."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.live_text", description=__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=[20, 50, 100, 200])
    parser.add_argument("--seconds", type=float, default=6)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--servers", nargs="+", choices=SERVERS, default=SERVERS)
    return parser.parse_args()


def _load() -> str:
    """Return how many processes wanted a core during the last minute."""
    return f"{os.getloadavg()[0]:.1f}"


def _cpu(server: Running) -> float:
    """Return the CPU seconds that the server has taken so far."""
    times = psutil.Process(server.process).cpu_times()
    return times.user + times.system


def _percentile(outcome: Outcome, share: float) -> float:
    """Return a percentile of the delays in milliseconds."""
    return outcome.delays[int(len(outcome.delays) * share)] * 1000


def _cell(runs: list[Figures]) -> str:
    """Return the medians of `runs`."""
    cpu = statistics.median(run.cpu for run in runs)
    p50 = [run.p50 for run in runs if run.p50 is not None]
    p99 = [run.p99 for run in runs if run.p99 is not None]
    if len(p50) * 2 <= len(runs):
        return f"saturated, {cpu:.2f}"
    return f"{statistics.median(p50):.1f} / {statistics.median(p99):.0f}, {cpu:.2f}"


if __name__ == "__main__":
    main()

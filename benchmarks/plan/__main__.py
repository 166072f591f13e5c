"""Quality and time of plans: `python -m benchmarks.plan S 1 60`, the size, the seeds and the seconds for each.

Beside the greedy plan and, with `--plain`, the plain formulation in HiGHS with the same time; with `--cpsat`, CP-SAT in
a process of its own, installed from requirements/bench.txt into var/bench. `published` in place of a size solves the
published instances of generalised assignment that are on this machine, beside HiGHS with its own settings. Trust CPU on
a busy machine: beyond the smallest size the seconds of this process and of its helper are told apart.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

import highspy

from benchmarks.plan.generator import SIZES, make_problem
from concertation.commitments.plan.check import check
from concertation.commitments.plan.explain import explain, seconds_at_first, shortfalls
from concertation.commitments.plan.ground import Ground
from concertation.commitments.plan.highs import Effort, Program, new_solver
from concertation.commitments.plan.measure import Stage, covered
from concertation.commitments.plan.model import Plan, Problem
from concertation.commitments.plan.solve import improve
from concertation.commitments.plan.tests.assignments import read_assignments
from concertation.commitments.plan.tests.plain import Plain

ROOT = Path(__file__).parents[2]
GAPS = 20


def main() -> None:
    """Print a few lines for each seed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("size", choices=[*SIZES, "published"])
    parser.add_argument("seeds", type=int, nargs="?", default=5)
    parser.add_argument("seconds", type=float, nargs="?", default=60)
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--cpsat", action="store_true")
    wanted = parser.parse_args()
    if wanted.size == "published":
        _published(wanted.seconds)
        return
    for seed in range(1, wanted.seeds + 1):
        _ours(wanted.size, seed, wanted.seconds)
        if wanted.plain:
            _plain(wanted.size, seed, wanted.seconds)
        if wanted.cpsat:
            _cpsat(wanted.size, seed, wanted.seconds)


def _ours(size: str, seed: int, seconds: float) -> None:
    problem = make_problem(size, seed)
    ground, began, helped, proven = Ground.of(problem), time.process_time(), _by_others(), ""
    for number, progress in enumerate(improve(problem, Effort(seconds=seconds))):
        cpu = time.process_time() - began
        if number == 0:
            print(f"{size}{seed} first plan: {covered(ground, progress.plan):.1%} covered, {cpu:.1f} s CPU")
        if progress.results[0].proven and not proven:
            proven = f"first stage proven after {cpu:.1f} s CPU, {progress.seconds:.1f} s; "
    stages = ", ".join(
        f"{result.stage.name.lower()} {result.value:.2f} {'proven' if result.proven else f'gap {result.gap:.1%}'}"
        for result in progress.results
    )
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"  {covered(ground, progress.plan):.1%} covered after {cpu:.1f} + {_by_others() - helped:.1f} s CPU, "
        f"{progress.seconds:.1f} s"
    )
    print(f"  {proven}{stages}")
    print(f"  {len(check(problem, progress.plan))} breaches; {memory} MB; {_explained(problem, progress.plan)}")


def _explained(problem: Problem, plan: Plan) -> str:
    """Say how long the greatest gaps take to explain, and how many of the explanations are proven in that time."""
    seconds, proven, unanswered = [], 0, 0
    for name in shortfalls(problem, plan)[:GAPS]:
        began = time.monotonic()
        try:
            found = explain(problem, plan, name, Effort(seconds=seconds_at_first(problem)))
        except TimeoutError:
            unanswered += 1
        else:
            proven += found.by_acts.proven and found.by_moves.proven
        seconds.append(time.monotonic() - began)
    if not seconds:
        return "no gap"
    times = f"{statistics.fmean(seconds):.2f} s each, {max(seconds):.2f} at most"
    return f"{len(seconds)} gaps explained in {times}: {proven} proven, {unanswered} without answer"


def _by_others() -> float:
    """Return the seconds of CPU of all processes that this one started and that ended."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime


def _plain(size: str, seed: int, seconds: float) -> None:
    plain, began = Plain(Ground.of(make_problem(size, seed))), time.process_time()
    found = plain.values(Effort(seconds=seconds / 2), (Stage.ESSENTIAL, Stage.WEIGHTED))
    stages = ", ".join(f"{value:.2f} bound {bound:.2f}" for value, bound in found)
    print(f"  plain HiGHS, half the time for each of two stages: {stages}, {time.process_time() - began:.1f} s CPU")


def _cpsat(size: str, seed: int, seconds: float) -> None:
    command = [_bench_python(), "-m", "benchmarks.plan.cpsat", size, str(seed), str(seconds)]
    answer = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)
    stages = ", ".join(
        "nothing" if value is None else f"{value:.2f} bound {bound:.2f}" for value, bound in answer["stages"]
    )
    print(f"  CP-SAT, half the time for each of two stages: {stages}, {answer['seconds']:.1f} s CPU", flush=True)


def _bench_python() -> str:
    """Return the Python of the environment that has CP-SAT, made the first time."""
    place = ROOT / "var" / "bench"
    python = str(place / "bin" / "python")
    if not Path(python).exists():
        subprocess.run([sys.executable, "-m", "venv", place], check=True)
        locked = str(ROOT / "requirements" / "bench.txt")
        subprocess.run([python, "-m", "pip", "install", "-q", "--require-hashes", "-r", locked], check=True)
    return python


def _published(seconds: float) -> None:
    for instance in read_assignments():
        program, cost = instance.program()
        began = time.process_time()
        answer = program.minimise(cost, Effort(seconds=seconds))
        took, value = time.process_time() - began, abs(answer.value)
        print(
            f"{instance.name}: {value:.0f}, published {instance.objective}; bound {abs(answer.bound):.1f}, "
            f"{'proven' if answer.proven else 'not proven'}, {took:.1f} s CPU; "
            f"{_as_highs_comes(program, cost, seconds)}",
            flush=True,
        )


def _as_highs_comes(program: Program, cost: dict[int, float], seconds: float) -> str:
    """Say what HiGHS makes of the same program with its own settings, in one thread and without a gap."""
    solver = new_solver()
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("time_limit", seconds)
    solver.passModel(program.as_model(cost))
    began = time.process_time()
    solver.run()
    proven = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    value = abs(solver.getInfo().objective_function_value)
    took = time.process_time() - began
    return f"HiGHS as it comes {value:.0f}, {'proven' if proven else 'not proven'}, {took:.1f} s CPU"


if __name__ == "__main__":
    main()

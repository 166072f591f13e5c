"""Who does what in which month: from requirements, contributions and a scenario to a plan, its bound, its gaps.

`solve.improve` yields plans, `check.check` verifies one, `explain.explain` says why a requirement is not met. Nothing
here knows of Django. The solver is loaded by `solve` and `explain` alone: a web process imports the other modules.
"""

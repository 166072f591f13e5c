"""Plans for seeded coalitions of three sizes, beside other ways to make them: `python -m benchmarks.plan`."""

"""How often a server looks for memory that only circles hold. No Django here."""

import gc

THRESHOLDS = (50_000, 20, 100)  # CPython's own, (700, 10, 10), are for programs with few objects


def collect_rarely() -> None:
    """Leave alone what is there now, which stays as long as the process, and look through the rest less often.

    A page makes some ten thousand objects beside some hundred thousand that stay; looked through as often as by
    default, that was a quarter of the work of a large page, and the whole of the slowest tenth (benchmarks.alignment).
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)

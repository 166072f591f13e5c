"""How many examples a property test tries."""

import os


def examples(count: int) -> int:
    """Return `count` on SQLite, a quarter on PostgreSQL, where only what differs between databases is in question."""
    return count // 4 if "DATABASE_URL" in os.environ else count

"""What members carry together, in equal parts that add up to the whole; pure."""


def in_parts(amount: int, count: int) -> list[int]:
    """Return `amount` in `count` whole parts that differ by one at most, the larger first; their sum is `amount`."""
    part, rest = divmod(amount, count)
    return [part + 1] * rest + [part] * (count - rest)


def in_full(amount: int, count: int) -> list[int]:
    """Return `amount` for each of `count`: what is counted and not measured is one for each of several members."""
    return [amount] * count

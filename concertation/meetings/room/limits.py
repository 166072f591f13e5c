"""How much one connection may say: a bucket of tokens that fills with time."""

from concertation.core import clock


class TokenBucket:
    """Allow `burst` messages at once and `per_second` of them for ever."""

    def __init__(self, *, burst: int, per_second: float) -> None:
        self.burst, self.per_second = burst, per_second
        self.tokens, self.filled_at = float(burst), clock.now()

    def take(self) -> bool:
        """Use one token; say whether there was one."""
        elapsed = clock.seconds_since(self.filled_at)
        self.filled_at = clock.now()
        self.tokens = min(self.burst, self.tokens + elapsed * self.per_second)
        allowed = self.tokens >= 1
        self.tokens -= allowed
        return allowed

"""What every template of ours may rely on."""

from concertation.core.http import Request


def shell(request: Request) -> dict[str, object]:
    """Return the delegate who asks, absent on error pages made before the middleware ran."""
    return {"delegate": getattr(request, "delegate", None)}

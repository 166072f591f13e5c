"""Addresses and short-lived credentials of STUN and TURN servers; ICE_SERVERS and TURN_SECRET say them.

Credentials follow coturn's `use-auth-secret`: the user name carries its expiry, the password is its HMAC.
"""

import base64
import hashlib
import hmac
from datetime import timedelta

from django.conf import settings

from concertation.core import clock

CREDENTIALS_LAST = timedelta(hours=12)  # a long meeting; a reconnection brings new ones


def ice_servers(delegate_id: str) -> list[dict[str, object]]:
    """Return RTCIceServer objects for `delegate_id`: TURN addresses with credentials."""
    credentials = turn_credentials(delegate_id)
    return [
        {"urls": [url], **(credentials if url.startswith(("turn:", "turns:")) else {})} for url in settings.ICE_SERVERS
    ]


def turn_credentials(delegate_id: str) -> dict[str, str]:
    """Return a user name and password that coturn accepts until CREDENTIALS_LAST from now."""
    username = f"{int((clock.now() + CREDENTIALS_LAST).timestamp())}:{delegate_id}"
    digest = hmac.new(settings.TURN_SECRET.encode(), username.encode(), hashlib.sha1).digest()
    return {"username": username, "credential": base64.b64encode(digest).decode()}

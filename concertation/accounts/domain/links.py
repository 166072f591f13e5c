"""Single-use sign-in links: the secret is in the link only, its hash in the row, its age in both."""

import secrets
from datetime import timedelta
from hashlib import sha256

from django.conf import settings
from django.core import signing
from django.db.models import QuerySet

from concertation.accounts.errors import LinkSpent
from concertation.accounts.models import Person, SignInLink
from concertation.core import clock

SIGNER = signing.Signer(salt="concertation.sign-in-link")


def issue_link(*, person: Person) -> str:
    """Return the signed token of a new link for `person`, valid for SIGN_IN_LINK_DAYS; earlier links stay valid."""
    secret = secrets.token_urlsafe(24)
    SignInLink.objects.create(
        person=person,
        secret_hash=_hash(secret),
        expires_at=clock.now() + timedelta(days=settings.SIGN_IN_LINK_DAYS),
    )
    return SIGNER.sign(secret)


def find_person(*, token: str) -> Person:
    """Return whose link `token` is, without using it; raises LinkSpent."""
    link = _usable().filter(secret_hash=_hash(_secret_of(token))).select_related("person").first()
    if link is None:
        raise LinkSpent
    return link.person


def redeem_link(*, token: str) -> Person:
    """Use the link up and return its person; of two at once only one succeeds. Raises LinkSpent."""
    person = find_person(token=token)
    if not _usable().filter(secret_hash=_hash(_secret_of(token))).update(used_at=clock.now()):
        raise LinkSpent
    return person


def withdraw_links(*, person: Person) -> None:
    """Make every unused link of `person` invalid."""
    SignInLink.objects.filter(person=person, used_at=None).update(expires_at=clock.now())


def _usable() -> QuerySet[SignInLink]:
    return SignInLink.objects.filter(used_at=None, expires_at__gt=clock.now(), person__is_active=True)


def _secret_of(token: str) -> str:
    try:
        return SIGNER.unsign(token)
    except signing.BadSignature as error:
        raise LinkSpent from error


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()

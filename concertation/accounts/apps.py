"""Accounts: people and how they sign in."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People, sign-in links, codes by mail, passkeys."""

    name = "concertation.accounts"

"""Texts as files: a `Sheet` goes in, bytes come out. Nothing here reads the database."""

"""What may stand in a log: no single-use link, no address, whatever a library writes into its message."""

import logging
import re

LINK = re.compile(r"(/sign-in/link/)[^/\s\"'?]+")
ADDRESS = re.compile(r"[^\s<>\"'(),:;=]+@[^\s<>\"'(),:;=]+")


class Discreet(logging.Formatter):
    """Formats a record, with its stack trace, and leaves out the secrets of links and the addresses of people."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line or lines to be written."""
        return ADDRESS.sub("…@…", LINK.sub(r"\1…", super().format(record)))

"""The command-line program `concertation`: our commands on Django's own machinery."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured

from concertation.core.memory import collect_rarely
from concertation.record import verification


def main() -> None:
    """Run the command named on the command line; a broken setting ends in one sentence and status 2."""
    if sys.argv[1:3] == ["record", "verify"]:  # must work where there is no server: no settings, no database
        sys.exit(verification.main(sys.argv[3:]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concertation.settings")
    collect_rarely()  # what is imported stays: to look through it again and again was a fifth of every start
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(["concertation", *sys.argv[1:]])
    except ImproperlyConfigured as error:
        sys.exit(f"concertation: {error}")


if __name__ == "__main__":
    main()

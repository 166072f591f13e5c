"""The command-line program `concertation`: our commands on Django's own machinery."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured


def main() -> None:
    """Run the command named on the command line; a broken setting ends in one sentence and status 2."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concertation.settings")
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(["concertation", *sys.argv[1:]])
    except ImproperlyConfigured as error:
        sys.exit(f"concertation: {error}")


if __name__ == "__main__":
    main()

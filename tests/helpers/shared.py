"""Public data that tests read where it is: in `shared/data` beside one of the folders above the program's own."""

from pathlib import Path

from django.conf import settings


def shared_data(name: str) -> Path:
    """Return where the data `name` is, or would be beside the program's own folder."""
    folders = [parent / "shared" / "data" / name for parent in settings.ROOT.parents]
    return next((folder for folder in folders if folder.exists()), folders[0])

"""Runs a command against a PostgreSQL of its own: `python tools/with_postgres.py pytest …`.

The server is started from the system's binaries in a temporary folder, on a socket there and no port,
and is ended with the command. Without binaries it says so and runs nothing.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path


def find_binaries() -> Path | None:
    """Return the folder of the newest installed PostgreSQL server, or None."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    on_path = shutil.which("initdb")
    return installed[-1].parent if installed else Path(on_path).resolve().parent if on_path else None


def as_server_user(folder: Path) -> Callable[[], None] | None:
    """Return what makes a child process a user other than root, whom PostgreSQL refuses; None when not root."""
    if os.geteuid() != 0:
        return None
    user = pwd.getpwnam("nobody")
    os.chown(folder, user.pw_uid, user.pw_gid)

    def become() -> None:
        os.setgid(user.pw_gid)
        os.setuid(user.pw_uid)

    return become


def main() -> int:
    """Return the status of the command, 0 when there is no PostgreSQL to run it against."""
    binaries = find_binaries()
    if binaries is None:
        print("PostgreSQL is not installed here: the suite ran on SQLite only.")
        return 0
    folder = Path(tempfile.mkdtemp(prefix="concertation-postgres-"))
    become, data = as_server_user(folder), folder / "data"

    def run(program: str, *arguments: str | Path) -> None:
        command = [binaries / program, "-D", data, *arguments]
        subprocess.run(command, preexec_fn=become, check=True, stdout=subprocess.DEVNULL, cwd=folder)

    run("initdb", "-U", "concertation", "-A", "trust", "-N")
    settings = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
    run("pg_ctl", "-w", "-s", "-l", folder / "log", "-o", settings, "start")
    try:
        url = f"postgres://concertation@/postgres?host={folder}"
        return subprocess.run(sys.argv[1:], env={**os.environ, "DATABASE_URL": url}).returncode
    finally:
        run("pg_ctl", "-m", "immediate", "-s", "stop")
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())

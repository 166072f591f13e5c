"""Loaded before Django by pytest: gives every test run a data folder of its own, never the developer's."""

import atexit
import os
import shutil
import tempfile

if "CONCERTATION_TEST_VAR" not in os.environ:
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # thousands of durable commits are quick there
    folder = tempfile.mkdtemp(prefix="concertation-test-", dir=memory)
    os.environ["CONCERTATION_TEST_VAR"] = folder  # workers of pytest-xdist inherit it
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
os.environ["CONCERTATION_VAR"] = os.environ["CONCERTATION_TEST_VAR"]
for name in ("BASE_URL", "EMAIL_URL", "VALKEY_URL", "SECRET_KEY", "DEBUG"):
    os.environ.pop(name, None)

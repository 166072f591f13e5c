"""Ports for servers that tests start."""

import random
import socket

PORTS = range(20_000, 30_000)  # below those that the system gives to clients: one of them could take it meanwhile


def free_port() -> int:
    """Return a port of this machine that nothing uses, and that stays free while its server is started again."""
    while True:
        port = random.choice(PORTS)
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port

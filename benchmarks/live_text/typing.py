"""What people type, as Yjs updates made by hand, and how to find their characters again in what others receive."""

from concertation.texts.sync.reader import Reader, block, uint

ROOT = b"en"
SYNC, STEP_1, STEP_2, UPDATE, SYNC_REPLY = 0, 0, 1, 2, 4
EMPTY_UPDATE = b"\x00\x00"
FIRST_CLIENT = 1_000_000_000  # as long as the random ids of real clients


def keystroke(client: int, clock: int) -> bytes:
    """Return the update in which `client` types its `clock`-th character after its last one."""
    number = uint(client)
    place = b"\x84" + number + uint(clock - 1) if clock else b"\x04\x01" + block(ROOT)
    return b"\x01\x01" + number + uint(clock) + place + b"\x01a\x00"


def characters(update: bytes) -> list[tuple[int, int]]:
    """Return the (client, clock) of every character in `update`, which holds nothing but keystrokes."""
    reader = Reader(update)
    found: list[tuple[int, int]] = []
    for _ in range(reader.uint()):
        structs, client, clock = reader.uint(), reader.uint(), reader.uint()
        for _ in range(structs):
            info = reader.byte()
            if info & 31 == 10:
                clock += reader.uint()
                continue
            _skip_place(reader, info)
            length = len(reader.block())
            found += [(client, clock + i) for i in range(length)]
            clock += length
    return found


def _skip_place(reader: Reader, info: int) -> None:
    """Step over where an item stands: its neighbours, or its parent."""
    for bit in (0x80, 0x40):
        if info & bit:
            reader.uint()
            reader.uint()
    if not info & 0xC0:
        reader.uint()
        reader.block()

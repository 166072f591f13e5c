"""Reading and writing the variable-length numbers and strings of lib0, from bytes that nobody has checked yet."""

MAX_SAFE = 2**53 - 1


class Malformed(ValueError):
    """The bytes are not what the protocol says they must be; the text names the fault."""


class Reader:
    """A position in bytes from outside: every read either stays inside them or raises `Malformed`."""

    __slots__ = ("at", "data")

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def byte(self) -> int:
        """Return the next byte."""
        try:
            value = self.data[self.at]
        except IndexError:
            raise Malformed("truncated") from None
        self.at += 1
        return value

    def uint(self) -> int:
        """Return the next variable-length number; JavaScript's safe integers are the limit."""
        value = self.byte()
        if value < 128:
            return value
        value &= 127
        shift = 7
        while True:
            byte = self.byte()
            value |= (byte & 127) << shift
            if byte < 128:
                break
            shift += 7
            if shift > 49:
                raise Malformed("number too large")
        if value > MAX_SAFE:
            raise Malformed("number too large")
        return value

    def count(self) -> int:
        """Return a number of things of at least one byte each, which therefore must fit in what is left."""
        value = self.uint()
        if value > len(self.data) - self.at:
            raise Malformed("length beyond the end")
        return value

    def block(self) -> bytes:
        """Return the next length-prefixed bytes."""
        size = self.count()
        start = self.at
        self.at += size
        return self.data[start : self.at]

    def text(self) -> str:
        """Return the next length-prefixed string."""
        try:
            return self.block().decode()
        except UnicodeDecodeError:
            raise Malformed("not UTF-8") from None

    def skip(self, size: int) -> None:
        """Step over `size` bytes."""
        if size > len(self.data) - self.at:
            raise Malformed("truncated")
        self.at += size

    def end(self) -> None:
        """Check that nothing is left."""
        if self.at != len(self.data):
            raise Malformed("bytes after the end")


def uint(value: int) -> bytes:
    """Return `value` as a variable-length number."""
    if value < 128:
        return bytes((value,))
    out = bytearray()
    while value > 127:
        out.append(128 | (value & 127))
        value >>= 7
    out.append(value)
    return bytes(out)


def block(data: bytes) -> bytes:
    """Return `data` with its length before it."""
    return uint(len(data)) + data

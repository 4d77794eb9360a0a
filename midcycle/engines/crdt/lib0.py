"""Numbers and strings as lib0 writes them, read without trust.

The format is that of github.com/dmonad/lib0 (`encoding.js`): unsigned numbers
in groups of seven bits, lowest group first, high bit "more follows"; strings
and buffers with their length in bytes before them.
"""

LARGEST = 2**53 - 1  # what a JavaScript number holds exactly


class Malformed(ValueError):  # noqa: N818 - reads as a fact
    """The bytes are not what the format says. Messages name no content."""


class Reader:
    """Walks over `data` and raises `Malformed` instead of reading past its end."""

    __slots__ = ("_at", "_data")

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    @property
    def left(self) -> int:
        """Bytes not read yet."""
        return len(self._data) - self._at

    def byte(self) -> int:
        """Read one byte, 0 to 255."""
        if self._at >= len(self._data):
            raise Malformed("The data ends too early.")
        value = self._data[self._at]
        self._at += 1
        return value

    def number(self, largest: int = LARGEST) -> int:
        """Read an unsigned number and refuse one above `largest`."""
        value = self.byte()
        if value < 0x80:
            return self._bounded(value, largest)
        value &= 0x7F
        for shift in range(7, 64, 7):
            group = self.byte()
            value |= (group & 0x7F) << shift
            if group < 0x80:
                return self._bounded(value, largest)
        raise Malformed("A number does not end.")

    def take(self, size: int) -> bytes:
        """Read exactly `size` bytes."""
        if size > self.left:
            raise Malformed("The data ends too early.")
        piece = self._data[self._at : self._at + size]
        self._at += size
        return piece

    def buffer(self) -> bytes:
        """Read bytes that carry their length before them."""
        return self.take(self.number())

    def text(self) -> str:
        """Read a string; only strict UTF-8 is a string."""
        try:
            return self.buffer().decode()
        except UnicodeDecodeError as error:
            raise Malformed("A string is not UTF-8.") from error

    def count(self, smallest: int) -> int:
        """Read how many things follow, each at least `smallest` bytes: never more than fit."""
        number = self.number()
        if number * smallest > self.left:
            raise Malformed("More is promised than follows.")
        return number

    def end(self) -> None:
        """Raise `Malformed` if anything is left."""
        if self.left:
            raise Malformed("Something follows after the end.")

    @staticmethod
    def _bounded(value: int, largest: int) -> int:
        if value > largest:
            raise Malformed("A number is too large.")
        return value


def number(value: int) -> bytes:
    """Write an unsigned number."""
    groups = bytearray()
    while value > 0x7F:
        groups.append(0x80 | (value & 0x7F))
        value >>= 7
    groups.append(value)
    return bytes(groups)


def buffer(data: bytes) -> bytes:
    """Write bytes with their length before them."""
    return number(len(data)) + data

"""A second implementation of the wire, written from docs/wire-format.md with the standard library alone."""

import struct

MAX_PAYLOAD = 16384
HEADER = struct.Struct("<IBBBBQ")
END, MORE, COMPRESSED, CHECKSUM = 1, 2, 4, 8
HELLO, OPEN, DATA, RESET, CREDIT, PING, PONG, GOAWAY = range(1, 9)
LENGTHS = {HELLO: (40, 4096), RESET: (4, 4), CREDIT: (4, 4), PING: (8, 8), PONG: (8, 8), GOAWAY: (12, 268)}


class Violation(Exception):
    """The answer of a decoder to bytes that break a rule; its text is the name of the finding."""


class Frame:
    def __init__(self, kind, payload=b"", flags=0, protocol=0, klass=0, stream=0):
        self.kind, self.payload, self.flags = kind, payload, flags
        self.protocol, self.klass, self.stream = protocol, klass, stream

    def encode(self):
        head = HEADER.pack(len(self.payload), self.kind, self.flags, self.protocol, self.klass, self.stream)
        whole = head + self.payload
        return whole + struct.pack("<I", crc32c(whole)) if self.flags & CHECKSUM else whole

    def decoded(self):
        return decompress(self.payload) if self.flags & COMPRESSED else self.payload


def decode(data):
    """Gives (frame, bytes taken), or None when more is needed."""
    if len(data) < HEADER.size:
        return None
    length, kind, flags, protocol, klass, stream = HEADER.unpack_from(data)
    check_header(length, kind, flags, protocol, klass, stream)
    end = HEADER.size + length
    total = end + (4 if flags & CHECKSUM else 0)
    if len(data) < total:
        return None
    if flags & CHECKSUM and struct.unpack_from("<I", data, end)[0] != crc32c(data[:end]):
        raise Violation("ChecksumMismatch")
    return Frame(kind, bytes(data[HEADER.size:end]), flags, protocol, klass, stream), total


def check_header(length, kind, flags, protocol, klass, stream):
    on_stream = kind in (OPEN, DATA)
    if length > MAX_PAYLOAD:
        raise Violation("PayloadTooLarge")
    if not HELLO <= kind <= GOAWAY:
        raise Violation("UnknownKind")
    if flags & 0xF0 or klass > 1:
        raise Violation("ReservedBitsSet")
    if protocol > 3:
        raise Violation("UnknownProtocol")
    if (flags & 3 == 3) if on_stream else flags & 7:
        raise Violation("IllegalFlags")
    if kind != CREDIT and (stream == 0) == (on_stream or kind == RESET):
        raise Violation("IllegalStreamId")
    shortest, longest = LENGTHS.get(kind, (0, MAX_PAYLOAD))
    if not shortest <= length <= longest:
        raise Violation("IllegalLength")


def _table():
    table = []
    for value in range(256):
        for _ in range(8):
            value = (value >> 1) ^ (0x82F63B78 if value & 1 else 0)
        table.append(value)
    return table


_TABLE = _table()


def crc32c(data):
    crc = 0xFFFFFFFF
    for value in data:
        crc = _TABLE[(crc ^ value) & 0xFF] ^ (crc >> 8)
    return crc ^ 0xFFFFFFFF


def decompress(payload):
    """Decodes a declared size and one LZ4 block."""
    size = struct.unpack_from("<I", payload)[0] if len(payload) > 4 else 0
    block = payload[4:]
    if not 1 <= size <= min(MAX_PAYLOAD, 255 * len(block) + 64):
        raise Violation("DecompressionFailed")
    out, at = bytearray(), 0
    try:
        while True:
            token = block[at]
            literals, at = _length(block, at + 1, token >> 4)
            if at + literals > len(block) or len(out) + literals > size:
                raise Violation("DecompressionFailed")
            out += block[at:at + literals]
            at += literals
            if at == len(block):
                break
            offset = block[at] | block[at + 1] << 8
            match, at = _length(block, at + 2, token & 15)
            if not 1 <= offset <= len(out) or len(out) > size - 12 or len(out) + match + 4 > size - 5:
                raise Violation("DecompressionFailed")
            for _ in range(match + 4):
                out.append(out[-offset])
    except IndexError:
        raise Violation("DecompressionFailed") from None
    if len(out) != size or token & 15:
        raise Violation("DecompressionFailed")
    return bytes(out)


def _length(block, at, nibble):
    length = nibble
    if nibble == 15:
        while True:
            length += block[at]
            at += 1
            if block[at - 1] != 255:
                break
    return length, at


def compress(data):
    """A declared size and an LZ4 block by greedy search; None where that is not shorter."""
    out, anchor, at, seen = bytearray(struct.pack("<I", len(data))), 0, 0, {}
    while at + 12 < len(data):
        key = data[at:at + 4]
        candidate = seen.get(key)
        seen[key] = at
        if candidate is None:
            at += 1
            continue
        end = at + 4
        while end < len(data) - 5 and data[end] == data[candidate + end - at]:
            end += 1
        _sequence(out, data[anchor:at], at - candidate, end - at)
        at = anchor = end
    _sequence(out, data[anchor:], 0, 0)
    return bytes(out) if len(out) < len(data) else None


def _sequence(out, literals, offset, match):
    high, low = min(15, len(literals)), min(15, match - 4) if offset else 0
    out.append(high << 4 | low)
    _chain(out, high, len(literals))
    out += literals
    if offset:
        out += struct.pack("<H", offset)
        _chain(out, low, match - 4)


def _chain(out, nibble, length):
    if nibble == 15:
        length -= 15
        while length >= 255:
            out.append(255)
            length -= 255
        out.append(length)


def hello(stream_window=1 << 18, window=1 << 20, streams=100, message=1 << 22, versions=(1, 1), magic=b"NCR1"):
    return magic + struct.pack("<HHQIIIIII", *versions, 0, message, stream_window, window, streams, 5000, 0)


def check_hello(payload):
    """Gives the name of what is wrong with a Hello, or None's name."""
    if len(payload) < 40 or payload[:4] != b"NCR1":
        return "NotThisProtocol"
    low, high, _, message, stream_window, window, streams = struct.unpack_from("<HHQIIII", payload, 4)
    if low > 1 or high < 1:
        return "IncompatibleVersion"
    windows = 1 << 16 <= stream_window <= 1 << 24 and 1 << 16 <= window <= 1 << 24
    if not windows or not 1 << 14 <= message <= 1 << 26 or not 1 <= streams <= 65536:
        return "BadHello"
    return "None"

"""Messages of calls, as docs/wire-format.md has them under Calls."""

import struct

RPC = 1
NO_ANSWER, SENDS_ITEMS, GETS_ITEMS = 1, 2, 4
LONGEST_TIME = 86_400_000


def method_id(name):
    """FNV-1a with 64 bits."""
    value = 14695981039346656037
    for byte in name.encode():
        value = (value ^ byte) * 1099511628211 % (1 << 64)
    return value


def request(method, body=b"", timeout=20000, flags=0):
    return struct.pack("<QII", method_id(method), timeout, flags) + body


def request_is_valid(message):
    """The head of a request, whatever its parameters are."""
    if len(message) < 16:
        return False
    timeout, flags = struct.unpack_from("<II", message, 8)
    return 1 <= timeout <= LONGEST_TIME and flags in (0, NO_ANSWER, SENDS_ITEMS, GETS_ITEMS, SENDS_ITEMS | GETS_ITEMS)


def items(*values):
    return b"".join(struct.pack("<I", len(value)) + value for value in values)


def end_of_items(code=0, text=b""):
    return struct.pack("<BBH", code, 0, 0) + text


def read_items(message, frames=1):
    """The items of a message that came in so many frames, or None where it breaks W-87."""
    found, at = [], 0
    while at + 4 <= len(message):
        length = struct.unpack_from("<I", message, at)[0]
        if at + 4 + length > len(message):
            return None
        found.append(message[at + 4:at + 4 + length])
        at += 4 + length
    is_filled = at == len(message) and found
    return found if is_filled and (frames == 1 or len(found) == 1) else None


def read_answer(message):
    """(code, execution, rest) of a response, or None where it breaks W-82."""
    if len(message) < 4 or message[0] > 11 or message[1] > 2 or message[2:4] != b"\0\0":
        return None
    return message[0], message[1], message[4:]

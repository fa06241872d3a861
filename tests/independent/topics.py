"""Blocks of topics, as docs/wire-format.md has them under Topics."""

import struct

PUBSUB = 2
MOST_BYTES = 16384
ATTACH, PUBLISH, SUBSCRIBE, UNSUBSCRIBE, GRANT = range(1, 6)
ATTACHED, TAKEN, ACCEPTED, REFUSED, SUBSCRIBED, ENDED, DELIVER, GAP = range(17, 25)
ACKNOWLEDGE, LAST_VALUE, RECORDS_FOLLOW, COUNT_UNKNOWN = 1, 1, 2, 1

# For each kind: its fields, the flags that it may have, and whether there is something behind the topic.
KINDS = {
    ATTACH: ("<II", 0, False), PUBLISH: ("<IIqI", 1, True), SUBSCRIBE: ("<IIIIBBHQ", 0, True),
    UNSUBSCRIBE: ("<I", 0, False), GRANT: ("<II", 0, False), ATTACHED: ("<QIII", 0, False), TAKEN: ("<I", 0, False),
    ACCEPTED: ("<II", 0, False), REFUSED: ("<IIII", 0, False), SUBSCRIBED: ("<I", 0, False),
    ENDED: ("<II", 0, False), DELIVER: ("<IIQq", 3, True), GAP: ("<IIQQQ", 1, False)}


class Block:
    def __init__(self, kind, fields, topic=b"", tail=b"", flags=0):
        self.kind, self.fields, self.topic, self.tail, self.flags = kind, tuple(fields), topic, tail, flags

    def encode(self):
        fields = struct.pack(KINDS[self.kind][0], *self.fields)
        length = 8 + len(fields) + len(self.topic) + len(self.tail)
        head = struct.pack("<BBHI", self.kind, self.flags, len(self.topic), length)
        return head + fields + self.topic + self.tail


def read_blocks(message):
    """The blocks of a message, or None where one breaks W-94."""
    blocks, at = [], 0
    while at < len(message):
        if at + 8 > len(message):
            return None
        kind, flags, topic, length = struct.unpack_from("<BBHI", message, at)
        if kind not in KINDS or at + length > len(message):
            return None
        layout, known, has_tail = KINDS[kind]
        text = 8 + struct.calcsize(layout)
        least = text + topic
        if flags & ~known or length < least or (length > least and not has_tail):
            return None
        block, at = message[at:at + length], at + length
        fields = struct.unpack_from(layout, block, 8)
        blocks.append(Block(kind, fields, block[text:least], block[least:], flags))
    return blocks


def is_valid_from_client(message):
    """Whether a broker takes the message of a client that has attached, by what is in its blocks alone."""
    blocks = read_blocks(message)
    return blocks is not None and all(map(_is_valid_from_client, blocks))


def _is_valid_from_client(block):
    fields = block.fields
    if block.kind == PUBLISH:
        return 1 <= fields[3] <= MOST_BYTES and fields[1] <= 86_400_000 and records_are_valid(block.tail, fields[3])
    if block.kind == SUBSCRIBE:
        number, items, size, window, rule, group, positions, _ = fields
        return (number > 0 and 1 <= items <= 1 << 20 and 1 <= size <= 1 << 28 and 1 <= window <= 1 << 24 and rule <= 4
                and positions <= 1000 and group <= len(block.tail)
                and positions_are_valid(block.tail[group:], positions))
    return block.kind in (UNSUBSCRIBE, GRANT)


def is_valid_from_broker(message):
    """Whether a client that is attached takes the message of a broker."""
    blocks = read_blocks(message)
    if blocks is None:
        return False
    for block in blocks:
        fields = block.fields
        if block.kind == DELIVER:
            follow = block.flags & RECORDS_FOLLOW
            if not block.topic or not 1 <= fields[1] <= MOST_BYTES:
                return False
            if follow and (block.tail or block is not blocks[-1]):
                return False
            if not follow and not records_are_valid(block.tail, fields[1]):
                return False
        elif block.kind == GAP:
            if fields[4] >= 1 << 63 or (fields[4] == 0) != bool(block.flags & COUNT_UNKNOWN):
                return False
        elif block.kind not in (TAKEN, ACCEPTED, REFUSED, SUBSCRIBED, ENDED):
            return False
    return True


def positions_are_valid(data, count):
    at = 0
    for _ in range(count):
        if at >= len(data) or at + 9 + data[at] > len(data) or not topic_is_valid(data[at + 1:at + 1 + data[at]]):
            return False
        at += 9 + data[at]
    return at == len(data)


def topic_is_valid(name):
    try:
        levels = name.decode().split(".")
    except UnicodeDecodeError:
        return False
    return len(name) <= 255 and len(levels) <= 16 and all(
        level and not any(c in "*>" or c <= " " or c == "\x7f" for c in level) for level in levels)


def record(payload, key=b"", headers=()):
    """One message of a topic; headers are pairs of name and value."""
    flags, body = 0, b""
    if key:
        flags, body = 1, bytes([len(key)]) + key
    if headers:
        packed = b"".join(
            bytes([len(name)]) + name + struct.pack("<H", len(value)) + value for name, value in headers)
        flags, body = flags | 2, body + struct.pack("<H", len(packed)) + packed
    return struct.pack("<IB", 5 + len(body) + len(payload), flags) + body + payload


def payloads(data, count):
    """The payloads of records that are valid."""
    found, at = [], 0
    for _ in range(count):
        length, flags = struct.unpack_from("<IB", data, at)
        body = at + 5
        if flags & 1:
            body += 1 + data[body]
        if flags & 2:
            body += 2 + struct.unpack_from("<H", data, body)[0]
        found.append(data[body:at + length])
        at += length
    return found


def headers_are_valid(data):
    """u8 length, name, u16 length, value, each; a name is not empty."""
    at, count = 0, 0
    while at < len(data):
        name = data[at]
        value_at = at + 1 + name
        if name == 0 or value_at + 2 > len(data):
            return False
        at = value_at + 2 + int.from_bytes(data[value_at:value_at + 2], "little")
        count += 1
    return at == len(data) and 0 < count <= 32


def records_are_valid(data, count):
    """Messages of a topic: so many records, and nothing behind them."""
    at = 0
    for _ in range(count):
        if at + 5 > len(data):
            return False
        length, flags = int.from_bytes(data[at:at + 4], "little"), data[at + 4]
        end, body = at + length, at + 5
        if length < 5 or end > len(data) or flags > 3:
            return False
        if flags & 1:
            if body >= end or data[body] == 0:
                return False
            body += 1 + data[body]
        if flags & 2:
            size = int.from_bytes(data[body:body + 2], "little") if body + 2 <= end else 0
            if not 0 < size <= 4096 or body + 2 + size > end or not headers_are_valid(data[body + 2:body + 2 + size]):
                return False
            body += 2 + size
        if body > end:
            return False
        at = end
    return at == len(data)

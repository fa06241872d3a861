"""Vectors of what lies above the frames, as the second implementation writes and judges it: calls, items, topics."""

import struct

import calls
import topics
from topics import ATTACH, GAP, GRANT, PUBLISH, SUBSCRIBE, UNSUBSCRIBE, Block

METHOD = bytes(range(1, 9))


def shown(data):
    """Hexadecimal digits, long runs of one byte as a count."""
    text, at = "", 0
    while at < len(data):
        end = at
        while end < len(data) and data[end] == data[at]:
            end += 1
        text += f" {data[at]:02X}*{end - at} " if end - at > 64 else data[at:end].hex().upper()
        at = end
    return text.strip().replace("  ", " ")


def requests():
    cases = [("as short as can be", struct.pack("<II", 1, 0)), ("a day", struct.pack("<II", 86_400_000, 0)),
             ("more than a day", struct.pack("<II", 86_400_001, 0)), ("no time", struct.pack("<II", 0, 0)),
             ("all the time", struct.pack("<II", 0xFFFFFFFF, 0)), ("a byte short", struct.pack("<II", 1, 0)[:-1]),
             ("the method alone", b""), ("parameters", struct.pack("<II", 1000, 0) + bytes(100))]
    cases += [(f"flags {flags}", struct.pack("<II", 1000, flags)) for flags in (2, 3, 4, 5, 6, 7, 8, 16, 1 << 31)]
    for name, rest in cases:
        yield {"name": name, "bytes": shown(METHOD + rest), "valid": calls.request_is_valid(METHOD + rest)}
    yield {"name": "nothing", "bytes": "", "valid": calls.request_is_valid(b"")}


def items():
    one, long = calls.items(b"one"), calls.items(bytes(20_000))
    cases = [
        ("one", one), ("three", calls.items(b"1", b"22", b"333")), ("an empty one", calls.items(b"")),
        ("empty ones between", calls.items(b"", b"a", b"", b"")), ("a frame's length", calls.items(bytes(16_376))),
        ("longer than a frame", long), ("nothing", b""), ("half a length", b"\1\0"), ("a length alone", one[:4]),
        ("a byte short", one[:-1]), ("a byte over", one + b"\0"), ("half a length over", one + b"\0\0\0"),
        ("4 GiB", b"\xFF" * 4 + b"abcd"), ("2 GiB", b"\0\0\0\x80" + b"abcd"), ("long, a byte short", long[:-1]),
        ("long, a byte over", long + b"\0"), ("two, longer than a frame", calls.items(bytes(9000), bytes(9000))),
        ("long, and another", long + one)]
    for name, message in cases:
        # An item of this contract is bytes behind their length, so that it is one more level of the same.
        packed = _nested(message)
        found = calls.read_items(packed, 1 + (len(packed) - 1) // 16_384)
        vector = {"name": name, "bytes": shown(packed), "valid": found is not None}
        if found is not None:
            vector["joined"] = shown(b"".join(item[4:] for item in found))
        yield vector


def _nested(message):
    found = calls.read_items(message)
    return message if found is None else calls.items(*(struct.pack("<I", len(item)) + item for item in found))


def blocks():
    for name, block in from_client():
        data = block.encode() if isinstance(block, Block) else block
        yield {"name": name, "from": "client", "bytes": shown(data), "valid": topics.is_valid_from_client(data)}
    for name, block in from_broker():
        data = block.encode() if isinstance(block, Block) else block
        yield {"name": name, "from": "broker", "bytes": shown(data), "valid": topics.is_valid_from_broker(data)}


def subscribe(number=1, items=1, size=1, window=1, rule=0, group=b"", positions=0, tail=b"", pattern=b"a.*"):
    return Block(SUBSCRIBE, (number, items, size, window, rule, len(group), positions, 7), pattern, group + tail)


def publish(*records, number=0, wait=1000, count=None, flags=0, topic=b"a.b"):
    fields = (number, wait, -1, len(records) if count is None else count)
    return Block(PUBLISH, fields, topic, b"".join(records), flags)


def deliver(*records, count=None, topic=b"a.b", flags=0):
    fields = (3, len(records) if count is None else count, 1, 0)
    return Block(topics.DELIVER, fields, topic, b"".join(records), flags)


def gap(count, flags=0, topic=b"a.b"):
    return Block(GAP, (3, 1, 1, 5, count), topic, b"", flags)


def from_client():
    record, position = topics.record(b"x"), b"\3a.b" + bytes(8)
    yield "subscribe", subscribe()
    yield "with a group", subscribe(group=b"g")
    yield "with the highest bounds", subscribe(items=1 << 20, size=1 << 28, window=1 << 24)
    yield "too many messages", subscribe(items=(1 << 20) + 1)
    yield "too many bytes", subscribe(size=(1 << 28) + 1)
    yield "too large a window", subscribe(window=(1 << 24) + 1)
    yield "no messages", subscribe(items=0)
    yield "no bytes", subscribe(size=0)
    yield "no window", subscribe(window=0)
    yield "number 0", subscribe(number=0)
    yield "the last rule", subscribe(rule=4)
    yield "an unknown rule", subscribe(rule=5)
    yield "a position", subscribe(positions=1, tail=position)
    yield "two positions", subscribe(positions=2, tail=position * 2)
    yield "a position that is missing", subscribe(positions=2, tail=position)
    yield "a position too many", subscribe(tail=position)
    yield "half a position", subscribe(positions=1, tail=position[:-1])
    yield "a position of a pattern", subscribe(positions=1, tail=b"\3a.*" + bytes(8))
    yield "a group and a position", subscribe(group=b"gg", positions=1, tail=position)
    yield "a group that is not there", Block(SUBSCRIBE, (1, 1, 1, 1, 0, 9, 0, 7), b"a")
    yield "publish", publish(record)
    yield "acknowledged", publish(record, number=5, flags=1)
    yield "the longest wait", publish(record, wait=86_400_000)
    yield "a longer wait", publish(record, wait=86_400_001)
    yield "two records", publish(record, record)
    yield "no records", publish()
    yield "a record too few", publish(record, count=2)
    yield "a record too many", publish(record, record, count=1)
    yield "a reserved flag of publish", publish(record, flags=2)
    yield "a record with half a head", publish(b"\5\0\0\0")
    yield "two blocks", subscribe().encode() + publish(record).encode()
    yield "one and half of one", subscribe().encode() + publish(record).encode()[:-1]
    yield "one and half a head", subscribe().encode() + b"\2\0\0"
    yield "unsubscribe", Block(UNSUBSCRIBE, (9,))
    yield "a topic where there is none", Block(UNSUBSCRIBE, (9,), b"a")
    yield "more than its fields", Block(UNSUBSCRIBE, (9,), b"", b"a")
    yield "a flag of unsubscribe", Block(UNSUBSCRIBE, (9,), flags=1)
    yield "a grant for one that has ended", Block(GRANT, (99, 100))
    yield "a grant without its bytes", _cut(Block(GRANT, (9, 1)), 4)
    yield "attach once more", Block(ATTACH, (1, 1000))
    yield "a length of 0", b"\4\0\0\0\0\0\0\0\1\0\0\0"
    yield "a length of 4 GiB", b"\5\0\0\0\xFF\xFF\xFF\xFF" + bytes(8)
    yield "kind 0", b"\0\0\0\0\x08\0\0\0"
    yield "kind 6", b"\6\0\0\0\x08\0\0\0"
    yield "a block of the broker", Block(topics.TAKEN, (1,))
    yield "a topic longer than its block", b"\2\0\xFF\xFF\x21\0\0\0" + publish(record).encode()[8:33]


def from_broker():
    record = topics.record(b"x", b"k")
    yield "deliver", deliver(record)
    yield "last values", deliver(record, record, flags=1)
    yield "no topic", deliver(record, topic=b"")
    yield "no records", deliver()
    yield "too few records", deliver(record, count=2)
    yield "too many records", deliver(record, record, count=1)
    yield "a reserved flag of deliver", deliver(record, flags=4)
    yield "records follow and are there", deliver(record, flags=2)
    yield "records follow, and a block", deliver(count=1, flags=2).encode() + gap(5).encode()
    yield "a gap", gap(5)
    yield "a gap of no topic", gap(5, topic=b"")
    yield "a gap of unknown size", gap(0, 1)
    yield "a gap of nothing", gap(0)
    yield "a size that is unknown and there", gap(5, 1)
    yield "a count of 2^63", gap(1 << 63)
    yield "a reserved flag of gap", gap(5, 2)
    yield "taken", Block(topics.TAKEN, (0,))
    yield "accepted", Block(topics.ACCEPTED, (50, 50))
    yield "refused", Block(topics.REFUSED, (50, 1, 0, 1))
    yield "subscribed", Block(topics.SUBSCRIBED, (9,))
    yield "ended", Block(topics.ENDED, (9, 1))
    yield "ended without its error", _cut(Block(topics.ENDED, (9, 1)), 4)
    yield "attached once more", Block(topics.ATTACHED, (7, 1000, 1000, 1))
    yield "a block of the client", subscribe()
    yield "all in one", deliver(record).encode() + gap(5).encode() + Block(topics.TAKEN, (0,)).encode()
    yield "half a block", deliver(record).encode()[:-1]
    yield "an unknown kind", b"\x19\0\0\0\x08\0\0\0"


def _cut(block, count):
    data = block.encode()[:-count]
    return data[:4] + struct.pack("<I", len(data)) + data[8:]

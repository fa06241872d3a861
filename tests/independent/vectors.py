"""Runs tests/vectors through the second implementation; with --write, writes those that are this one's to write."""

import json
import pathlib
import random
import sys

import calls
import messages
import topics
import wire

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "vectors"
OWN = ("second.json", "hello.json", "requests.json", "items.json", "blocks.json")


def read_hex(text):
    parts = (part.split("*") for part in text.split())
    return b"".join(bytes.fromhex(part[0]) * int((part + ["1"])[1]) for part in parts)


def check_frame(vector):
    data = read_hex(vector["bytes"])
    try:
        found = wire.decode(data)
        if found is None:
            return "NeedMore"
        frame, taken = found
        assert frame.encode() == data[:taken], "encodes to other bytes"
        fields = (frame.kind, frame.flags, frame.protocol, frame.klass, frame.stream, frame.payload)
        expected = tuple(vector[name] for name in ("kind", "flags", "protocol", "class", "stream"))
        assert fields == expected + (read_hex(vector["payload"]),), f"other fields: {fields[:5]}"
        plain = frame.decoded()
        if frame.flags & wire.COMPRESSED:
            assert plain == read_hex(vector["decoded"]), "decompresses to other bytes"
        return "Complete"
    except wire.Violation as violation:
        return str(violation)


def check_records(vector):
    return topics.records_are_valid(read_hex(vector["records"]), vector["count"])


def check_items(vector):
    message = read_hex(vector["bytes"])
    found = calls.read_items(message, 1 + (len(message) - 1) // wire.MAX_PAYLOAD)
    assert found is None or b"".join(item[4:] for item in found) == read_hex(vector["joined"]), "other items"
    return found is not None


def check_blocks(vector):
    is_valid = topics.is_valid_from_client if vector["from"] == "client" else topics.is_valid_from_broker
    return is_valid(read_hex(vector["bytes"]))


MESSAGES = {
    "topics.json": check_records, "items.json": check_items, "blocks.json": check_blocks,
    "requests.json": lambda vector: calls.request_is_valid(read_hex(vector["bytes"]))}


def check(file, vector):
    """What this implementation says, and what the vector does."""
    if file in MESSAGES:
        return MESSAGES[file](vector), vector["valid"]
    if file == "hello.json":
        return wire.check_hello(read_hex(vector["bytes"])), vector["status"]
    return check_frame(vector), vector["status"]


def own_frames():
    """Frames of any shape as this implementation writes them."""
    chance = random.Random(20)
    for number in range(60):
        words = [bytes(chance.randrange(256) for _ in range(chance.randrange(1, 9))) for _ in range(5)]
        plain = b"".join(chance.choice(words) for _ in range(chance.randrange(1, 120)))
        packed = wire.compress(plain) if number % 3 else None
        flags = chance.choice((0, wire.END, wire.MORE)) | chance.choice((0, wire.CHECKSUM))
        frame = wire.Frame(
            chance.choice((wire.OPEN, wire.DATA)), packed or plain, flags | (wire.COMPRESSED if packed else 0),
            chance.randrange(4), chance.randrange(2), chance.randrange(1, 1 << 64))
        vector = {
            "name": f"frame {number} of the second implementation", "bytes": frame.encode().hex().upper(),
            "status": "Complete", "kind": frame.kind, "flags": frame.flags, "protocol": frame.protocol,
            "class": frame.klass, "stream": frame.stream, "payload": frame.payload.hex().upper()}
        if packed:
            vector["decoded"] = plain.hex().upper()
        yield vector


def own_hellos():
    cases = [
        ("the defaults", wire.hello()), ("later fields", wire.hello() + bytes(range(60))),
        ("too short", wire.hello()[:39]), ("nothing", b""), ("another magic", wire.hello(magic=b"NCR2")),
        ("magic in the other order", wire.hello(magic=b"1RCN")),
        ("versions 0 to 9", wire.hello(versions=(0, 9))), ("version 0", wire.hello(versions=(0, 0))),
        ("versions from 2", wire.hello(versions=(2, 9))), ("versions upside down", wire.hello(versions=(2, 1)))]
    for name, low, high in (("stream_window", 1 << 16, 1 << 24), ("window", 1 << 16, 1 << 24),
                            ("message", 1 << 14, 1 << 26), ("streams", 1, 65536)):
        for value in (low - 1, low, high, high + 1, (1 << 32) - 1):
            cases.append((f"{name} {value}", wire.hello(**{name: value})))
    for name, payload in cases:
        yield {"name": name, "bytes": payload.hex().upper(), "status": wire.check_hello(payload)}


def text(vectors):
    return "[\n" + ",\n".join("  " + json.dumps(vector) for vector in vectors) + "\n]\n"


def main():
    written = own_frames(), own_hellos(), messages.requests(), messages.items(), messages.blocks()
    for name, vectors in zip(OWN, written):
        content = text(vectors)
        if "--write" in sys.argv:
            (FOLDER / name).write_text(content)
        assert (FOLDER / name).read_text() == content, f"{name} is out of date: run this with --write"
    count = 0
    for path in sorted(FOLDER.glob("*.json")):
        for vector in json.loads(path.read_text()):
            answer, expected = check(path.name, vector)
            assert answer == expected, f"{path.name}, {vector['name']}: {answer}, not {expected}"
            count += 1
    assert wire.crc32c(b"123456789") == 0xE3069283
    print(f"{count} vectors")


main()

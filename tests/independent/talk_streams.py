"""Calls with items against a server of NetCore."""

import struct
import time

import calls
from calls import GETS_ITEMS, SENDS_ITEMS
from peer import TIMEOUT, Peer

BAD_MESSAGE, HANDLER_FAILED = 4, 5


def number(value):
    return struct.pack("<i", value)


def server_stream(host, port):
    with Peer(host, port) as peer:
        *found, answer = peer.items(peer.request("Count", number(1000), GETS_ITEMS))
        assert found == [number(value) for value in range(1000)] and answer == (0, 2, b"")


def server_stream_at_the_pace_of_its_consumer(host, port):
    with Peer(host, port, stream_window=1 << 16) as peer:
        stream = peer.request("Blocks", number(200) + number(8000), GETS_ITEMS)
        items = peer.items(stream, grants=False)
        taken = sum(len(next(items)) + 4 for _ in range(7))

        # Nothing was granted: what is sent ends with the window, and other calls go on.
        for value in range(5):
            assert peer.call("Add", number(value) + number(1)) == (0, 2, number(value + 1))
        waiting = peer.streams_open[stream].frames
        sent = taken + sum(len(frame.decoded()) for frame in waiting)
        assert sent <= 1 << 16, f"{sent} bytes were sent without credit"
        peer.grant(stream, 1 << 16)
        *rest, answer = peer.items(stream)
        assert 7 + len(rest) <= 200 and set(map(len, rest)) == {8000} and answer[0] == 0


def long_items(host, port):
    with Peer(host, port, stream_window=1 << 16) as peer:
        *found, answer = peer.items(peer.request("Blocks", number(3) + number(300_000), GETS_ITEMS))
        assert [len(item) for item in found] == [300_000] * 3 and answer[0] == 0


def client_stream(host, port):
    with Peer(host, port) as peer:
        stream = peer.request("Sum", flags=SENDS_ITEMS)
        for first in range(0, 300, 100):
            peer.say(stream, calls.items(*map(number, range(first, first + 100))))
        peer.say(stream, calls.end_of_items(), ends=True)
        assert peer.answer(stream) == (0, 2, struct.pack("<q", sum(range(300))))


def client_stream_longer_than_the_window(host, port):
    with Peer(host, port) as peer:
        stream = peer.request("Lengths", flags=SENDS_ITEMS)
        for _ in range(100):
            peer.say(stream, calls.items(number(29_996) + bytes(29_996)))
        peer.say(stream, calls.end_of_items(), ends=True)
        assert peer.answer(stream) == (0, 2, struct.pack("<q", 3_000_000))


def duplex(host, port):
    with Peer(host, port) as peer:
        stream = peer.request("Mirror", flags=SENDS_ITEMS | GETS_ITEMS)
        items = peer.items(stream)
        for text in (b"one", b"", b"three" * 10_000, b"4"):
            value = struct.pack("<i", len(text)) + text
            peer.say(stream, calls.items(value))
            assert next(items) == value
        peer.say(stream, calls.end_of_items(), ends=True)
        assert next(items) == (0, 2, b"")


def errors_come_after_the_items(host, port):
    with Peer(host, port) as peer:
        *found, answer = peer.items(peer.request("Fail", number(3), GETS_ITEMS))
        assert found == [number(value) for value in range(3)] and answer[:2] == (HANDLER_FAILED, 2)

        # A caller that gives up in order, and one whose items are malformed.
        stream = peer.request("Sum", flags=SENDS_ITEMS)
        peer.say(stream, calls.items(number(1)))
        peer.say(stream, calls.end_of_items(HANDLER_FAILED, b"no more"), ends=True)
        assert peer.answer(stream)[0] != 0
        for message in (b"", b"\1\0\0", b"\5\0\0\0abcd", calls.items(number(1)) + b"\0"):
            stream = peer.request("Sum", flags=SENDS_ITEMS)
            peer.say(stream, message)
            assert peer.answer(stream)[0] == BAD_MESSAGE, message
        assert peer.call("Count", number(1))[0] == BAD_MESSAGE


def cancelled_stream(host, port):
    with Peer(host, port) as peer:
        before = peer.call("Cancelled")[2]
        stream = peer.request("Endless", flags=GETS_ITEMS)
        items = peer.items(stream)
        assert next(items) == number(0) and next(items) == number(1)
        peer.reset(stream, 1)
        end = time.monotonic() + TIMEOUT
        while peer.call("Cancelled")[2] == before:
            assert time.monotonic() < end, "the handler was not told"


SCENARIOS = (server_stream, server_stream_at_the_pace_of_its_consumer, long_items, client_stream,
             client_stream_longer_than_the_window, duplex, errors_come_after_the_items, cancelled_stream)

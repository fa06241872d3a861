"""Talks to a server of NetCore: python3 talk.py HOST PORT. Each scenario prints its name when it has come out right."""

import pathlib
import struct
import sys
import time

import talk_streams
import talk_topics
import wire
from peer import TIMEOUT, Peer

HOST, PORT = sys.argv[1], int(sys.argv[2])
DOCUMENT = pathlib.Path(__file__).resolve().parents[2] / "docs" / "wire-format.md"


def with_length(data):
    return struct.pack("<i", len(data)) + data


def handshake():
    with Peer(HOST, PORT) as peer:
        assert peer.streams >= 1 and peer.stream_credit >= 1 << 16


def hello_byte_by_byte():
    with Peer(HOST, PORT, greet=False) as peer:
        for byte in wire.Frame(wire.HELLO, wire.hello() + b"later fields", wire.CHECKSUM).encode():
            peer.socket.sendall(bytes([byte]))
        assert peer.receive().kind == wire.HELLO
        peer.stream_credit = peer.credit = 1 << 16
        assert peer.call("Add", struct.pack("<ii", 2, 3)) == (0, 2, struct.pack("<i", 5))


def example_of_the_document():
    lines = [line for line in DOCUMENT.read_text().splitlines() if line[:2] in ("> ", "< ")]
    assert len(lines) == 13, "the example is not where it was"
    with Peer(HOST, PORT, greet=False) as peer:
        for line in lines:
            said = bytes.fromhex(line[2:].split("   ")[0])
            if line[0] == ">":
                peer.socket.sendall(said)
                continue
            heard = b""
            while len(heard) < len(said):
                heard += peer.socket.recv(len(said) - len(heard)) or b"an end, which is longer than a line"
            assert heard == said, f"{heard.hex(' ')}, not {line}"


def calls():
    with Peer(HOST, PORT) as peer:
        for number in range(50):
            assert peer.call("Add", struct.pack("<ii", number, -7)) == (0, 2, struct.pack("<i", number - 7))


def pipelined_calls():
    with Peer(HOST, PORT) as peer:
        streams = [peer.request("Add", struct.pack("<ii", number, 1)) for number in range(20)]
        for stream, number in sorted(zip(streams, range(20)), reverse=True):
            assert peer.answer(stream) == (0, 2, struct.pack("<i", number + 1))


def fragments_and_credit():
    data = bytes(range(251)) * 800
    with Peer(HOST, PORT, stream_window=1 << 16, window=1 << 16) as peer:
        code, _, body = peer.call("Echo", with_length(data))
        assert code == 0 and body == with_length(data)


def checksum_and_compression():
    data = b"to be or not to be, " * 3000
    with Peer(HOST, PORT) as peer:
        code, _, body = peer.call("Echo", with_length(data), extra=wire.CHECKSUM, pack=True)
        assert code == 0 and body == with_length(data)


def errors_of_calls():
    with Peer(HOST, PORT) as peer:
        assert peer.call("Missing")[:2] == (3, 0)
        assert peer.call("Add", b"\1")[:2] == (4, 0)
        assert peer.call("Add", bytes(9))[:2] == (4, 0)
        assert peer.call("Add", bytes(8), timeout=0)[:2] == (4, 0)
        assert peer.call("Add", bytes(8), flags=2)[:2] == (4, 0)
        assert peer.call("Add", bytes(8))[:2] == (0, 2)


def cancel():
    with Peer(HOST, PORT) as peer:
        before = peer.call("Cancelled")[2]
        stream = peer.request("Wait")
        while peer.call("Waiting")[2] == bytes(4):
            time.sleep(0.005)
        peer.reset(stream, 1)
        end = time.monotonic() + TIMEOUT
        while peer.call("Cancelled")[2] == before:
            assert time.monotonic() < end, "the handler was not told"


def ping():
    with Peer(HOST, PORT) as peer:
        peer.send(wire.Frame(wire.PING, b"12345678"), wire.Frame(wire.PING, bytes(8)))
        for value in (b"12345678", bytes(8)):
            frame = peer.receive()
            assert frame.kind == wire.PONG and frame.payload == value


def goaway_of_this_side():
    with Peer(HOST, PORT) as peer:
        stream = peer.request("Add", struct.pack("<ii", 1, 2))
        peer.send(wire.Frame(wire.GOAWAY, struct.pack("<QI", 0, 0)))
        assert peer.answer(stream)[2] == struct.pack("<i", 3)
        peer.socket.shutdown(1)
        assert peer.ends()


def violations():
    opened = wire.Frame(wire.OPEN, b"", wire.END, 1, 0, 1).encode()
    bad = wire.Frame(wire.DATA, b"abc", wire.CHECKSUM, 1, 0, 1).encode()
    packed = wire.Frame(wire.OPEN, b"\5\0\0\0\x51abcde", wire.END | wire.COMPRESSED, 1, 0, 1).encode()
    cases = {
        "a kind of 0": (bytes(16), 7),
        "too long": (struct.pack("<IBBBBQ", 16385, 3, 0, 1, 0, 1), 8),
        "a wrong checksum": (bad[:-1] + bytes([bad[-1] ^ 1]), 9),
        "a damaged block": (packed, 10),
        "a number of the other side": (wire.Frame(wire.OPEN, b"", wire.END, 1, 0, 2).encode(), 11),
        "a number twice": (opened + opened, 11),
        "data of no stream": (wire.Frame(wire.DATA, b"", wire.END, 1, 0, 9).encode(), 11),
        "a second hello": (wire.Frame(wire.HELLO, wire.hello()).encode(), 11),
        "a grant of nothing": (wire.Frame(wire.CREDIT, bytes(4)).encode(), 12),
    }
    for name, (data, code) in cases.items():
        with Peer(HOST, PORT) as peer:
            peer.socket.sendall(data)
            found = peer.goaway()[1]
            assert found == code and peer.ends(), f"{name}: {found}, not {code}"
    hellos = {
        "HTTP": (b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", 4), "a magic": (wire.hello(magic=b"NCR2"), 4),
        "versions": (wire.hello(versions=(2, 3)), 5), "streams": (wire.hello(streams=0), 6),
    }
    for name, (data, code) in hellos.items():
        with Peer(HOST, PORT, greet=False) as peer:
            peer.socket.sendall(data if name == "HTTP" else wire.Frame(wire.HELLO, data).encode())
            found = peer.goaway()[1]
            assert found == code and peer.ends(), f"{name}: {found}, not {code}"


def drain_of_the_server():
    with Peer(HOST, PORT) as peer:
        peer.call("Add", bytes(8))
        print("drain", flush=True)
        last, code = peer.goaway()
        assert last == 1 and code in (0, 18), f"last {last}, code {code}"
        peer.socket.shutdown(1)
        assert peer.ends()


SCENARIOS = (handshake, hello_byte_by_byte, example_of_the_document, calls, pipelined_calls, fragments_and_credit,
             checksum_and_compression, errors_of_calls, cancel, ping, goaway_of_this_side, violations)

for scenario in SCENARIOS:
    scenario()
    print(scenario.__name__, flush=True)
for scenario in (*talk_streams.SCENARIOS, *talk_topics.SCENARIOS):
    scenario(HOST, PORT)
    print(scenario.__name__, flush=True)
drain_of_the_server()
print("done", flush=True)

"""One connection to a server, as the second implementation sees it."""

import socket
import struct

import wire

RPC = 1
TIMEOUT = 30


class Peer:
    def __init__(self, host, port, greet=True, **hello):
        self.socket = socket.create_connection((host, port), TIMEOUT)
        self.data = b""
        self.next_stream = 1
        if greet:
            self.send(wire.Frame(wire.HELLO, wire.hello(**hello)))
            first = self.receive()
            assert first.kind == wire.HELLO and wire.check_hello(first.payload) == "None", "no Hello first"
            fields = struct.unpack_from("<IIII", first.payload, 16)
            self.message, self.stream_credit, self.credit, self.streams = fields

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, *frames):
        self.socket.sendall(b"".join(frame.encode() for frame in frames))

    def receive(self):
        """The next frame, or None at the end of the input."""
        while (found := wire.decode(self.data)) is None:
            more = self.socket.recv(65536)
            if not more:
                assert not self.data, "the input ends inside a frame"
                return None
            self.data += more
        frame, taken = found
        self.data = self.data[taken:]
        return frame

    def open(self, method, body=b"", flags=0, extra=0, timeout=20000, pack=None):
        """Sends a request in as many frames as it needs and gives its stream."""
        stream, self.next_stream = self.next_stream, self.next_stream + 2
        message = struct.pack("<QII", wire.method_id("independent/" + method), timeout, flags) + body
        assert len(message) <= min(self.stream_credit, self.credit), "more than the credit; this peer does not wait"
        self.credit -= len(message)
        pieces = [message[at:at + wire.MAX_PAYLOAD] for at in range(0, len(message), wire.MAX_PAYLOAD)]
        for number, piece in enumerate(pieces):
            packed = wire.compress(piece) if pack else None
            last = number == len(pieces) - 1
            bits = (wire.END if last else wire.MORE) | extra | (wire.COMPRESSED if packed else 0)
            kind = wire.DATA if number else wire.OPEN
            self.send(wire.Frame(kind, packed or piece, bits, RPC, 0, stream))
        return stream

    def answer(self, stream):
        """Gives (code, execution, body) of an answer; grants what it takes, frame by frame."""
        message = b""
        while True:
            frame = self.receive()
            assert frame is not None, "the connection ended before the answer"
            if frame.kind == wire.CREDIT:
                self.credit += struct.unpack("<I", frame.payload)[0] if frame.stream == 0 else 0
                continue
            assert frame.kind == wire.DATA and frame.stream == stream, f"kind {frame.kind} on {frame.stream}"
            assert frame.protocol == RPC, "an answer of another protocol"
            plain = frame.decoded()
            message += plain
            if not frame.flags & wire.MORE:
                assert frame.flags & wire.END, "an answer that does not end its stream"
                assert message[2:4] == b"\0\0", "reserved bytes"
                return message[0], message[1], message[4:]
            grant = struct.pack("<I", len(plain))
            self.send(*(wire.Frame(wire.CREDIT, grant, stream=number) for number in (0, stream)))

    def call(self, method, body=b"", **more):
        return self.answer(self.open(method, body, **more))

    def goaway(self):
        """Skips to the GoAway and gives (last stream, code)."""
        while (frame := self.receive()) is not None:
            if frame.kind == wire.GOAWAY:
                return struct.unpack_from("<QI", frame.payload)
        raise AssertionError("the connection ended without a GoAway")

    def ends(self):
        while self.receive() is not None:
            pass
        return True

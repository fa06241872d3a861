"""One connection to a server, as the second implementation sees it."""

import socket
import struct

import calls
import wire

TIMEOUT = 30


class Stream:
    def __init__(self, protocol, klass, credit):
        self.protocol, self.klass, self.credit, self.frames = protocol, klass, credit, []


class Peer:
    def __init__(self, host, port, greet=True, **hello):
        self.socket = socket.create_connection((host, port), TIMEOUT)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.data = b""
        self.next_stream = 1
        self.streams_open = {}
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

    def open(self, protocol, message, ends, klass=0, extra=0, pack=False):
        """Opens a stream by its first message and gives its number."""
        stream, self.next_stream = self.next_stream, self.next_stream + 2
        self.streams_open[stream] = Stream(protocol, klass, self.stream_credit)
        self.say(stream, message, ends, extra, pack, wire.OPEN)
        return stream

    def say(self, stream, message, ends=False, extra=0, pack=False, kind=wire.DATA):
        """Sends a message in as many frames as it needs; waits for credit, and keeps what arrives meanwhile."""
        state = self.streams_open[stream]
        pieces = [message[at:at + wire.MAX_PAYLOAD] for at in range(0, max(len(message), 1), wire.MAX_PAYLOAD)]
        for number, piece in enumerate(pieces):
            while min(state.credit, self.credit) < len(piece):
                self._take(self.receive())
            state.credit -= len(piece)
            self.credit -= len(piece)
            packed = wire.compress(piece) if pack else None
            is_last = number == len(pieces) - 1
            bits = (0 if is_last else wire.MORE) | (wire.END if is_last and ends else 0)
            bits |= extra | (wire.COMPRESSED if packed else 0)
            frame = wire.Frame(kind, packed or piece, bits, state.protocol, state.klass, stream)
            kind = wire.DATA
            self.send(frame)

    def hear(self, stream, grants=True):
        """The next message of a stream as (bytes, frames, whether it ends); None for bytes when it is reset."""
        state = self.streams_open[stream]
        message, count = b"", 0
        while True:
            while not state.frames:
                self._take(self.receive())
            frame = state.frames.pop(0)
            if frame.kind == wire.RESET:
                return None, struct.unpack("<I", frame.payload)[0], True
            assert frame.protocol == state.protocol, "a message of another protocol"
            plain = frame.decoded()
            message, count, ends = message + plain, count + 1, bool(frame.flags & wire.END)
            if plain:
                self.grant(0, len(plain))
                if grants and not ends:
                    self.grant(stream, len(plain))
            if not frame.flags & wire.MORE:
                return message, count, ends

    def grant(self, stream, count):
        self.send(wire.Frame(wire.CREDIT, struct.pack("<I", count), stream=stream))

    def reset(self, stream, code):
        self.send(wire.Frame(wire.RESET, struct.pack("<I", code), stream=stream))

    def _take(self, frame):
        assert frame is not None, "the connection ended meanwhile"
        if frame.kind == wire.CREDIT:
            count = struct.unpack("<I", frame.payload)[0]
            if frame.stream == 0:
                self.credit += count
            elif frame.stream in self.streams_open:
                self.streams_open[frame.stream].credit += count
        elif frame.kind == wire.PING:
            self.send(wire.Frame(wire.PONG, frame.payload))
        else:
            assert frame.kind in (wire.DATA, wire.RESET), f"kind {frame.kind} on {frame.stream}"
            self.streams_open[frame.stream].frames.append(frame)

    def request(self, method, body=b"", flags=0, timeout=20000, **more):
        """Begins a call that is not over with its request if it sends items."""
        message = calls.request("independent/" + method, body, timeout, flags)
        has_items = bool(flags & (calls.SENDS_ITEMS | calls.GETS_ITEMS))
        return self.open(calls.RPC, message, not flags & calls.SENDS_ITEMS, klass=int(has_items), **more)

    def answer(self, stream):
        """Gives (code, execution, body) of an answer without items."""
        message, _, ends = self.hear(stream)
        assert message is not None and ends, "an answer that does not end its stream"
        found = calls.read_answer(message)
        assert found is not None, "a malformed answer"
        return found

    def items(self, stream, grants=True):
        """Gives each item of a call, and at last its answer."""
        while True:
            message, frames, ends = self.hear(stream, grants)
            assert message is not None, f"reset with {frames}"
            if ends:
                yield calls.read_answer(message)
                return
            found = calls.read_items(message, frames)
            assert found is not None, "items that do not fill their message"
            yield from found

    def call(self, method, body=b"", **more):
        return self.answer(self.request(method, body, **more))

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

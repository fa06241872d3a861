"""Topics against a broker of NetCore."""

import topics
from peer import Peer
from topics import ATTACH, ATTACHED, DELIVER, ENDED, GAP, GRANT, PUBLISH, SUBSCRIBE, SUBSCRIBED, UNSUBSCRIBE, Block

WINDOW = 1 << 20
DROP_OLDEST = 0
PROTOCOL_VIOLATION, INVALID_TOPIC = 512 + 14, 1


class Client:
    """One stream of topics over a connection of its own."""

    def __init__(self, host, port):
        self.peer = Peer(host, port)
        self.blocks = []
        self.announced = None
        attach = Block(ATTACH, (1, WINDOW)).encode()
        self.stream = self.peer.open(topics.PUBSUB, attach, ends=False)
        self.window, self.taken = 0, []
        attached = self.next()
        assert attached.kind == ATTACHED and attached.fields[3] == 1
        self.epoch, self.window = attached.fields[:2]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.peer.socket.close()

    def say(self, *blocks):
        self.peer.say(self.stream, b"".join(block.encode() for block in blocks))

    def next(self):
        """The next block; of a Deliver whose records are the next message, with these."""
        while not self.blocks:
            message, frames, ends = self.peer.hear(self.stream)
            assert message is not None and not ends, f"the stream ended: {frames}"
            self.say(Block(GRANT, (0, len(message) + 1024)))
            if self.announced:
                announced, self.announced = self.announced, None
                announced.tail = message
                assert topics.records_are_valid(message, announced.fields[1])
                return announced
            found = topics.read_blocks(message)
            assert found is not None, "a malformed message of the broker"
            assert found[0].kind == ATTACHED or topics.is_valid_from_broker(message), "a malformed block of the broker"
            if found[-1].kind == DELIVER and found[-1].flags & topics.RECORDS_FOLLOW:
                self.announced = found.pop()
            self.taken += [block.fields[0] for block in found if block.kind == topics.TAKEN]
            self.window += sum(block.fields[0] for block in found if block.kind == topics.TAKEN)
            self.blocks += found
        return self.blocks.pop(0)

    def expect(self, kind):
        """The next block of a kind; Taken comes at any time."""
        while (block := self.next()).kind == topics.TAKEN and kind != topics.TAKEN:
            pass
        assert block.kind == kind, f"kind {block.kind}, not {kind}"
        return block

    def subscribe(self, number, pattern, items=1000, size=WINDOW, window=WINDOW, rule=DROP_OLDEST, group=b""):
        fields = (number, items, size, window, rule, len(group), 0, 0)
        self.say(Block(SUBSCRIBE, fields, pattern, group))
        return self.expect(SUBSCRIBED if topics.topic_is_valid(pattern.strip(b">*.") or b"a") else ENDED)

    def publish(self, topic, *records, number=0):
        kept = []
        while self.window <= 0:
            kept.append(self.next())
        self.blocks = [block for block in kept if block.kind != topics.TAKEN] + self.blocks
        fields = (number, 1000, 1_700_000_000_000_000, len(records))
        block = Block(PUBLISH, fields, topic, b"".join(records), topics.ACKNOWLEDGE if number else 0)
        self.window -= len(block.encode()) + 1024
        self.say(block)


def publish_and_subscribe(host, port):
    with Client(host, port) as publisher, Client(host, port) as reader:
        assert publisher.epoch == reader.epoch
        reader.subscribe(1, b"prices.*")
        written = [topics.record(b"1.08", key=b"eur"), topics.record(b"", headers=[(b"a", b"1"), (b"b", b"")]),
                   topics.record(bytes(range(256)))]
        publisher.publish(b"prices.eur", *written, number=7)
        accepted = publisher.expect(topics.ACCEPTED)
        assert accepted.fields[0] <= 7 <= accepted.fields[1]
        publisher.publish(b"other.eur", topics.record(b"nobody"))
        publisher.publish(b"prices.usd", topics.record(b"1"))
        numbers = {b"prices.eur": 1, b"prices.usd": 1}
        records = {name: b"" for name in numbers}
        while len(records[b"prices.eur"]) < sum(map(len, written)) or not records[b"prices.usd"]:
            block = reader.expect(DELIVER)
            subscription, count, first, timestamp = block.fields
            assert subscription == 1 and timestamp == 1_700_000_000_000_000
            assert first == numbers[block.topic], "numbers of a topic have a gap"
            numbers[block.topic] += count
            records[block.topic] += block.tail
        assert records == {b"prices.eur": b"".join(written), b"prices.usd": topics.record(b"1")}
        assert topics.payloads(records[b"prices.eur"], 3) == [b"1.08", b"", bytes(range(256))]
        reader.say(Block(UNSUBSCRIBE, (1,)))
        assert reader.expect(ENDED).fields == (1, 0)


def long_messages(host, port):
    with Client(host, port) as publisher, Client(host, port) as reader:
        reader.subscribe(1, b"long.>")
        for size in (16_000, 16_384, 100_000, 1_000_000):
            written = topics.record(bytes(value % 251 for value in range(size)), key=b"k")
            publisher.publish(b"long.a.b", written)
            block = reader.expect(DELIVER)
            assert block.fields[1] == 1 and block.tail == written
            reader.say(Block(GRANT, (1, len(written) + 64)))


def losses_are_told(host, port):
    with Client(host, port) as publisher, Client(host, port) as reader:
        # A window of one byte: one message is under way, five wait, the others are lost and counted.
        reader.subscribe(3, b"lossy", items=5, window=1)
        total, number = 200, 0
        while number < total:
            number += 1
            publisher.publish(b"lossy", topics.record(str(number).encode()), number=number)
            publisher.expect(topics.ACCEPTED)
        following, lost, taken = 1, 0, 0
        while following <= total:
            block = reader.next()
            if block.kind == GAP:
                subscription, reason, first, last, count = block.fields
                assert subscription == 3 and reason == 1 and first == following and count == last - first + 1
                following, lost = last + 1, lost + count
                continue
            assert block.kind == DELIVER and block.fields[2] == following, "a message is missing and not told"
            payloads = topics.payloads(block.tail, block.fields[1])
            assert payloads == [str(following + index).encode() for index in range(block.fields[1])]
            following, taken = following + len(payloads), taken + len(payloads)
            reader.say(Block(GRANT, (3, len(block.tail) + 64)))
        assert lost and taken and lost + taken == total, (lost, taken)


def more_than_the_publish_window(host, port):
    with Client(host, port) as publisher:
        sent, first = 0, publisher.window
        for number in range(1, 400):
            publisher.publish(b"much", topics.record(bytes(15_000)), number=number)
            sent += 15_000
        accepted = 0
        while accepted < 399:
            block = publisher.expect(topics.ACCEPTED)
            assert block.fields[0] == accepted + 1
            accepted = block.fields[1]
        assert sent > 3 * first

        # All batches are of one length, so what has come back is some of them as a whole.
        batch = 8 + 20 + len(b"much") + len(topics.record(bytes(15_000))) + 1024
        assert publisher.taken and not any(taken % batch for taken in publisher.taken), publisher.taken


def end_in_order(host, port):
    with Client(host, port) as client:
        client.subscribe(1, b"a")
        client.peer.say(client.stream, b"", ends=True)
        message, _, ends = client.peer.hear(client.stream)
        while not ends:
            message, _, ends = client.peer.hear(client.stream)
        assert message is not None, "the broker reset a stream that ended in order"


def refusals(host, port):
    with Client(host, port) as client:
        client.publish(b"a..b", topics.record(b"1"), number=9)
        refused = client.expect(topics.REFUSED)
        assert refused.fields == (9, INVALID_TOPIC, 0, 1), refused.fields
        client.say(Block(SUBSCRIBE, (4, 1, 1, 1, 0, 0, 0, 0), b"a..b"))
        assert client.expect(ENDED).fields == (4, INVALID_TOPIC)
        client.subscribe(4, b"a.b")
    for message in (b"\0", Block(SUBSCRIBE, (0, 1, 1, 1, 0, 0, 0, 0), b"a").encode(), Block(ATTACH, (1, 1)).encode(),
                    Block(PUBLISH, (0, 0, 0, 2), b"a", topics.record(b"one too few")).encode()):
        with Client(host, port) as client:
            client.peer.say(client.stream, message)
            assert client.peer.hear(client.stream)[:2] == (None, PROTOCOL_VIOLATION), message


SCENARIOS = (publish_and_subscribe, long_messages, losses_are_told, more_than_the_publish_window, end_in_order,
             refusals)

using NetCore.Testing.Shared;

namespace NetCore.PubSub.Tests;

/// <summary>Messages of blocks that the second implementation wrote and judged.</summary>
public class BlockVectorTests
{
    [Fact]
    [Trait("Wire", "W-94 R")]
    [Trait("Wire", "W-98 R")]
    public void Every_message_of_a_client_in_the_vectors_is_taken_or_refused()
    {
        foreach (var vector in Vectors("client"))
        {
            using var rig = new TopicRig();
            var raw = new RawTopics(rig);
            raw.Send(HexRuns.Read((string)vector["bytes"]!));
            var expected = (bool)vector["valid"]! ? PubSubErrorCode.None : PubSubErrorCode.ProtocolViolation;
            Assert.True(raw.Reset == expected && raw.End is null == (bool)vector["valid"]!, (string?)vector["name"]);
            raw.Close();
        }
    }

    [Fact]
    [Trait("Wire", "W-105 R")]
    public void Every_message_of_a_broker_in_the_vectors_is_taken_or_refused()
    {
        foreach (var vector in Vectors("broker"))
        {
            using var fake = new FakeBroker();
            var connecting = fake.Connect();
            fake.Answer(FakeBroker.Attached);
            var closed = connecting.Result.Closed;
            fake.Answer(HexRuns.Read((string)vector["bytes"]!));
            Assert.True(closed.IsCompleted != (bool)vector["valid"]!, (string?)vector["name"]);
            Assert.True(!closed.IsCompleted || closed.Result.Code == PubSubErrorCode.ProtocolViolation);
        }
    }

    private static List<System.Text.Json.Nodes.JsonNode> Vectors(string side)
    {
        var vectors = VectorFile.Read("blocks.json").Where(vector => (string?)vector!["from"] == side).ToList();
        Assert.True(vectors.Count > 20);
        return vectors!;
    }
}

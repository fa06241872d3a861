using NetCore.Testing.Shared;

namespace NetCore.Rpc.Tests;

/// <summary>Requests and items that the second implementation wrote and judged.</summary>
public class MessageVectorTests
{
    private const uint SendsItems = (uint)RpcMethodKind.ClientStream << 1;

    [Fact]
    [Trait("Wire", "W-77 R")]
    public void Every_request_of_the_vectors_is_read_or_refused()
    {
        using var rig = new SteppedRig();
        var client = new RawClient(rig);
        foreach (var vector in Vectors("requests.json"))
        {
            // Of a method that there is not, so that a request that is read is answered by another code.
            var bytes = HexRuns.Read((string)vector!["bytes"]!);
            var valid = (bool)vector["valid"]!;
            var isItems = bytes.Length >= 16 && valid && (BitConverter.ToUInt32(bytes, 12) & SendsItems) != 0;
            var stream = client.Send(bytes, end: !isItems);
            var expected = valid ? RpcErrorCode.UnknownMethod : RpcErrorCode.BadMessage;
            Assert.True(stream.Response is { } response && response[0] == (byte)expected, (string?)vector["name"]);
        }

        client.Close();
    }

    [Fact]
    [Trait("Wire", "W-87 R")]
    public void Every_message_of_items_of_the_vectors_is_read_or_refused()
    {
        foreach (var vector in Vectors("items.json"))
        {
            using var rig = new SteppedRig();
            var client = new RawClient(rig);
            var stream = client.Send(HostileStreamTests.Request("Join", SendsItems, new byte[8]), end: false);
            HostileStreamTests.Send(rig, client, stream, HexRuns.Read((string)vector!["bytes"]!));
            if ((bool)vector["valid"]!)
            {
                HostileStreamTests.Send(rig, client, stream, new byte[4], end: true);
                var joined = HexRuns.Read((string)vector["joined"]!);
                Assert.Equal([0, 2, 0, 0, .. BitConverter.GetBytes(joined.Length), .. joined], stream.Response!);
            }
            else
            {
                Assert.True(
                    stream.Response is { } response && response[0] == (byte)RpcErrorCode.BadMessage,
                    (string?)vector["name"]);
            }

            client.Close();
        }
    }
    private static System.Text.Json.Nodes.JsonArray Vectors(string file)
    {
        var vectors = VectorFile.Read(file);
        Assert.True(vectors.Count > 15);
        return vectors;
    }
}

using System.Buffers;
using System.Text;

namespace NetCore.PubSub.Internal;

/// <summary>UTF-8 text.</summary>
internal sealed class TextFormat : IMessageFormat<string>
{
    public void Write(string value, IBufferWriter<byte> writer) => Encoding.UTF8.GetBytes(value, writer);

    public string Read(ReadOnlyMemory<byte> payload) => Encoding.UTF8.GetString(payload.Span);
}

using System.Text;
using NetCore.Framing;
using NetCore.Transport;

/// <summary>Everybody gets every line. A slow reader is cut off, not waited for.</summary>
internal sealed class ChatRoom
{
    private readonly LineCodec _codec = new();
    private readonly HashSet<ConnectionPipe> _members = [];

    public void Add(ConnectionPipe member) => Say($"* {member.Connection.Id} came", () => _members.Add(member));

    public void Remove(ConnectionPipe member) => Say($"* {member.Connection.Id} left", () => _members.Remove(member));

    public void Say(string line, Func<bool>? first = null)
    {
        lock (_members)
        {
            first?.Invoke();
            foreach (var member in _members)
            {
                _codec.Encode(Encoding.UTF8.GetBytes(line), member.Output);

                if (!FlushAsync(member).IsCompleted)
                {
                    member.Connection.Abort(TransportError.Aborted, "Too slow a reader.");
                }
            }
        }
    }

    // Waits while the pipe is full. Its error belongs to the member, who leaves by himself, and not to the speaker.
    private static async Task FlushAsync(ConnectionPipe member) => await member.Output.FlushAsync();
}

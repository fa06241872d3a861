using System.Text;

namespace NetCore.PubSub.Internal;

/// <summary>The topics of received messages as strings, each made once as long as there are not too many.</summary>
internal sealed class TopicStrings
{
    // As many as a subscriber has positions for, and some.
    private const int Most = 4 * PubSubLimits.MaxPositions;

    private readonly Dictionary<byte[], string> _strings = new(BytesComparer.Instance);
    private byte[] _lastBytes = [];
    private string _last = "";

    public string Get(ReadOnlySpan<byte> topic)
    {
        if (topic.SequenceEqual(_lastBytes))
        {
            return _last;
        }

        if (!_strings.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(topic, out var bytes, out var text))
        {
            if (_strings.Count >= Most)
            {
                _strings.Clear();
            }

            bytes = topic.ToArray();
            text = Encoding.UTF8.GetString(topic);
            _strings.Add(bytes, text);
        }

        _lastBytes = bytes;
        return _last = text;
    }
}

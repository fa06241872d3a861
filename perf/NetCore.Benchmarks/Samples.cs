using System.Text;

namespace NetCore.Benchmarks;

/// <summary>Bytes to work on, the same in each run.</summary>
internal static class Samples
{
    /// <summary>Bytes without any order: nothing to compress.</summary>
    public static byte[] Noise(int count)
    {
        // A seed, so that two runs see the same bytes.
        var bytes = new byte[count];
        new Random(4711).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Lines as a log or a table has them: names that repeat, numbers that do not.</summary>
    public static byte[] Records(int count)
    {
        var random = new Random(4711);
        var text = new StringBuilder();
        for (var i = 0; text.Length < count; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture,
                $"{{\"id\":{i},\"name\":\"customer\",\"amount\":{random.Next(100_000)},\"state\":\"open\"}}\n");
        }

        return Encoding.ASCII.GetBytes(text.ToString(0, count));
    }
}

namespace NetCore.Rpc.Tests;

/// <summary>Things to enumerate, and their enumeration.</summary>
internal static class Items
{
    public static async ValueTask<List<T>> ListAsync<T>(IAsyncEnumerable<T> items, List<T>? into = null)
    {
        var list = into ?? [];
        await foreach (var item in items)
        {
            list.Add(item);
        }

        return list;
    }

    /// <summary>Copies of what is valid for one step only.</summary>
    public static async ValueTask<List<byte[]>> CopyAsync(IAsyncEnumerable<ReadOnlyMemory<byte>> items)
    {
        var list = new List<byte[]>();
        await foreach (var item in items)
        {
            list.Add(item.ToArray());
        }

        return list;
    }

    /// <summary>Quicker than a comparison of collections.</summary>
    public static void AssertSame(List<byte[]> expected, List<byte[]> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        Assert.True(
            expected.Zip(actual).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second)), "Other bytes came.");
    }

    /// <summary>Numbers from 0 on; <paramref name="before"/> runs before each.</summary>
    public static async IAsyncEnumerable<int> Numbers(int count, Func<int, ValueTask>? before = null)
    {
        for (var i = 0; i < count; i++)
        {
            if (before is not null)
            {
                await before(i);
            }

            yield return i;
        }
    }

    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> Bytes(int count, int length)
    {
        await ValueTask.CompletedTask;
        var item = new byte[length];
        for (var i = 0; i < count; i++)
        {
            Flows.Fill(item, i);
            yield return item;
        }
    }
}

using NetCore.Core;
using NetCore.Session.Internal;
using NetCore.Transport;

namespace NetCore.Session.Tests;

public sealed class StreamAssemblyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(SessionLimits.AssemblyCopyBytes)]
    [InlineData(SessionLimits.AssemblyCopyBytes + 1)]
    public void What_comes_after_the_end_is_dropped_with_its_memory(int length)
    {
        var pool = new BlockPool(new ByteBudget(), track: true);
        var assembly = new StreamAssembly(pool);
        var block = pool.Rent(BlockSize.Large, "input");
        assembly.Append(new ReceivedData(pool, block, 0, length), 0, length);
        assembly.Close();
        assembly.Append(new ReceivedData(pool, block, 0, length), 0, length);
        using (var expanded = new LeasedBytes(new Lease(block, 0, length)))
        {
            assembly.Append(expanded);
        }

        Assert.False(assembly.TryTake(out _));
        pool.AssertAllReturned();
    }
}

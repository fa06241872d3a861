using System.Diagnostics.Metrics;

namespace NetCore.Rpc.Internal;

/// <summary>The meter <c>NetCore.Rpc</c>; one for each world.</summary>
internal sealed class RpcMetrics
{
    private readonly Counter<long> _inlineAsync;
    private readonly Counter<long> _stalls;

    public RpcMetrics()
    {
        var meter = new Meter("NetCore.Rpc");
        _inlineAsync = meter.CreateCounter<long>("netcore.rpc.inline.async", "{call}");
        _stalls = meter.CreateCounter<long>("netcore.rpc.stalls", "{stall}");
    }

    public void WentAsync(RpcMethod method) =>
        _inlineAsync.Add(1, new KeyValuePair<string, object?>("method", method.FullName));

    /// <summary>User code held up the thread of a connection.</summary>
    /// <param name="method">Whose.</param>
    /// <param name="code">Its handler (<c>inline</c>), or the code that awaited it (<c>continuation</c>).</param>
    public void Stalled(RpcMethod method, string code) => _stalls.Add(
        1,
        new KeyValuePair<string, object?>("method", method.FullName),
        new KeyValuePair<string, object?>("code", code));
}

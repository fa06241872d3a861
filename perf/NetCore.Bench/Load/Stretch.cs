using NetCore.Core;

namespace NetCore.Bench;

/// <summary>One stretch of load.</summary>
/// <param name="Duration">How long requests are started; those under way then are still answered and counted.</param>
/// <param name="RatePerSecond">
/// Open loop: request i is due at start + i / rate, over all connections together, whether earlier ones have been
/// answered or not, and its time is counted from when it was due, also when it had to wait for a free slot. 0: closed
/// loop, each answer starts the next request of its slot.
/// </param>
/// <param name="Latency">Gets the time of every operation in nanoseconds; nothing of bulk.</param>
internal sealed record Stretch(TimeSpan Duration, double RatePerSecond, LatencyHistogram Latency);

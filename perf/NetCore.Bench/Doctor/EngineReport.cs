namespace NetCore.Bench.Doctor;

/// <summary>A way to do input and output, and whether it works here.</summary>
/// <param name="Name"><c>io_uring</c>, <c>epoll</c> or <c>sockets</c>.</param>
/// <param name="Usable">A server could run on it here.</param>
/// <param name="Reason">Why not, or in which set-up.</param>
/// <param name="Features">What it offers beyond the least.</param>
internal sealed record EngineReport(string Name, bool Usable, string Reason, IReadOnlyList<Feature> Features);

namespace NetCore.Native;

/// <summary>The kernel's own answers. Stateless and thread-safe.</summary>
internal sealed class SystemCalls() : RepeatingCalls<Kernel>(default);

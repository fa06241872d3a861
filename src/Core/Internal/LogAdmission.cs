namespace NetCore.Core.Internal;

/// <summary>What is to be said beside a message that may be written.</summary>
/// <param name="LeftOutBefore">Messages of the same kind that were left out since the last one.</param>
/// <param name="IsLast">The next ones of this second will be left out.</param>
internal readonly record struct LogAdmission(long LeftOutBefore, bool IsLast);

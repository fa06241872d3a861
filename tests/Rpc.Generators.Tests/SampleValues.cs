namespace NetCore.Rpc.Generators.Tests;

internal readonly record struct SampleValues(long A, int B, short C, Half D);

namespace NetCore.Rpc.Generators.Tests;

internal sealed record SamplePerson(string Name, int Age);

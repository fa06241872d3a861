using System.Text.Json.Serialization;

namespace NetCore.Rpc.Generators.Tests;

[JsonSerializable(typeof(SamplePerson))]
[JsonSerializable(typeof(List<SamplePerson>))]
[JsonSerializable(typeof(DateTimeOffset?))]
[JsonSerializable(typeof(Dictionary<string, Uri>))]
internal sealed partial class SampleJson : JsonSerializerContext;

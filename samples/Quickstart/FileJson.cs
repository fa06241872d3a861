using System.Text.Json.Serialization;

namespace NetCore.Quickstart;

/// <summary>The types of the contract that travel as JSON, prepared at compile time.</summary>
[JsonSerializable(typeof(FilePage))]
public sealed partial class FileJson : JsonSerializerContext;

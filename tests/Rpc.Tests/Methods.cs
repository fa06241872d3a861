namespace NetCore.Rpc.Tests;

/// <summary>Methods made by hand, for what a generated contract would not do.</summary>
internal static class Methods
{
    public static RpcMethod<TRequest, TResponse> Make<TRequest, TResponse>(
        string name, IMessageCodec<TRequest> request, IMessageCodec<TResponse> response, bool oneWay = false) =>
        new("test.work", name, request, response, oneWay);

    public static IMessageCodec<int> Int { get; } = new HandCodec<int>(
        static (value, writer) => writer.WriteBlittable(value), static (ref reader) => reader.ReadBlittable<int>());

    public static IMessageCodec<long> Long { get; } = new HandCodec<long>(
        static (value, writer) => writer.WriteBlittable(value), static (ref reader) => reader.ReadBlittable<long>());
}

internal delegate T Decode<out T>(ref RpcReader reader);

internal sealed class HandCodec<T>(Action<T, RpcWriter> encode, Decode<T> decode, bool plain = true) : IMessageCodec<T>
{
    public bool IsPlain => plain;

    public void Encode(in T value, RpcWriter writer) => encode(value, writer);

    public T Decode(ref RpcReader reader) => decode(ref reader);
}

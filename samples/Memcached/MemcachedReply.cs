namespace NetCore.Samples.Memcached;

/// <summary>A line of the server, such as STORED or END; after VALUE also the bytes that it announces.</summary>
internal readonly record struct MemcachedReply(string Line, byte[]? Data = null);

namespace NetCore.Bench.Contenders;

/// <summary>Which of NetCore's engines moves the bytes of a contestant.</summary>
internal enum Engine
{
    Sockets,
    Epoll,
}

namespace NetCore.Bench.Contenders;

/// <summary>Which of NetCore's engines moves the bytes.</summary>
internal enum Engine
{
    Sockets,
    Epoll,
    Uring,
}

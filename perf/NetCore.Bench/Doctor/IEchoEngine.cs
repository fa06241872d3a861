namespace NetCore.Bench.Doctor;

/// <summary>Answers small requests on a number of sockets, by one of the ways of the kernel. Of one thread.</summary>
internal interface IEchoEngine : IDisposable
{
    /// <summary>Answers the one request that has arrived on each of the sockets.</summary>
    void ServeAll();
}

using System.ComponentModel;
using System.Net;
using NetCore.Core;
using NetCore.Native;

namespace NetCore.Transport.Internal;

/// <summary>One attempt to connect to one address; its steps run on its reactor.</summary>
internal abstract class ReactorConnect : IThreadPoolWorkItem, IReactorHandler
{
    private readonly ReactorHost _host;
    private readonly TransportAddress _address;
    private readonly EndPoint _end;
    private readonly Completion<Connection?> _completion;

    // Of the reactor's thread.
    private bool _over;

    private volatile bool _cancelled;

    protected ReactorConnect(ReactorHost host, TransportAddress address, EndPoint end)
    {
        _host = host;
        _address = address;
        _end = end;
        Reactor = host.Reactors.Take();
        _completion = new Completion<Connection?>(host.World.Executor);
    }

    /// <summary>Where its steps run.</summary>
    protected Reactor Reactor { get; }

    /// <summary>The socket; negative while there is none.</summary>
    protected int Descriptor { get; private set; } = -1;

    /// <summary>The connection, or null after <see cref="Cancel"/>.</summary>
    /// <exception cref="TransportException">It failed.</exception>
    public Task<Connection?> Task => _completion.Task;

    public void Start() => Reactor.Post(this);

    /// <summary>Ends the attempt; from any thread.</summary>
    public void Cancel()
    {
        _cancelled = true;
        Reactor.Post(this);
    }

    public void Execute()
    {
        if (_over)
        {
            return;
        }

        if (_cancelled)
        {
            if (TryStopWait(Descriptor))
            {
                EndCancelled();
            }
        }
        else if (Descriptor < 0)
        {
            Begin();
        }
    }

    public void OnReactorEnds() => Cancel();

    /// <summary>Asks to be told once when the socket has an answer.</summary>
    protected abstract SyscallResult Wait(int descriptor);

    /// <summary>
    /// Nobody is to be told any more; false when that is over only with <see cref="OnAnswered"/>. May come twice.
    /// </summary>
    protected abstract bool TryStopWait(int descriptor);

    /// <summary>The wait is over: there is an answer, or the wait was stopped.</summary>
    protected void OnAnswered()
    {
        if (_over)
        {
            return;
        }

        if (_cancelled)
        {
            EndCancelled();
            return;
        }

        var error = Sockets.TakeError(Descriptor);
        if (error == Errno.None)
        {
            Succeed();
        }
        else
        {
            Fail(error);
        }
    }

    private void Begin()
    {
        var made = Sockets.Create(_end.AddressFamily);
        if (!made.IsOk)
        {
            Fail(made.Error);
            return;
        }

        Descriptor = made.Value;
        var result = Sockets.Connect(Descriptor, _end);
        if (result.IsOk)
        {
            Succeed();
        }
        else if (result.Error is not (Errno.InProgress or Errno.Interrupted))
        {
            Fail(result.Error);
        }
        else
        {
            var waits = Wait(Descriptor);
            if (!waits.IsOk)
            {
                Fail(waits.Error);
            }
        }
    }

    private void Succeed()
    {
        _over = true;
        try
        {
            _completion.TrySetResult(_host.Adopt(Reactor, Descriptor, "c", _address));
        }
        catch (TransportException exception)
        {
            _completion.TrySetException(exception);
        }
    }

    private void Fail(Errno error)
    {
        End();
        var kind = NativeErrors.TranslateConnect(error);
        var hint = SocketErrors.Hint(kind);
        _completion.TrySetException(new TransportException(
            kind,
            $"Connecting to {_address} failed: {NativeErrors.Message(error)} ({kind}).{hint}",
            new Win32Exception((int)error)));
    }

    private void EndCancelled()
    {
        End();
        _completion.TrySetResult(null);
    }

    // Nothing names the descriptor any more.
    private void End()
    {
        _over = true;
        if (Descriptor >= 0)
        {
            Sockets.Close(Descriptor);
        }

        Reactor.Forget();
    }
}

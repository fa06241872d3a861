using System.ComponentModel;
using System.Net;
using NetCore.Core;
using NetCore.Native;

namespace NetCore.Transport.Internal;

/// <summary>One attempt to connect to one address; its steps run on its reactor.</summary>
internal sealed class EpollConnect : IThreadPoolWorkItem, IReactorHandler
{
    private readonly EpollHost _host;
    private readonly TransportAddress _address;
    private readonly EndPoint _end;
    private readonly Reactor _reactor;
    private readonly Completion<Connection?> _completion;

    // Of the reactor's thread.
    private int _descriptor = -1;
    private ulong _id;
    private bool _registered;
    private bool _over;

    private volatile bool _cancelled;

    public EpollConnect(EpollHost host, TransportAddress address, EndPoint end)
    {
        _host = host;
        _address = address;
        _end = end;
        _reactor = host.Reactors.Take();
        _completion = new Completion<Connection?>(host.World.Executor);
    }

    /// <summary>The connection, or null after <see cref="Cancel"/>.</summary>
    /// <exception cref="TransportException">It failed.</exception>
    public Task<Connection?> Task => _completion.Task;

    public void Start() => _reactor.Post(this);

    /// <summary>Ends the attempt; from any thread.</summary>
    public void Cancel()
    {
        _cancelled = true;
        _reactor.Post(this);
    }

    public void Execute()
    {
        if (_over)
        {
            return;
        }

        if (_cancelled)
        {
            End();
            _completion.TrySetResult(null);
        }
        else if (_descriptor < 0)
        {
            Begin();
        }
    }

    public void OnReactorEnds() => Cancel();

    public bool OnEvents(EpollFlags events)
    {
        if ((events & (EpollFlags.Out | EpollFlags.Error | EpollFlags.HangUp)) == 0)
        {
            return false;
        }

        var error = Sockets.TakeError(_descriptor);
        if (error == Errno.None)
        {
            Succeed();
        }
        else
        {
            Fail(error);
        }

        return true;
    }

    private void Begin()
    {
        var made = Sockets.Create(_end.AddressFamily);
        if (!made.IsOk)
        {
            Fail(made.Error);
            return;
        }

        _descriptor = made.Value;
        var result = Sockets.Connect(_descriptor, _end);
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
            var added = _reactor.TryAdd(_descriptor, EpollFlags.Out | EpollFlags.EdgeTriggered, this, out _id);
            _registered = added.IsOk;
            if (!added.IsOk)
            {
                Fail(added.Error);
            }
        }
    }

    private void Succeed()
    {
        if (_registered)
        {
            _registered = false;
            _reactor.Remove(_descriptor, _id);
        }

        _over = true;
        try
        {
            _completion.TrySetResult(_host.Adopt(_reactor, _descriptor, "c", _address));
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
            $"Connecting to {_address} failed: {NativeErrors.Message(error)} ({error}).{hint}",
            new Win32Exception((int)error)));
    }

    private void End()
    {
        _over = true;
        if (_registered)
        {
            _reactor.Remove(_descriptor, _id);
        }

        if (_descriptor >= 0)
        {
            Sockets.Close(_descriptor);
        }

        _reactor.Forget();
    }
}

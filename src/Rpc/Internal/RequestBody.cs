using System.Buffers;
using System.Runtime.CompilerServices;
using NetCore.Core;
using NetCore.Session;

namespace NetCore.Rpc.Internal;

/// <summary>The bytes of one request: kept in a lease, or lent by the callback while its handler starts.</summary>
/// <remarks>
/// A loan is the address of the message on the stack of the receiving thread, because a message of a callback can be
/// stored nowhere else. That thread alone decodes from it, and ends the loan before it leaves the callback. A handler
/// that goes on elsewhere finds the bytes kept; the lock is for the moment in which both threads are busy with it.
/// </remarks>
internal sealed unsafe class RequestBody(World world)
{
    private readonly Lock _lock = new();
    private LeasedBytes _kept;
    private byte[]? _copy;
    private void* _loan;
    private int _lender;
    private volatile bool _isKept;

    /// <summary>Somebody has read the request, so that the handler may have run.</summary>
    public bool WasRead { get; private set; }

    /// <summary>The bytes are not what the contract says.</summary>
    public bool IsUnreadable { get; private set; }

    /// <summary>There was no memory to read them into, so that the handler has not run.</summary>
    public bool LacksMemory { get; private set; }

    private bool IsLentHere => _lender == Environment.CurrentManagedThreadId;

    private ref readonly IncomingMessage Lent => ref Unsafe.AsRef<IncomingMessage>(_loan);

    /// <summary>Keeps the bytes for a handler that starts later.</summary>
    /// <exception cref="ByteBudgetExceededException">No memory.</exception>
    public void Keep(in IncomingMessage message)
    {
        _kept = message.Retain(RequestHeader.Size, message.Length - RequestHeader.Size);
        _isKept = true;
    }

    /// <summary>Lends the bytes to a handler that starts now, until <see cref="Reset"/> or its end.</summary>
    public void Lend(in IncomingMessage message)
    {
        _loan = Unsafe.AsPointer(in message);
        _lender = Environment.CurrentManagedThreadId;
    }

    /// <summary>The callback returns before the handler is over: what was lent is kept from now on.</summary>
    public void EndLoan()
    {
        lock (_lock)
        {
            try
            {
                Keep_NeedsLock();
            }
            catch (ByteBudgetExceededException)
            {
                // Whoever reads it yet is told so.
            }

            _loan = null;
            _lender = 0;
        }
    }

    /// <summary>The bytes in a lease of this object.</summary>
    /// <exception cref="ByteBudgetExceededException">No memory.</exception>
    public LeasedBytes Keep()
    {
        if (!_isKept)
        {
            lock (_lock)
            {
                Keep_NeedsLock();
            }
        }

        return _kept;
    }

    /// <summary>Decodes the request. Memory in it is valid as long as the call.</summary>
    public TRequest Read<TRequest>(IMessageCodec<TRequest> codec)
    {
        WasRead = true;
        try
        {
            return codec.IsPlain && IsLentHere ? ReadLent(codec) : ReadKept(codec);
        }
        catch (Exception error)
        {
            Note(error);
            throw;
        }
    }

    /// <summary>Decodes the request but for its last value, which is bytes: these are given where they lie.</summary>
    public ReadOnlySpan<byte> ReadBytes<TRequest>(IMessageCodec<TRequest> codec, out TRequest request)
    {
        WasRead = true;
        try
        {
            var reader = codec.IsPlain && IsLentHere ? LendAll() : KeepAll();
            request = codec.Decode(ref reader);
            reader.ExpectEnd();
            return reader.Tail;
        }
        catch (Exception error)
        {
            Note(error);
            throw;
        }
    }

    /// <summary>Gives everything back and is ready for the next request.</summary>
    public void Reset()
    {
        _loan = null;
        _lender = 0;
        if (_isKept)
        {
            _isKept = false;
            _kept.Dispose();
            _kept = default;
        }

        if (_copy is { } copy)
        {
            _copy = null;
            ArrayPool<byte>.Shared.Return(copy);
        }

        WasRead = IsUnreadable = LacksMemory = false;
    }

    // Apart, because a reader that is chosen by a condition is copied.
    private TRequest ReadLent<TRequest>(IMessageCodec<TRequest> codec)
    {
        var reader = new RpcReader(_loan, RequestHeader.Size, this);
        var value = codec.Decode(ref reader);
        reader.ExpectEnd();
        return value;
    }

    private TRequest ReadKept<TRequest>(IMessageCodec<TRequest> codec)
    {
        var reader = new RpcReader(Keep(), 0);
        var value = codec.Decode(ref reader);
        reader.ExpectEnd();
        return value;
    }

    private void Keep_NeedsLock()
    {
        if (_isKept)
        {
            return;
        }

        if (_loan is null)
        {
            throw new ByteBudgetExceededException(world.Budget);
        }

        Keep(in Lent);
    }

    private RpcReader LendAll()
    {
        ref readonly var message = ref Lent;
        var reader = new RpcReader(_loan, RequestHeader.Size, this);
        if (message.IsContiguous)
        {
            reader.LendTail(message.Span);
        }
        else
        {
            var copy = Rent(message.Length);
            message.CopyTo(0, copy);
            reader.LendTail(copy);
        }

        return reader;
    }

    private RpcReader KeepAll()
    {
        var kept = Keep();
        var reader = new RpcReader(kept, 0);
        if (kept.IsContiguous)
        {
            reader.LendTail(kept.Memory.Span);
        }
        else
        {
            var copy = Rent(kept.Length);
            kept.CopyTo(copy);
            reader.LendTail(copy);
        }

        return reader;
    }

    // Bytes that lie in pieces, in one piece.
    private Span<byte> Rent(int length)
    {
        _copy ??= ArrayPool<byte>.Shared.Rent(length);
        return _copy.AsSpan(0, length);
    }

    private void Note(Exception error)
    {
        IsUnreadable |= error is RpcFormatException;
        LacksMemory |= error is ByteBudgetExceededException;
    }
}

namespace NetCore.Transport.Internal;

/// <summary>The buffers of a ring that hold received bytes, each with the next one of its connection.</summary>
/// <remarks>For the ring's thread.</remarks>
internal sealed class UringShots(int count)
{
    public const int None = -1;

    private readonly Shot[] _all = new Shot[count];

    public ref Shot this[int buffer] => ref _all[buffer];

    internal unsafe struct Shot
    {
        public byte* Bytes;
        public int Length;

        /// <summary>The buffer whose bytes come after these, or <see cref="None"/>.</summary>
        public int Next;
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetCore.Native.Tests;

/// <summary>Structures as the kernel's headers have them on 64-bit Linux.</summary>
public sealed class LayoutTests
{
    [Fact]
    public void An_event_is_packed_on_x64_only() =>
        Assert.Equal(RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16, EpollEvents.Stride);

    [Fact]
    public void A_vector_has_16_bytes() => Assert.Equal(16, Unsafe.SizeOf<IoVector>());

    [Fact]
    public unsafe void A_message_header_has_56_bytes_and_its_vectors_at_16()
    {
        MessageHeader header = default;
        Assert.Equal(56, Unsafe.SizeOf<MessageHeader>());
        Assert.Equal(16, (byte*)&header.Vectors - (byte*)&header);
        Assert.Equal(48, (byte*)&header.Flags - (byte*)&header);
    }
}

using System.Runtime.CompilerServices;
using NetCore.Native.Uring;

namespace NetCore.Native.Tests;

/// <summary>The structures of io_uring as the kernel's header has them.</summary>
public sealed unsafe class UringLayoutTests
{
    [Fact]
    public void Each_structure_has_its_size()
    {
        Assert.Equal(64, sizeof(SubmissionEntry));
        Assert.Equal(16, sizeof(Completion));
        Assert.Equal(120, sizeof(RingParameters));
        Assert.Equal(40, sizeof(SubmissionOffsets));
        Assert.Equal(40, sizeof(CompletionOffsets));
        Assert.Equal(16, sizeof(BufferEntry));
        Assert.Equal(40, sizeof(BufferRegistration));
        Assert.Equal(24, sizeof(WaitArgument));
        Assert.Equal(16, sizeof(KernelTime));
        Assert.Equal(8, sizeof(ProbedOperation));
        Assert.Equal(16 + (256 * 8), sizeof(OperationProbe));
    }

    [Fact]
    public void A_submission_entry_has_its_fields_at_their_places()
    {
        SubmissionEntry entry = default;
        Assert.Equal(
            [0, 1, 2, 2, 4, 8, 16, 24, 28, 32, 40],
            [
                At(ref entry, ref entry.Operation), At(ref entry, ref entry.Flags),
                At(ref entry, ref entry.Transfer), At(ref entry, ref entry.Acceptance),
                At(ref entry, ref entry.Descriptor), At(ref entry, ref entry.Offset),
                At(ref entry, ref entry.Address), At(ref entry, ref entry.Length),
                At(ref entry, ref entry.OperationFlags), At(ref entry, ref entry.Data),
                At(ref entry, ref entry.BufferGroup),
            ]);
    }

    [Fact]
    public void Parameters_have_their_fields_at_their_places()
    {
        RingParameters made = default;
        Assert.Equal(
            [0, 4, 8, 20, 40, 80],
            [
                At(ref made, ref made.SubmissionEntries), At(ref made, ref made.CompletionEntries),
                At(ref made, ref made.Flags), At(ref made, ref made.Features), At(ref made, ref made.Submission),
                At(ref made, ref made.Completion),
            ]);
        Assert.Equal(
            [16, 24],
            [
                At(ref made.Submission, ref made.Submission.Flags),
                At(ref made.Submission, ref made.Submission.Array),
            ]);
        Assert.Equal(
            [16, 20],
            [
                At(ref made.Completion, ref made.Completion.Overflow),
                At(ref made.Completion, ref made.Completion.Completions),
            ]);
    }

    [Fact]
    public void What_is_given_to_the_kernel_by_reference_has_its_fields_at_their_places()
    {
        BufferEntry buffer = default;
        Assert.Equal([8, 12], [At(ref buffer, ref buffer.Length), At(ref buffer, ref buffer.Id)]);
        BufferRegistration registration = default;
        Assert.Equal(
            [8, 12, 14],
            [
                At(ref registration, ref registration.Entries), At(ref registration, ref registration.Group),
                At(ref registration, ref registration.Flags),
            ]);
        WaitArgument argument = default;
        Assert.Equal(16, (byte*)&argument.Timeout - (byte*)&argument);
        OperationProbe probe = default;
        Assert.Equal(16, At(ref probe, ref probe.Operations));
        var time = KernelTime.Of(1_500_000_000);
        Assert.Equal((1L, 500_000_000L), (time.Seconds, time.Nanoseconds));
    }

    [Fact]
    public void A_completion_tells_its_buffer_and_its_error()
    {
        var completion = new Completion(1, -105, (CompletionFlags)0xABCD0000 | CompletionFlags.Buffer);
        Assert.Equal((ushort)0xABCD, completion.BufferId);
        Assert.Equal(Errno.NoBuffers, completion.Error);
        Assert.False(completion.HasMore);
        Assert.Equal(Errno.None, new Completion(1, 5, CompletionFlags.More).Error);
    }

    private static int At<T, TField>(ref T start, ref TField field) => (int)Unsafe.ByteOffset(
        ref Unsafe.As<T, byte>(ref start), ref Unsafe.As<TField, byte>(ref field));
}

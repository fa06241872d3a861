using System.Globalization;
using NetCore.Native.Peer;
using NetCore.Native.Uring;

// The other process of a test, which takes something away from itself that it cannot get back:
//   deny ERRNO                  says how a ring is refused when a filter answers io_uring_setup with that error
//   deny ERRNO PROGRAM ARGS...  becomes that program, behind the filter
//   locked BYTES                as a user without rights and with so much lockable memory: makes rings until one is
//                               refused, then makes and disposes 100, and says how that went
switch (args)
{
    case ["deny", var errno, .. var program]:
        Seccomp.DenyRings(int.Parse(errno, CultureInfo.InvariantCulture));
        if (program.Length > 0)
        {
            Own.Become(program);
        }

        var setup = Ring.Open(new UringKernel(), new RingOptions());
        Console.WriteLine($"{setup.Refusal} {setup.Error}");
        return 0;
    case ["locked", var bytes]:
        Console.WriteLine(LockedMemory.Use(long.Parse(bytes, CultureInfo.InvariantCulture)));
        return 0;
    default:
        return 2;
}

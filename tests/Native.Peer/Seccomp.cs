using System.Runtime.InteropServices;

namespace NetCore.Native.Peer;

/// <summary>A filter of system calls, as containers have one.</summary>
internal static unsafe class Seccomp
{
    private const int LoadWord = 0x20;
    private const int JumpIfEqual = 0x15;
    private const int Return = 0x06;
    private const uint Allow = 0x7FFF0000;
    private const uint FailWith = 0x00050000;
    private const uint RingSetup = 425;

    private const int NoNewPrivileges = 38;
    private const int SetFilter = 1;
    private const int AllThreads = 1;

    /// <summary>Makes <c>io_uring_setup</c> fail in this process and in what it starts.</summary>
    public static void DenyRings(int errno)
    {
        // The number of the call is the first word that a filter sees.
        var program = stackalloc Instruction[]
        {
            new Instruction(LoadWord, 0, 0, 0),
            new Instruction(JumpIfEqual, 0, 1, RingSetup),
            new Instruction(Return, 0, 0, FailWith | (uint)errno),
            new Instruction(Return, 0, 0, Allow),
        };
        var filter = new Filter { Length = 4, Program = program };
        Own.Check(Own.Prctl(NoNewPrivileges, 1, 0, 0, 0), "prctl");
        var call = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 277 : 317;
        Own.Check(Own.SystemCall(call, SetFilter, AllThreads, (nint)(&filter), 0, 0, 0), "seccomp");
    }

    private readonly record struct Instruction(ushort Code, byte IfTrue, byte IfFalse, uint Value);

    private struct Filter
    {
        public ushort Length;
        public Instruction* Program;
    }
}

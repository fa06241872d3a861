using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using NetCore.Rpc.Generators.Internal;

namespace NetCore.Rpc.Generators.Tests;

public class StructLayoutTests
{
    /// <summary>Measured here and by the runtime alike, from source and from metadata alike.</summary>
    public static TheoryData<string> Sound =>
    [
        "struct S { public int A; public int B; }",
        "struct S { public long A; public int B; public short C; public byte D; public sbyte E; }",
        "readonly record struct S(double A, float B, uint C);",
        "struct S { public Guid A; public Half B; public ushort C; }",
        "struct S { public Int128 A; public UInt128 B; }",
        "struct S { public E A; private short _b; public readonly int C => _b; } enum E : ushort;",
        "struct S { public T A; public int B; } struct T { public int A; public long B2 => A; }",
        "struct S { public P<int> A; public P<long> B; } struct P<T> { public T A; public T B; }",
        "[StructLayout(LayoutKind.Sequential, Pack = 1)] struct S { public byte A; public int B; public Guid C; }",
        "[StructLayout(LayoutKind.Sequential, Pack = 2)] struct S { public short A; public long B; public int C; }",
        "[StructLayout(LayoutKind.Explicit)] struct S { [FieldOffset(0)] int _a; [FieldOffset(0)] public uint B; }",
        """
        [StructLayout(LayoutKind.Explicit, Size = 8)]
        struct S { [FieldOffset(4)] public int A; [FieldOffset(0)] public int B; }
        """,
        "[StructLayout(LayoutKind.Sequential, Size = 4)] struct S { public long A; }",
        "unsafe struct S { public fixed int A[5]; public int B; }",
        "[System.Runtime.CompilerServices.InlineArray(3)] struct S { private long _a; }",
        "struct S { public System.Numerics.Vector3 A; public System.Numerics.Quaternion B; public float C; }",
        "struct S { public System.Numerics.Matrix4x4 A; public System.Numerics.Vector2 B; public int C; }",
        "struct S { public static string? Name; public const string Other = \"\"; public byte A; }",
        "struct S(int a) { public int A { get; set; } = a; }",
    ];

    /// <summary>Structures that must not be sent, with a part of the reason.</summary>
    public static TheoryData<string, string> Unsound => new()
    {
        { "struct S { public int A; public long B; }", "4 bytes before field 'B'" },
        { "struct S { public long A; public int B; }", "4 bytes after field 'B'" },
        { "struct S { public long A; public Int128 B; }", "8 bytes before field 'B'" },
        { "struct S;", "has no fields" },
        { "struct S { public T A; } struct T { public short A; public byte B; }", "1 bytes after field 'B' of 'T'" },
        { "[StructLayout(LayoutKind.Sequential, Size = 16)] struct S { public int A; }", "12 bytes after field 'A'" },
        { "[StructLayout(LayoutKind.Explicit)] struct S { [FieldOffset(4)] public int A; }", "4 bytes before field" },
        {
            """
            [StructLayout(LayoutKind.Explicit)]
            struct S { [FieldOffset(0)] public long A; [FieldOffset(8)] public byte B; }
            """,
            "7 bytes after field 'B'"
        },
        { "[StructLayout(LayoutKind.Auto)] struct S { public int A; }", "LayoutKind.Auto" },
        { "struct S { public bool A; }", "'bool' is not blittable" },
        { "struct S { public char A; }", "'char' is not blittable" },
        { "struct S { public decimal A; }", "'decimal' is not blittable" },
        { "struct S { public DateTime A; }", "is not blittable" },
        { "struct S { public TimeSpan A; }", "is not blittable" },
        { "struct S { public nint A; }", "'nint' is not blittable" },
        { "unsafe struct S { public int* A; }", "'int*' is not blittable" },
        { "struct S { public string A; }", "'string' is not blittable" },
        { "struct S { public int? A; }", "'int?' is not blittable" },
        { "unsafe struct S { public fixed char A[2]; }", "is not a buffer of blittable values" },
        { "unsafe struct S { public fixed long A[4000]; }", "larger than 16384 bytes" },
        { "[StructLayout(LayoutKind.Explicit)] struct S { [FieldOffset(2147483640)] public long A; }", "larger than" },
        { "[System.Runtime.CompilerServices.InlineArray(100000)] struct S { private long _a; }", "larger than" },
    };

    [Theory]
    [MemberData(nameof(Sound))]
    public void A_structure_without_padding_has_the_size_that_the_runtime_gives_it(string source)
    {
        var compilation = GeneratorHarness.Compile("#pragma warning disable\n" + source);
        var fromSource = Measure(compilation);
        Assert.Null(fromSource.Problem);
        var (size, image) = Load(compilation);
        Assert.Equal(size, fromSource.Size);

        var user = GeneratorHarness.Compile("class User;", MetadataReference.CreateFromImage(image));
        Assert.Equal(fromSource, Measure(user));
    }

    [Theory]
    [MemberData(nameof(Unsound))]
    public void A_structure_that_would_leak_or_lie_is_refused_with_the_reason(string source, string reason)
    {
        var compilation = GeneratorHarness.Compile("#pragma warning disable\n" + source);
        Assert.Contains(reason, Measure(compilation).Problem ?? "", StringComparison.Ordinal);

        var user = GeneratorHarness.Compile("class User;", MetadataReference.CreateFromImage(Emit(compilation)));
        Assert.Contains(reason, Measure(user).Problem ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("struct S(byte a, int b) { public readonly int Sum => a + b; }")]
    [InlineData("struct S(int a) { public int B { get; set; } public readonly int Sum => a + B; }")]
    public void A_parameter_that_a_structure_captures_is_no_hidden_field(string source)
    {
        var compilation = GeneratorHarness.Compile(source);
        var measured = Measure(compilation);
        var (size, _) = Load(compilation);
        Assert.True(measured.Problem is not null || measured.Size == size, $"{measured} but {size}");
    }

    [Fact]
    public void Code_that_contains_itself_ends()
    {
        Assert.NotNull(Measure(GeneratorHarness.Compile("struct S { public S A; }")).Problem);
        Assert.NotNull(Measure(GeneratorHarness.Compile(
            "struct S { public P<P<S>> A; } struct P<T> { public T A; }")).Problem);
    }

    private static Layout Measure(Compilation compilation) =>
        new LayoutReader(compilation).Measure(compilation.GetTypeByMetadataName("S")!);

    private static byte[] Emit(Compilation compilation)
    {
        using var stream = new MemoryStream();
        var result = compilation.Emit(stream, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics));
        return stream.ToArray();
    }

    private static (int Size, byte[] Image) Load(Compilation compilation)
    {
        var image = Emit(compilation);
        var context = new AssemblyLoadContext(null, isCollectible: true);
        var type = context.LoadFromStream(new MemoryStream(image)).GetType("S", throwOnError: true)!;
        var sizeOf = typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf), BindingFlags.Public | BindingFlags.Static)!;
        var size = (int)sizeOf.MakeGenericMethod(type).Invoke(null, null)!;
        context.Unload();
        return (size, image);
    }
}

using System.Diagnostics;
using System.Net.Sockets;
using NetCore.Rpc;

namespace NetCore.Quickstart.Tests;

/// <summary>A peer's path never leaves the served directory.</summary>
public sealed class SafeRootTests : IDisposable
{
    private readonly DirectoryInfo _outside = Directory.CreateTempSubdirectory("netcore-saferoot-");
    private readonly SafeRoot _root;

    public SafeRootTests()
    {
        var inside = _outside.CreateSubdirectory("served");
        File.WriteAllText(Path.Combine(_outside.FullName, "secret.txt"), "secret");
        File.WriteAllText(Path.Combine(inside.FullName, "open.txt"), "open");
        inside.CreateSubdirectory("below").CreateSubdirectory("deep");
        File.WriteAllText(Path.Combine(inside.FullName, "below", "deep", "file"), "deep");
        inside.CreateSubdirectory(".git");
        File.WriteAllText(Path.Combine(inside.FullName, ".git", "config"), "hidden");
        var secret = Path.Combine(_outside.FullName, "secret.txt");
        File.CreateSymbolicLink(Path.Combine(inside.FullName, "link.txt"), secret);
        File.CreateSymbolicLink(Path.Combine(inside.FullName, "linked"), _outside.FullName);
        using var pipe = Process.Start("mkfifo", [Path.Combine(inside.FullName, "pipe")]);
        pipe.WaitForExit();
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(Path.Combine(inside.FullName, "gone")));
        File.Move(Path.Combine(inside.FullName, "gone"), Path.Combine(inside.FullName, "socket"));
        _root = new SafeRoot(inside.FullName);
    }

    public void Dispose() => _outside.Delete(recursive: true);

    [Theory]
    [InlineData("open.txt")]
    [InlineData("below/deep/file")]
    public void A_file_below_the_root_is_found(string path) => Assert.True(File.Exists(_root.Resolve(path)));

    [Theory]
    [InlineData("../secret.txt")]
    [InlineData("below/../../secret.txt")]
    [InlineData("/etc/passwd")]
    [InlineData("link.txt")]
    [InlineData("linked/secret.txt")]
    [InlineData(".git/config")]
    [InlineData("below\\..\\..\\secret.txt")]
    [InlineData("./open.txt")]
    [InlineData("below//deep/file")]
    [InlineData("")]
    [InlineData("open.txt\0")]
    [InlineData("below")]
    [InlineData("missing.txt")]
    [InlineData("pipe")]
    [InlineData("socket")]
    public void A_path_that_leaves_the_root_or_names_no_served_file_is_refused_with_the_reason(string path)
    {
        var refused = Assert.Throws<RpcException>(() => _root.Resolve(path));

        Assert.Equal(RpcErrorCode.Rejected, refused.Code);
        Assert.Contains("is refused:", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_outside.FullName, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_list_has_regular_files_only_and_follows_no_link() =>
        Assert.Equal(["below/deep/file", "open.txt"], _root.List());

    [Theory]
    [InlineData("back\\slash")]
    [InlineData("new\nline")]
    [InlineData(" - *?%2f~\"'")]
    [InlineData("...")]
    public void A_strange_name_is_a_name(string name)
    {
        File.WriteAllText(Path.Combine(_outside.FullName, "served", name), "strange");
        Assert.Contains(name, _root.List());
        Assert.Equal("strange", File.ReadAllText(_root.Resolve(name)));
    }

    [Fact]
    public void A_root_that_is_no_directory_is_refused() =>
        Assert.Throws<DirectoryNotFoundException>(() => new SafeRoot(Path.Combine(_outside.FullName, "secret.txt")));
}

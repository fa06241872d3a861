namespace NetCore.Transport.Tests;

public sealed class TransportAddressTests
{
    [Theory]
    [InlineData("tcp://127.0.0.1:80")]
    [InlineData("tcp://localhost:0")]
    [InlineData("tcp://a.example:65535")]
    [InlineData("tcp://[::1]:7000")]
    [InlineData("tcp://[::]:7000")]
    [InlineData("tcp://*:7000")]
    [InlineData("unix:///run/a.sock")]
    [InlineData("unix://@abstract")]
    [InlineData("inproc://any name")]
    public void Text_and_address_convert_both_ways(string text)
    {
        var address = TransportAddress.Parse(text);
        Assert.Equal(text, address.ToString());
        Assert.Equal(address, (TransportAddress)text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("http://a:1")]
    [InlineData("tcp://a")]
    [InlineData("tcp://a:")]
    [InlineData("tcp://a:-1")]
    [InlineData("tcp://a:65536")]
    [InlineData("tcp://a:9999999999")]
    [InlineData("tcp://:1")]
    [InlineData("tcp://::1:1")]
    [InlineData("tcp://[1.2.3.4]:1")]
    [InlineData("tcp://[::1]")]
    [InlineData("tcp://a b:1")]
    [InlineData("unix://relative")]
    [InlineData("unix://")]
    [InlineData("unix://@")]
    [InlineData("unix:///a\0b")]
    [InlineData("inproc://")]
    public void Malformed_text_is_refused_with_the_forms_that_exist(string text)
    {
        Assert.False(TransportAddress.TryParse(text, out _));
        var error = Assert.Throws<TransportException>(() => TransportAddress.Parse(text));
        Assert.Equal(TransportError.AddressNotSupported, error.Error);
        Assert.Contains("tcp://host:port", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_unix_path_is_limited_in_bytes_and_not_in_characters()
    {
        Assert.Equal(108, TransportAddress.Unix("/" + new string('a', 106)).ToString().Length - "unix://".Length + 1);
        Assert.Throws<TransportException>(() => TransportAddress.Unix("/" + new string('a', 107)));
        Assert.Throws<TransportException>(() => TransportAddress.Unix("/" + new string('ä', 54)));
    }

    [Fact]
    public void The_parts_are_there()
    {
        TransportAddress address = "tcp://[fe80::1]:12";
        Assert.Equal(("fe80::1", 12, TransportScheme.Tcp), (address.Host, address.Port, address.Scheme));
        Assert.True(TransportAddress.Parse("unix://@x").IsAbstract);
        Assert.False(TransportAddress.Parse("unix:///x").IsAbstract);
    }
}

namespace NetCore.Transport.Tests.Explored;

/// <summary>The wake-ups of a run: numbers that are given again as soon as they are closed.</summary>
internal sealed class FakeKernel
{
    private readonly HashSet<int> _open = [];
    private int _written;
    private int _seen;

    public int Open()
    {
        var number = 3;
        while (!_open.Add(number))
        {
            number++;
        }

        return number;
    }

    public void Close(int number) => _open.Remove(number);

    public void Write(int number)
    {
        if (!_open.Contains(number))
        {
            Explorer.Current.Fail("A write to a closed number.");
        }

        _written++;
    }

    /// <summary>Sleeps until somebody writes, or not at all when something else is there.</summary>
    public void Wait(bool hasEvent)
    {
        Explorer.Block(() => hasEvent || _written > _seen);
        _seen = _written;
    }
}

using System.Globalization;

namespace NetCore.Transport.Tests.Explored;

/// <summary>Runs a few threads one step at a time, in every order with so many preemptions.</summary>
/// <remarks>
/// A step ends before each operation that another thread can see, which says so by <see cref="Yield"/>. The choices of
/// a run are a list of numbers; the next run differs in the last choice that has something left, depth first.
/// </remarks>
internal sealed class Explorer
{
    [ThreadStatic]
    private static Explorer? _current;

    [ThreadStatic]
    private static int _index;

    private readonly List<int> _prefix;
    private readonly List<(int Chosen, int Options)> _choices = [];
    private SemaphoreSlim[] _turns = [];
    private Func<bool>?[] _ready = [];
    private int _preemptions;
    private volatile string? _failure;

    private Explorer(List<int> prefix, int preemptions) => (_prefix, _preemptions) = (prefix, preemptions);

    /// <summary>The run that the calling thread belongs to.</summary>
    public static Explorer Current => _current ?? throw new InvalidOperationException("No run is under way.");

    /// <summary>What the run's threads share besides.</summary>
    public FakeKernel Kernel { get; } = new();

    /// <summary>What they lock.</summary>
    public List<Lock> Locks { get; } = [];

    /// <summary>Runs all orders; throws for the first that fails.</summary>
    /// <param name="preemptions">How often a thread that could go on is stopped.</param>
    /// <param name="scenario">Makes the threads of a run and the check after it.</param>
    /// <returns>How many orders there were.</returns>
    public static int Explore(int preemptions, Func<(Action[] Threads, Action Check)> scenario)
    {
        var prefix = new List<int>();
        for (var runs = 1; ; runs++)
        {
            var run = new Explorer(prefix, preemptions);
            _current = run;
            _index = -1;
            var (threads, check) = scenario();
            run.Run(threads);
            check();
            _current = null;
            var last = run._choices.FindLastIndex(static choice => choice.Chosen + 1 < choice.Options);
            if (last < 0)
            {
                return runs;
            }

            prefix = [.. run._choices.Take(last).Select(static choice => choice.Chosen), run._choices[last].Chosen + 1];
        }
    }

    /// <summary>Another thread may run here.</summary>
    public static void Yield() => Block(static () => true);

    /// <summary>Others run until it is true.</summary>
    public static void Block(Func<bool> ready)
    {
        if (_index < 0)
        {
            return;
        }

        var run = Current;
        run._ready[_index] = ready;
        run.Switch(_index);
    }

    /// <summary>Ends the run.</summary>
    public void Fail(string why)
    {
        _failure ??= $"{why} Choices: "
            + string.Join(' ', _choices.Select(static c => c.Chosen.ToString(CultureInfo.InvariantCulture)));
        foreach (var turn in _turns)
        {
            turn.Release();
        }

        throw new OperationCanceledException(why);
    }

    private void Run(Action[] actions)
    {
        _turns = [.. actions.Select(static _ => new SemaphoreSlim(0))];
        _ready = [.. actions.Select(static _ => (Func<bool>)(static () => true))];
        var threads = actions.Select((action, index) => new Thread(() => RunOne(action, index))).ToList();
        threads.ForEach(static thread => thread.Start());
        _turns[Choose(-1)].Release();
        threads.ForEach(static thread => Assert.True(thread.Join(Pair.Patience), "A step did not end."));
        Assert.True(_failure is null, _failure);
    }

    private void RunOne(Action action, int index)
    {
        _current = this;
        _index = index;
        try
        {
            Await(index);
            action();
            _ready[index] = null;
            if (!_ready.All(static ready => ready is null))
            {
                _turns[Choose(index)].Release();
            }
        }
        catch (OperationCanceledException)
        {
            // The run has failed.
        }
    }

    private void Switch(int from)
    {
        var to = Choose(from);
        if (to != from)
        {
            _turns[to].Release();
            Await(from);
        }
    }

    private void Await(int index)
    {
        _turns[index].Wait();
        if (_failure is not null)
        {
            throw new OperationCanceledException(_failure);
        }
    }

    // Staying is the first option; leaving a thread that could go on costs a preemption.
    private int Choose(int from)
    {
        var options = Enumerable.Range(0, _ready.Length)
            .Where(index => _ready[index] is { } ready && ready())
            .OrderBy(index => index != from).ToList();
        if (options.Count == 0)
        {
            Fail("Nobody can go on: a wake-up was lost.");
        }

        var stays = options[0] == from;
        var count = stays && _preemptions == 0 ? 1 : options.Count;
        var chosen = _choices.Count < _prefix.Count ? _prefix[_choices.Count] : 0;
        _choices.Add((chosen, count));
        _preemptions -= stays && chosen > 0 ? 1 : 0;
        return options[chosen];
    }
}

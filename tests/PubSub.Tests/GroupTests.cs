namespace NetCore.PubSub.Tests;

public class GroupTests
{
    [Fact]
    public void Each_message_is_for_one_member_and_all_are_for_who_stands_outside()
    {
        using var rig = new TopicRig();
        var options = new SubscriptionOptions { Group = "workers" };
        var members = Enumerable.Range(0, 3).Select(_ => rig.Collect(rig.Connect(), "job.*", options)).ToList();
        var outside = rig.Collect(rig.Connect(), "job.*");
        rig.Publish(rig.Connect(), "job.a", Enumerable.Range(0, 300));
        Assert.Equal(Enumerable.Range(0, 300), members.SelectMany(static m => m.Numbers).Order());
        Assert.Equal(Enumerable.Range(0, 300), outside.Numbers);
        Assert.All(members, static member => Assert.InRange(member.All.Count, 50, 150));
    }

    [Fact]
    public void A_member_that_is_busy_gets_less_and_what_waits_for_one_that_dies_goes_to_the_others()
    {
        using var rig = new TopicRig();
        var options = new SubscriptionOptions { Group = "workers", WindowBytes = 1 };
        var busyClient = rig.Connect();
        var busy = rig.Pull(busyClient, "job", options);
        var quick = rig.Collect(rig.Connect(), "job", options);
        foreach (var i in Enumerable.Range(0, 20))
        {
            rig.Publish(rig.Connect(), "job", i);
        }

        Assert.True(quick.All.Count >= 18, $"{quick.All.Count}");
        var waiting = rig.Pull(rig.Connect(), "job2", options);
        var second = rig.Connect();
        var other = rig.Pull(second, "job2", options);
        rig.Publish(rig.Connect(), "job2", Enumerable.Range(0, 20));
        second.Session.Abort();
        rig.Test.Settle();
        waiting.TakeAll();
        other.TakeAll();
        Assert.InRange(waiting.All.Count, 19, 20);
        Assert.True(busy.TryTake());
    }

    [Fact]
    public void A_message_for_a_member_that_goes_after_it_was_chosen_is_for_another()
    {
        using var rig = new TopicRig();
        var options = new SubscriptionOptions { Group = "g" };
        var members = Enumerable.Range(0, 2).Select(_ => rig.Collect(rig.Connect(), "t", options)).ToList();
        var publisher = rig.Connect();
        rig.Publish(publisher, "t", 1);
        rig.Broker.Core.Match("t"u8.ToArray(), out _, out var groups);

        // They take turns, so the next message is for the one that has none yet.
        var chosen = Assert.Single(groups).Members[members[0].All.Count == 0 ? 0 : 1];
        var other = members[members[0].All.Count == 0 ? 1 : 0];
        var publishing = new Thread(() => rig.Publish(publisher, "t", 2));
        lock (chosen.Peer.Lock)
        {
            publishing.Start();
            Assert.True(SpinWait.SpinUntil(
                () => (publishing.ThreadState & ThreadState.WaitSleepJoin) != 0, TimeSpan.FromSeconds(90)));
            Assert.Empty(chosen.Drop_NeedsLock());
        }

        publishing.Join();
        rig.Test.Settle();
        Assert.Equal([1, 2], other.Numbers);
    }

    [Fact]
    public void When_all_members_are_full_the_rule_of_one_decides_and_the_loss_is_told()
    {
        using var rig = new TopicRig();
        var options = new SubscriptionOptions { Group = "g", WindowBytes = 1, MaxItems = 2 };
        var members = Enumerable.Range(0, 2).Select(_ => rig.Pull(rig.Connect(), "t", options)).ToList();
        rig.Publish(rig.Connect(), "t", Enumerable.Range(0, 50));
        members.ForEach(static member => member.TakeAll());
        Assert.Equal(50, members.Sum(static member => member.Told));
    }

    [Fact]
    public void A_group_whose_members_block_makes_the_publisher_wait_and_loses_nothing()
    {
        using var rig = new TopicRig(options: TopicRig.With(new TopicRule("t") { AllowBlocking = true }));
        var options = new SubscriptionOptions
        {
            Group = "g", WindowBytes = 1, MaxItems = 2, Overflow = OverflowRule.Block,
        };
        var members = Enumerable.Range(0, 2).Select(_ => rig.Pull(rig.Connect(), "t", options)).ToList();
        rig.Publish(rig.Connect(), "t", Enumerable.Range(0, 50));
        for (var i = 0; i < 60; i++)
        {
            members.ForEach(static member => member.TryTake());
        }

        Assert.Empty(members.SelectMany(static member => member.Gaps));
        Assert.Equal(Enumerable.Range(0, 50), members.SelectMany(static member => member.Numbers).Order());
    }
}

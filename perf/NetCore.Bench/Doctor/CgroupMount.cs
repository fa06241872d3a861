namespace NetCore.Bench.Doctor;

/// <summary>Where the limits of this process are written.</summary>
/// <param name="Unified">Version 2, with one tree for every controller.</param>
/// <param name="Folder">The folder of the process's own group.</param>
/// <param name="Top">The mount point, above which nothing can be seen.</param>
internal sealed record CgroupMount(bool Unified, string Folder, string Top)
{
    /// <summary>The folder that holds <paramref name="controller"/>; null when it is not mounted.</summary>
    /// <param name="cgroup">The text of <c>/proc/self/cgroup</c>.</param>
    /// <param name="mountInfo">The text of <c>/proc/self/mountinfo</c>.</param>
    /// <param name="controller"><c>cpu</c> or <c>memory</c>.</param>
    public static CgroupMount? Find(string cgroup, string mountInfo, string controller)
    {
        // A machine with both versions has the controller in version 1 when it is named there.
        var groups = cgroup.Split('\n').Select(line => line.Trim().Split(':', 3)).Where(parts => parts.Length == 3)
            .ToList();
        var old = groups.Find(parts => parts[1].Split(',').Contains(controller));
        var one = old ?? groups.Find(parts => parts is ["0", "", _]);
        if (one is null)
        {
            return null;
        }

        foreach (var line in mountInfo.Split('\n'))
        {
            // id parent device root mountpoint options... - type source super-options
            var halves = line.Split(" - ", 2);
            var mount = halves[0].Split(' ');
            var type = halves.Length == 2 ? halves[1].Split(' ') : [];
            var fits = old is null
                ? type is ["cgroup2", ..]
                : type is ["cgroup", ..] && type[^1].Trim().Split(',').Contains(controller);
            if (fits && mount.Length > 4)
            {
                return new CgroupMount(old is null, Join(mount[4], mount[3], one[2]), mount[4]);
            }
        }

        return null;
    }

    /// <summary>The folder and those above it, up to the mount point.</summary>
    public IEnumerable<string> Upwards()
    {
        var folder = Folder;
        while (folder.Length > Top.Length)
        {
            yield return folder;
            folder = folder[..folder.LastIndexOf('/')];
        }

        yield return Top;
    }

    // In a container the mount shows a part of the tree only, and the group's path begins with that part's.
    private static string Join(string point, string root, string path)
    {
        var relative = root != "/" && path.StartsWith(root, StringComparison.Ordinal) ? path[root.Length..] : path;
        return point + (relative is "/" or "" || relative.StartsWith("/..", StringComparison.Ordinal) ? "" : relative);
    }
}

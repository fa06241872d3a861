namespace NetCore.Native;

/// <summary>Operations of <c>epoll_ctl</c>.</summary>
internal enum EpollOperation
{
    Add = 1,
    Remove = 2,
    Modify = 3,
}

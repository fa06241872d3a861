namespace NetCore.Session.Internal;

/// <summary>
/// Room for the frames of one gate entry, borrowed for the time of one callback so that idle sessions hold none.
/// </summary>
internal sealed class FrameScratch
{
    public readonly InFrame[] In = new InFrame[SessionLimits.FramesPerGate];
    public readonly OutFrame[] Out = new OutFrame[SessionLimits.FramesPerGate];
}

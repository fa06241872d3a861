namespace NetCore.PubSub.Internal;

/// <summary>What a batch brings along beside its records.</summary>
/// <param name="Number">Of the acknowledgement; meaningful if one is wanted.</param>
/// <param name="WantsAcknowledgement">Whether its publisher waits for one.</param>
/// <param name="Deadline">When it is refused if it still waits, on the world's timers.</param>
/// <param name="Charge">Bytes of the publish window that it takes until it is resolved.</param>
internal readonly record struct PublishTicket(uint Number, bool WantsAcknowledgement, long Deadline, int Charge);

namespace NetCore.PubSub;

/// <summary>Handles messages on the thread that received them, in their order.</summary>
/// <remarks>
/// It must not block: it holds up every connection of its thread. Each message, and each gap, comes once. What it
/// throws is logged, and the message counts as delivered.
/// </remarks>
/// <param name="message">Lent until the handler returns.</param>
public delegate void MessageHandler(in MessageView message);

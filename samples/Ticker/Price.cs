namespace NetCore.Ticker;

/// <summary>What a price message carries.</summary>
public readonly record struct Price(double Bid, double Ask);

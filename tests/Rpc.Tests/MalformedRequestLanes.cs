namespace NetCore.Rpc.Tests;

public class MalformedPoolRequestTests() : MalformedRequestTests(RpcLane.Pool);

public class MalformedInlineRequestTests() : MalformedRequestTests(RpcLane.Inline);

using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;

// Before it measures, BenchmarkDotNet builds the libraries once more; on a busy machine that takes longer than the two
// minutes it would wait.
var config = DefaultConfig.Instance.WithBuildTimeout(TimeSpan.FromMinutes(10));
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);

using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;

// Before it measures, BenchmarkDotNet builds the libraries once more; on a busy machine that takes longer than the two
// minutes it would wait.
var config = ManualConfig.Create(DefaultConfig.Instance).WithBuildTimeout(TimeSpan.FromMinutes(10));
var summaries = BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);

// It ends with 0 even when a benchmark did not build or threw.
return summaries.Any(one => one.HasCriticalValidationErrors || one.Reports.Any(report => !report.Success)) ? 1 : 0;

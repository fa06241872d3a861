// The tests start pairs of processes on two cores, which are what there is; beside each other they would only wait.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

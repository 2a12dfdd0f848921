using BenchmarkDotNet.Running;
using PateSim.Benchmarks;

if (args is ["networks", .. var rest]) NetworkComparison.Run(rest);
else BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);

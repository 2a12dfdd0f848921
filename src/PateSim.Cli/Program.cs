using PateSim.Cli;

using var interrupts = new Interrupts(Console.Error);
return await CliApplication.RunAsync(args, CliEnvironment.FromProcess(), interrupts.Token).ConfigureAwait(false);

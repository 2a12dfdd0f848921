using PateSim.Cli;

using var interrupts = new Interrupts(MessageWriter.ForProcess());
return await CliApplication.RunAsync(args, CliEnvironment.FromProcess(), interrupts.Token).ConfigureAwait(false);

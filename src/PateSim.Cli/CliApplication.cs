using System.CommandLine;
using System.CommandLine.Invocation;
using PateSim.Cli.Commands;
using PateSim.Core;
using PateSim.Reporting.Folders;

namespace PateSim.Cli;

/// <summary>The command line as a function: arguments in, exit code out, nothing else touched.</summary>
public static class CliApplication
{
    /// <summary>Runs one command line.</summary>
    /// <param name="cancellation">Stops a run cleanly.</param>
    /// <returns>See <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> args, CliEnvironment environment, CancellationToken cancellation)
    {
        environment = environment with { Error = new MessageWriter(environment.Error) };
        try
        {
            var result = CommandTree.Build(environment).Parse(args, new ParserConfiguration
            {
                EnablePosixBundling = false,
                ResponseFileTokenReplacer = null,
            });
            if (result.Action is ParseErrorAction || (result.Errors.Count > 0 && result.Action is null))
                return UsageErrors.Print(result, environment.Error);
            return await result.InvokeAsync(
                new InvocationConfiguration
                {
                    Output = environment.Out,
                    Error = environment.Error,
                    EnableDefaultExceptionHandler = false,
                    ProcessTerminationTimeout = null,
                },
                cancellation).ConfigureAwait(false);
        }
        catch (UsageException exception)
        {
            environment.Error.WriteLine($"patesim: {exception.Message}");
            return ExitCodes.Usage;
        }
        catch (InvalidInputException exception)
        {
            foreach (var problem in exception.Problems) environment.Error.WriteLine(problem);
            environment.Error.WriteLine(exception.Problems.Count == 1
                ? "1 problem; nothing was run."
                : $"{exception.Problems.Count} problems; nothing was run.");
            return ExitCodes.InvalidInput;
        }
        catch (RunFolderException exception)
        {
            environment.Error.WriteLine(exception.ToProblem());
            return ExitCodes.RunFailed;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            environment.Error.WriteLine("Cancelled before anything was finished; nothing was written.");
            return ExitCodes.Cancelled;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            environment.Error.WriteLine($"patesim: error PS4021: reading or writing failed: {exception.Message}");
            return ExitCodes.RunFailed;
        }
        // Whatever it is, the user gets one line and an exit code, not a stack trace.
#pragma warning disable CA1031
        catch (Exception exception)
        {
            return Unexpected(exception, environment);
        }
#pragma warning restore CA1031
    }

    private static int Unexpected(Exception exception, CliEnvironment environment)
    {
        var message = exception.Message.ReplaceLineEndings(" ");
        environment.Error.WriteLine(
            $"patesim: error PS4000: unexpected {exception.GetType().Name}: {message} This is a fault of PateSim "
            + $"{ToolVersion.Current}; please report it with the scenario file and the output under PATESIM_DEBUG=1.");
        if (environment.IsDebugging) environment.Error.WriteLine(exception);
        return ExitCodes.RunFailed;
    }
}

/// <summary>An argument that the grammar admits and that means nothing.</summary>
public sealed class UsageException(string message) : Exception(message);

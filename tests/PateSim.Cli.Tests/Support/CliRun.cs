using PateSim.Reporting.Folders;

namespace PateSim.Cli.Tests.Support;

/// <summary>What a command line did.</summary>
internal sealed record CliResult(int ExitCode, string Out, string Error);

/// <summary>Runs command lines in process, in a folder of their own that is deleted afterwards.</summary>
internal sealed class CliRun : IDisposable
{
    /// <summary>A federation that trains in a moment: 8 clinics, 400 patients.</summary>
    public const string TinyScenario = """
        name = tiny
        description = "A federation that trains in a moment."
        seed = 5
        data {
          dataset { kind = synthetic-clinics, synthetic-clinics { patients = 400, clinics = 8, diagnoses = 3 } }
        }
        aggregation { queries = 30 }
        privacy.accountants.kinds = [per-answer, basic-composition, moments]
        student.mlp { hidden = [8, 8], epochs = 5 }
        theft {
          clone.mlp { hidden = [8], epochs = 3 }
          attacks.natural-pool.budgets = [10, 20]
        }
        """;

    public CliRun() => Folder = Directory.CreateTempSubdirectory("patesim-cli-").FullName;

    public string Folder { get; }

    public string Runs => Path.Combine(Folder, "runs");

    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    public bool OutIsTerminal { get; init; }

    public bool ErrorIsTerminal { get; init; }

    public IFolderAccess Folders { get; init; } = DiskFolderAccess.Instance;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The names of all run folders, finished or not.</summary>
    public string[] RunNames => Directory.Exists(Runs)
        ? [.. new DirectoryInfo(Runs).EnumerateFileSystemInfos().Select(i => i.Name).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>Writes a file below the folder and returns its path.</summary>
    public string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Runs the tiny scenario, with more text behind it, into <see cref="Runs"/>.</summary>
    public Task<CliResult> RunTinyAsync(string more = "", params string[] args) =>
        RunAsync(["run", Write("tiny.conf", TinyScenario + "\n" + more), "--out", Runs, .. args]);

    public Task<CliResult> RunAsync(params string[] args) => RunAsync(CancellationToken.None, args);

    public async Task<CliResult> RunAsync(CancellationToken cancellation, params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var environment = new CliEnvironment(
            TextWriter.Synchronized(output), TextWriter.Synchronized(error), OutIsTerminal, ErrorIsTerminal, 100,
            name => Variables.GetValueOrDefault(name), Time, Folders);
        var code = await CliApplication.RunAsync(args, environment, cancellation);
        return new CliResult(code, output.ToString(), error.ToString());
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

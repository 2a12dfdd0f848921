using System.Collections.Immutable;
using System.CommandLine;
using PateSim.Cli.Progress;
using PateSim.Core;
using PateSim.Data.Datasets;
using PateSim.Data.Fetching;
using PateSim.Data.Reading;

namespace PateSim.Cli.Commands.Datasets;

/// <summary><c>patesim data fetch</c>: brings the files of datasets into a folder, checked.</summary>
internal sealed class DataFetchCommand(CliEnvironment environment)
{
    private readonly Argument<string[]> _names = new("NAME")
    {
        Description = "As 'patesim data list' prints it; several are fetched one after the other.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _data = new("--data")
    {
        HelpName = "DIR",
        Description = "Folder into which to fetch; it is created. [default: the user's cache, ~/.cache/patesim/data]",
    };

    private readonly Option<string[]> _from = new("--from")
    {
        HelpName = "URL",
        Description = "A mirror, in place of the published addresses: a folder that holds a folder for each dataset, as "
            + "a data folder does. May be repeated.",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<long?> _attempts = CheckedNumber.Whole(
        "--attempts", "How often in a row an address may fail. [default: 5]", 1, 100);

    private readonly Option<double?> _timeout = CheckedNumber.Real(
        "--timeout", "SECONDS", "How long a server may send nothing. [default: 60]",
        seconds => seconds is > 0 and <= 86_400, "a number of seconds above 0, at most 86400");

    public static string[] Examples { get; } =
    [
        "patesim data fetch heart-disease",
        "patesim data fetch adult mnist --data ~/datasets",
        "patesim data fetch diabetes-130 --from https://mirror.example.org/patesim",
    ];

    public static Command Build(CliEnvironment environment)
    {
        var self = new DataFetchCommand(environment);
        var command = new Command(
            "fetch", "Fetches the files of a dataset, goes on where an earlier fetch broke off, and checks them.");
        command.Arguments.Add(self._names);
        command.Options.Add(self._data);
        command.Options.Add(self._from);
        command.Options.Add(self._attempts);
        command.Options.Add(self._timeout);
        command.SetAction(self.ExecuteAsync);
        return command;
    }

    private async Task<int> ExecuteAsync(ParseResult result, CancellationToken cancellation)
    {
        var datasets = result.GetRequiredValue(_names).Select(DatasetName.Find).Select(source => source.Info).ToList();
        var mirrors = (result.GetValue(_from) ?? []).Select(Mirror).ToImmutableArray();
        var (root, access) = Folders(result.GetValue(_data));
        var settings = FetchSettings.Default with
        {
            Attempts = (int)(result.GetValue(_attempts) ?? FetchSettings.Default.Attempts),
            Silence = result.GetValue(_timeout) is { } seconds
                ? TimeSpan.FromSeconds(seconds)
                : FetchSettings.Default.Silence,
        };
        using var handler = new SocketsHttpHandler
        {
            ConnectTimeout = settings.Silence,
            MaxAutomaticRedirections = 10,
        };
        using var http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.UserAgent.ParseAdd($"patesim/{ToolVersion.Current}");
        var fetcher = new DatasetFetcher(http, settings, environment.Time);
        var code = ExitCodes.Ok;
        foreach (var info in datasets)
        {
            var ended = await FetchAsync(fetcher, info, root, access, mirrors, cancellation).ConfigureAwait(false);
            if (ended == ExitCodes.Cancelled) return ended;
            code = Math.Max(code, ended);
        }
        return code;
    }

    private async Task<int> FetchAsync(
        DatasetFetcher fetcher, DatasetInfo info, string root, DataAccess access, ImmutableArray<Uri> mirrors,
        CancellationToken cancellation)
    {
        if (info.Files.IsEmpty)
        {
            environment.Out.WriteLine($"{info.Name}: generated; there is nothing to fetch.");
            return ExitCodes.Ok;
        }
        FetchReport report;
        using (var display = FetchDisplay.Start(environment))
        {
            try
            {
                report = await fetcher.FetchAsync(info, root, access, mirrors, display, cancellation)
                    .ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                display.Dispose();
                environment.Error.WriteLine(
                    $"Cancelled; what came is kept in {Path.Combine(root, info.Name)}, and the same command goes on from "
                    + "there.");
                return ExitCodes.Cancelled;
            }
        }
        FetchReportText.Print(report, root, environment);
        return report.IsComplete ? ExitCodes.Ok
            : report.Problems.Any(problem => problem.Code == FetchProblems.WrongDigest) ? ExitCodes.VerificationFailed
            : ExitCodes.RunFailed;
    }

    /// <summary>Where to fetch, and where files count as at hand: only there when a folder is named.</summary>
    private (string Root, DataAccess Access) Folders(string? named)
    {
        if (named is not null)
        {
            return named.Trim().Length > 0
                ? (named, DataAccess.None)
                : throw new UsageException("--data names no folder.");
        }
        var cache = DataFolderOption.Cache(environment) ?? throw new InvalidInputException(new Problem(
            FetchProblems.NoFolder, "data fetch", "",
            "Neither XDG_CACHE_HOME nor HOME is set, so there is no cache. Name a folder with --data."));
        return (cache, DataFolderOption.Access(null, environment));
    }

    private static Uri Mirror(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            ? address
            : throw new UsageException(
                $"--from {text}: it is an address of a folder, such as https://mirror.example.org/patesim.");
}

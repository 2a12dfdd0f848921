using System.Collections.Immutable;
using System.CommandLine;
using PateSim.Cli.Rendering;
using PateSim.Privacy.Accounting;
using PateSim.Privacy.Events;
using PateSim.Privacy.Ledger;
using PateSim.Reporting.Files;

namespace PateSim.Cli.Commands.Accounting;

/// <summary><c>patesim privacy account</c>: every ε of a ledger or of votes, in one table.</summary>
internal sealed class AccountCommand(CliEnvironment environment)
{
    private readonly Argument<string> _file = new("FILE")
    {
        Description = "A ledger.csv, a run folder that has one, or a votes file: one histogram per line, one column per "
            + "class.",
    };
    private readonly MechanismOptions _mechanism = new();
    private readonly TargetOptions _target = new();
    private readonly Option<long?> _teachers = CheckedNumber.Whole(
        "--teachers", "Votes due in every line of a votes file. [default: those of the first]", 1, int.MaxValue);
    private readonly Option<string?> _lastHash = new("--last-hash")
    {
        HelpName = "HASH",
        Description = "The ledger's last hash as it was noted elsewhere.",
    };
    private readonly Option<string?> _accountants = new("--accountants")
    {
        HelpName = "A,B",
        Description = "Names as 'patesim list accountants' prints them. [default: all]",
    };
    private readonly Option<double[]?> _orders = CheckedNumber.List(
        "--orders", "A,B", "Rényi orders for rdp and rdp-data-dependent. [default: 377 from 1.1 to 10,000]",
        order => order > 1 && double.IsFinite(order), "a finite number above 1");
    private readonly Option<bool> _json = new("--json") { Description = "Prints JSON." };

    public static string[] Examples { get; } =
    [
        "patesim privacy account runs/quickstart-1f0c2b3a-s1/ledger.csv",
        "patesim privacy account votes.csv --mechanism gnmax --sigma 40 --teachers 250",
        "patesim privacy account votes.csv --mechanism confident-gnmax --sigma 40 --threshold 200 --threshold-sigma 150 "
        + "--delta 1e-6 --json",
    ];

    public static Command Build(CliEnvironment environment)
    {
        var self = new AccountCommand(environment);
        var command = new Command("account", "Every epsilon of a ledger or of a votes file, in one table.");
        command.Arguments.Add(self._file);
        self._mechanism.AddTo(command, noise: true, threshold: true);
        self._target.AddTo(command);
        command.Options.Add(self._teachers);
        command.Options.Add(self._lastHash);
        command.Options.Add(self._accountants);
        command.Options.Add(self._orders);
        command.Options.Add(self._json);
        command.SetAction((result, cancellation) => Task.FromResult(self.Execute(result, cancellation)));
        return command;
    }

    private int Execute(ParseResult result, CancellationToken cancellation)
    {
        var path = result.GetRequiredValue(_file);
        if (Directory.Exists(path)) path = Path.Combine(path, "ledger.csv");
        var accountants = WorstCaseAccountants.Named(result.GetValue(_accountants), result.GetValue(_orders) ?? []);
        var target = _target.Read(result);
        var text = InputText.Read(path);
        var account = LedgerInput.IsLedger(path, text)
            ? Ledger(path, text, result, target, accountants, cancellation)
            : Votes(path, text, result, target, accountants, cancellation);
        if (result.GetValue(_json))
        {
            JsonText.Write(environment.Out, json =>
            {
                json.WriteString("file", path);
                json.WriteString("statement", account.Statement);
                if (account.Noise is { } noise) json.WriteString("noise", noise);
                json.Objects("privacy", account.Entries, JsonText.Epsilon);
                if (account.Odometer is { } readings) json.Objects("odometer", readings, JsonText.Epsilon);
                json.Texts("leftOut", account.LeftOut);
            });
            return ExitCodes.Ok;
        }
        WrappedText.Write(environment.Out, $"{path}: {account.Statement}", environment.Width);
        environment.Out.WriteLine();
        EpsilonTable.Print(account.Entries, account.LeftOut, environment);
        if (account.Odometer is not { } odometer || odometer.SequenceEqual(account.Entries)) return ExitCodes.Ok;
        environment.Out.WriteLine();
        WrappedText.Write(environment.Out, "What was really charged (odometer):", environment.Width);
        environment.Out.WriteLine();
        EpsilonTable.Print(odometer, [], environment);
        return ExitCodes.Ok;
    }

    /// <summary>What is printed.</summary>
    /// <param name="Noise">What the noise is worth; null where nothing says so.</param>
    /// <param name="Odometer">What was really charged; null where nothing says so.</param>
    private sealed record Account(
        string Statement, string? Noise, ImmutableArray<EpsilonEntry> Entries, ImmutableArray<EpsilonEntry>? Odometer,
        List<string> LeftOut);

    /// <summary>The reason without the parameters of the first event, which the line above the table names.</summary>
    private static string WithoutEvent(string message)
    {
        var start = message.IndexOf(" for ", StringComparison.Ordinal);
        var end = message.LastIndexOf("}: ", StringComparison.Ordinal);
        return start < 0 || end < start ? message : $"{message[..start]} for this: {message[(end + 3)..]}";
    }

    private Account Ledger(
        string path, string text, ParseResult result, AccountingTarget target,
        IReadOnlyList<IPrivacyAccountant> accountants, CancellationToken cancellation)
    {
        if (_mechanism.Written(result) is { } option)
            throw new UsageException($"{option} belongs to votes files: a ledger says itself what was charged.");
        var ledger = LedgerInput.Read(path, text, result.GetValue(_lastHash));
        // Those that are left out, with their reasons; their entries come by way of the ledger.
        var (_, messages) = PrivacyReport.Of(
            [.. LedgerReport.WorstCase(ledger.Rows)], target, accountants, cancellation);
        return new Account(
            ledger.Statement, ledger.Noise,
            [.. accountants.SelectMany(accountant => LedgerReport.Promised(accountant, ledger.Rows, target))],
            [.. accountants.SelectMany(accountant => LedgerReport.Odometer(accountant, ledger.Rows, target))],
            [.. messages.Select(WithoutEvent)]);
    }

    private Account Votes(
        string path, string text, ParseResult result, AccountingTarget target,
        IReadOnlyList<IPrivacyAccountant> accountants, CancellationToken cancellation)
    {
        var vote = _mechanism.Read(result, threshold: true);
        var rows = VotesInput.Read(path, text, (int?)result.GetValue(_teachers));
        ImmutableArray<PrivacyEvent> events = [.. rows.Select(row => Event(vote, row.Votes, row.Answered))];
        var first = rows[0].Votes;
        var (entries, messages) = PrivacyReport.Of(events, target, accountants, cancellation);
        return new Account(
            FormattableString.Invariant(
                $"{rows.Length:N0} histograms of {first.TeacherCount:N0} votes for {first.ClassCount} classes, ")
            + FormattableString.Invariant($"{rows.Count(row => row.Answered):N0} answered; {vote.Describe()}."),
            null,
            entries, null, [.. messages.Select(WithoutEvent)]);
    }

    private static PrivacyEvent Event(NoisyVote vote, PrivateVotes votes, bool answered)
    {
        var argmax = new NoisyArgmaxEvent(vote.Law, vote.Scale, votes.ClassCount, votes.TeacherCount, votes);
        if (!vote.HasCheck)
            return answered ? argmax : throw new UsageException(
                $"A votes file with queries that were not answered does not belong to {vote.Mechanism}, which always "
                + "answers.");
        var check = new NoisyThresholdEvent(
            vote.Law, vote.ThresholdSigma, vote.Threshold, votes.TeacherCount, new PrivateScore(votes.Counts.Max()));
        return answered ? new ComposedEvent([check, argmax]) : new ComposedEvent([check]);
    }
}

using System.Collections.Immutable;
using System.CommandLine;
using PateSim.Cli.Rendering;
using PateSim.Privacy.Accounting;
using PateSim.Privacy.Events;

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
    private readonly Option<long?> _answered = CheckedNumber.Whole(
        "--answered", "How many charged queries got a label (ledger of confident-gnmax). [default: all]", 0,
        long.MaxValue);
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
        command.Options.Add(self._answered);
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
        var (events, statement) = LedgerInput.IsLedger(path, text)
            ? Ledger(path, text, result)
            : Votes(path, text, result);
        var (entries, messages) = PrivacyReport.Of(events, target, accountants, cancellation);
        List<string> leftOut = [.. messages.Select(WithoutEvent)];
        if (result.GetValue(_json))
        {
            JsonOutput.Print(environment.Out, json =>
            {
                json.WriteString("file", path);
                json.WriteString("statement", statement);
                json.Objects("privacy", entries, JsonOutput.Entry);
                json.Texts("leftOut", leftOut);
            });
            return ExitCodes.Ok;
        }
        WrappedText.Write(environment.Out, $"{path}: {statement}", environment.Width);
        environment.Out.WriteLine();
        EpsilonTable.Print(entries, leftOut, environment);
        return ExitCodes.Ok;
    }

    /// <summary>The reason without the parameters of the first event, which the line above the table names.</summary>
    private static string WithoutEvent(string message)
    {
        var start = message.IndexOf(" for ", StringComparison.Ordinal);
        var end = message.LastIndexOf("}: ", StringComparison.Ordinal);
        return start < 0 || end < start ? message : $"{message[..start]} for this: {message[(end + 3)..]}";
    }

    private (ImmutableArray<PrivacyEvent> Events, string Statement) Ledger(string path, string text, ParseResult result)
    {
        if (_mechanism.IsWritten(result))
            throw new UsageException("--mechanism belongs to votes files: a ledger names its mechanism itself.");
        var ledger = LedgerInput.Read(
            path, text, result.GetValue(_lastHash), result.GetValue(_answered), result, _mechanism);
        return (ledger.Events, ledger.Statement);
    }

    private (ImmutableArray<PrivacyEvent> Events, string Statement) Votes(string path, string text, ParseResult result)
    {
        var vote = _mechanism.Read(result, threshold: true);
        var rows = VotesInput.Read(path, text, (int?)result.GetValue(_teachers));
        ImmutableArray<PrivacyEvent> events = [.. rows.Select(row => Event(vote, row.Votes, row.Answered))];
        var first = rows[0].Votes;
        return (events, FormattableString.Invariant(
            $"{rows.Length:N0} histograms of {first.TeacherCount:N0} votes for {first.ClassCount} classes, ")
            + FormattableString.Invariant($"{rows.Count(row => row.Answered):N0} answered; {vote.Describe()}."));
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

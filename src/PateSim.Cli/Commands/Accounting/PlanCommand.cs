using System.Collections.Immutable;
using System.CommandLine;
using PateSim.Cli.Rendering;
using PateSim.Core;
using PateSim.Privacy.Accounting;
using PateSim.Privacy.Events;
using PateSim.Privacy.Ledger;
using PateSim.Privacy.Planning;
using PateSim.Reporting.Files;

namespace PateSim.Cli.Commands.Accounting;

/// <summary><c>patesim privacy plan</c>: how many answers a budget buys.</summary>
internal sealed class PlanCommand(CliEnvironment environment)
{
    private readonly MechanismOptions _mechanism = new();
    private readonly TargetOptions _target = new();
    private readonly Option<double?> _epsilon = CheckedNumber.Real("--epsilon", "E", "The budget.");
    private readonly Option<long?> _checks = CheckedNumber.Whole(
        "--checks-per-answer", "How many queries are checked for one that is answered (confident-gnmax). [default: 1]", 1,
        1000);
    private readonly Option<string?> _spent = new("--spent")
    {
        HelpName = "LEDGER",
        Description = "A ledger.csv whose charges come off the budget first.",
    };
    private readonly Option<bool> _json = new("--json") { Description = "Prints JSON." };

    public static string[] Examples { get; } =
    [
        "patesim privacy plan --mechanism lnmax --scale 40 --epsilon 3 --delta 1e-5",
        "patesim privacy plan --mechanism confident-gnmax --sigma 40 --threshold-sigma 150 --checks-per-answer 3 "
        + "--epsilon 2",
        "patesim privacy plan --mechanism lnmax --scale 40 --epsilon 5 --spent runs/quickstart-1f0c2b3a-s1/ledger.csv",
    ];

    public static Command Build(CliEnvironment environment)
    {
        var self = new PlanCommand(environment);
        var command = new Command("plan", "How many answers a budget buys, by every method that needs no votes.");
        self._mechanism.AddTo(command, noise: true, threshold: false);
        command.Options.Add(self._epsilon);
        self._target.AddTo(command);
        command.Options.Add(self._checks);
        command.Options.Add(self._spent);
        command.Options.Add(self._json);
        command.SetAction((result, cancellation) => Task.FromResult(self.Execute(result, cancellation)));
        return command;
    }

    private int Execute(ParseResult result, CancellationToken cancellation)
    {
        var vote = _mechanism.Read(result, threshold: false);
        var epsilon = result.GetValue(_epsilon) ?? throw MechanismOptions.Missing(_epsilon, "planning");
        var target = _target.Read(result);
        var checks = result.GetValue(_checks) ?? 1;
        if (checks > 1 && !vote.HasCheck)
            throw new UsageException($"--checks-per-answer does not belong to {vote.Mechanism}, but to confident-gnmax.");
        var before = Spent(result);
        var answer = vote.AnswerAfter(checks);
        var rows = Plan(answer, epsilon, target, before, cancellation).ToList();
        if (result.GetValue(_spent) is { } ledger && rows.Count > 0 && rows.All(row => row.Answers is null))
        {
            var smallest = rows.MinBy(row => row.Entry.Epsilon)!.Entry;
            throw new InvalidInputException(new Problem("PS3924", ledger, "", FormattableString.Invariant(
                $"the budget of epsilon {epsilon:R} at delta {PrivacyText.Delta(target.Delta)} ({target.Adjacency}) ")
                + "is already spent: "
                + FormattableString.Invariant($"the ledger's charges come to {smallest.Epsilon:R} by {smallest.Method}.")));
        }
        Print(result, vote, epsilon, checks, before.Length, rows);
        return ExitCodes.Ok;
    }

    private ImmutableArray<PrivacyEvent> Spent(ParseResult result) => result.GetValue(_spent) is { } path
        ? [.. LedgerReport.WorstCase(LedgerInput.Read(path, InputText.Read(path), null).Rows)]
        : [];

    /// <summary>For each method the answers that fit and ε with them; null answers where nothing is left.</summary>
    private static IEnumerable<(long? Answers, EpsilonEntry Entry)> Plan(
        PrivacyEvent answer, double epsilon, AccountingTarget target, ImmutableArray<PrivacyEvent> before,
        CancellationToken cancellation)
    {
        foreach (var accountant in WorstCaseAccountants.All)
        {
            cancellation.ThrowIfCancellationRequested();
            if (accountant is PerAnswerAccountant || !accountant.Supports(answer)
                || !before.All(accountant.Supports)) continue;
            foreach (var method in accountant.Account([answer], target).Select(entry => entry.Method).ToList())
            {
                var one = new OneEntryAccountant(accountant, method, before);
                var spent = one.Account([], target)[0];
                if (spent.Epsilon > epsilon * (1 + 1e-12))
                {
                    yield return (null, spent);
                    continue;
                }
                var answers = AnswerPlan.Answers(one, answer, epsilon, target, Limits.Answers, cancellation);
                yield return (answers, one.Account(AnswerPlan.Repeat(answer, answers, cancellation), target)[0]);
            }
        }
    }

    private void Print(
        ParseResult result, NoisyVote vote, double epsilon, long checks, int spent,
        IReadOnlyCollection<(long? Answers, EpsilonEntry Entry)> rows)
    {
        if (result.GetValue(_json))
        {
            JsonText.Write(environment.Out, json =>
            {
                json.WriteString("mechanism", vote.Mechanism);
                json.WriteString("law", vote.Law.ToString());
                json.Real("noiseScale", vote.Scale);
                if (vote.HasCheck) json.Real("thresholdSigma", vote.ThresholdSigma);
                json.Real("budget", epsilon);
                json.WriteNumber("checksPerAnswer", vote.HasCheck ? checks : 0);
                json.WriteNumber("spentQueries", spent);
                json.Objects("plans", rows, (plan, row) =>
                {
                    plan.WriteNumber("answers", row.Answers ?? 0);
                    JsonText.Epsilon(plan, row.Entry);
                });
            });
            return;
        }
        WrappedText.Write(
            environment.Out,
            FormattableString.Invariant($"{vote.Describe()}: answers within epsilon {epsilon:R}")
            + (vote.HasCheck ? FormattableString.Invariant($", each after {checks} check{(checks == 1 ? "" : "s")}") : "")
            + (spent > 0 ? FormattableString.Invariant($", after {spent:N0} queries charged before") : "") + ".",
            environment.Width);
        environment.Out.WriteLine();
        PlainTable.Print(
            environment,
            ["method", "answers", "epsilon then", "delta", "for whom", "computed from", "releasable"],
            [
                .. rows.Select(row => (string[])
                [
                    row.Entry.Method,
                    row.Answers switch
                    {
                        null => "spent",
                        Limits.Answers => $"{PrivacyText.Count(Limits.Answers)} or more",
                        { } number => PrivacyText.Count(number),
                    },
                    PrivacyText.Upper(row.Entry.Epsilon), PrivacyText.Delta(row.Entry.Delta),
                    row.Entry.Adjacency.Name, EpsilonTable.ComputedFrom(row.Entry),
                    PrivacyText.YesNo(row.Entry.Releasable),
                ]),
            ],
            1, 2, 3);
    }
}

using System.CommandLine;
using PateSim.Core;
using PateSim.Privacy.Accounting;
using PateSim.Privacy.Events;

namespace PateSim.Cli.Commands.Accounting;

/// <summary>At which δ and for whom.</summary>
internal sealed class TargetOptions
{
    private const double DefaultDelta = 1e-5;

    private static readonly string[] Adjacencies =
        [.. Enum.GetValues<AdjacencyKind>().Select(kind => new Adjacency(kind).Name)];

    private readonly Option<double?> _delta = CheckedNumber.Real(
        "--delta", "D", "Delta of the (epsilon, delta) statements. [default: 1e-5]", delta => delta is > 0 and < 1,
        "a number between 0 and 1, ends excluded; 1e-5 is usual");

    private readonly Option<string> _adjacency = new("--adjacency")
    {
        HelpName = string.Join('|', Adjacencies),
        Description = "Whom the statements speak of.",
        DefaultValueFactory = _ => Adjacencies[0],
    };

    private readonly Option<long?> _hospitals = CheckedNumber.Whole(
        "--hospitals-per-patient", "How many hospitals may hold records of one patient. [default: 1]", 1, 1000);

    public TargetOptions() => _adjacency.Validators.Add(result =>
    {
        var text = result.GetValueOrDefault<string>() ?? "";
        if (!Adjacencies.Contains(text))
            result.AddError($"--adjacency {text} is unknown. {Suggestion.Describe(text, Adjacencies)}");
    });

    public void AddTo(Command command)
    {
        command.Options.Add(_delta);
        command.Options.Add(_adjacency);
        command.Options.Add(_hospitals);
    }

    public AccountingTarget Read(ParseResult result) => new(
        result.GetValue(_delta) ?? DefaultDelta,
        new Adjacency(
            (AdjacencyKind)Array.IndexOf(Adjacencies, result.GetRequiredValue(_adjacency)),
            (int)(result.GetValue(_hospitals) ?? 1)));
}

using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using PateSim.Core;

namespace PateSim.Privacy.Golden;

/// <summary>Result for one kind of golden entries.</summary>
public sealed record GoldenKindResult(string Kind, int Passed, int Failed);

/// <summary>Result of a whole file.</summary>
/// <param name="Kinds">In the order of their first entry.</param>
/// <param name="Failures">One sentence each: entry, output, value and reference.</param>
public sealed record GoldenResult(ImmutableArray<GoldenKindResult> Kinds, ImmutableArray<string> Failures)
{
    public int Passed => Kinds.Sum(k => k.Passed);

    public int Failed => Kinds.Sum(k => k.Failed);

    /// <summary>A line per kind, the failures, and at the end "N passed, M failed".</summary>
    public IEnumerable<string> Lines() =>
    [
        .. Kinds.Select(k => string.Create(
            CultureInfo.InvariantCulture, $"{k.Kind}: {k.Passed} passed, {k.Failed} failed")),
        .. Failures,
        string.Create(CultureInfo.InvariantCulture, $"{Passed} passed, {Failed} failed"),
    ];
}

/// <summary>
/// Evaluates any file of golden vectors of schema version 1: each entry's inputs go through this library, and its
/// outputs are compared, |x − reference| ≤ rtol·|reference| + atol; truth values and Rényi orders must be equal.
/// Where an output has a high-precision twin, that is the reference.
/// </summary>
public static class GoldenVectorChecker
{
    private static readonly ImmutableDictionary<string, Func<GoldenInputs, GoldenOutputs>> Evaluators =
        new Dictionary<string, Func<GoldenInputs, GoldenOutputs>>
        {
            ["logq_gaussian"] = QueryEvaluators.LogQGaussian,
            ["logq_laplace"] = QueryEvaluators.LogQLaplace,
            ["rdp_gaussian_from_logq"] = QueryEvaluators.RdpFromLogQ,
            ["gnmax_query"] = QueryEvaluators.GnmaxQuery,
            ["threshold_query"] = QueryEvaluators.ThresholdQuery,
            ["lnmax_query_rdp"] = QueryEvaluators.LaplaceQueryRdp,
            ["lnmax_moments_query"] = QueryEvaluators.LaplaceMomentsQuery,
            ["eps_from_rdp"] = QueryEvaluators.EpsilonFromRdp,
            ["data_independent_always_opt_gnmax"] = QueryEvaluators.AlwaysDataIndependent,
            ["compose_gnmax"] = CompositionEvaluators.Gnmax,
            ["compose_confident_expected"] = CompositionEvaluators.ConfidentExpected,
            ["compose_confident_realised"] = CompositionEvaluators.ConfidentRealised,
            ["compose_interactive_expected"] = CompositionEvaluators.InteractiveExpected,
            ["compose_lnmax"] = CompositionEvaluators.Lnmax,
            ["data_independent_gaussian_exact"] = CompositionEvaluators.GaussianExact,
            ["data_independent_laplace_pld"] = CompositionEvaluators.LaplacePld,
            ["logq0_logq1"] = SmoothEvaluators.SwitchPoints,
            ["local_sensitivity_at_logq"] = SmoothEvaluators.LocalSensitivity,
            ["smooth_sensitivity_gnmax"] = SmoothEvaluators.Gnmax,
            ["smooth_sensitivity_gnmax_underflow"] = SmoothEvaluators.GnmaxUnderflow,
            ["smooth_sensitivity_threshold"] = SmoothEvaluators.Threshold,
            ["conditions_c5_c6"] = SmoothEvaluators.Conditions,
            ["gnss_rdp"] = SmoothEvaluators.ReleaseCost,
            ["smooth_release_expected"] = SmoothEvaluators.ExpectedRelease,
            ["brute_force_local_sensitivity"] = SmoothEvaluators.BruteForce,
            ["exact_gnmax"] = ExactEvaluators.Gnmax,
            ["exact_lnmax"] = ExactEvaluators.Lnmax,
            ["exact_discrete_lnmax"] = ExactEvaluators.DiscreteLnmax,
            ["exact_threshold"] = ExactEvaluators.Threshold,
            ["discrete_laplace"] = ExactEvaluators.DiscreteLaplace,
            ["discrete_gaussian"] = ExactEvaluators.DiscreteGaussian,
            ["distributed_discrete_laplace_share"] = ExactEvaluators.Share,
            ["gaussian_pair_renyi"] = ExactEvaluators.GaussianPair,
        }.ToImmutableDictionary(StringComparer.Ordinal);

    /// <summary>The kinds that can be evaluated.</summary>
    public static IEnumerable<string> Kinds => Evaluators.Keys.Order(StringComparer.Ordinal);

    /// <param name="json">The file's text.</param>
    /// <param name="place">Its name, for problems.</param>
    /// <param name="cancellation">Looked at before each entry; no entry takes more than seconds.</param>
    /// <exception cref="InvalidInputException">The text is no file of schema version 1.</exception>
    public static GoldenResult Check(string json, string place, CancellationToken cancellation = default)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            var version = root.GetProperty("schema_version").GetInt32();
            if (version != 1) throw Fault(place, $"schema_version is {version}; only 1 is known.");
            var orderLists = new Dictionary<string, double[]>(StringComparer.Ordinal);
            if (root.TryGetProperty("order_lists", out var lists))
            {
                foreach (var list in lists.EnumerateObject())
                    orderLists[list.Name] = [.. list.Value.EnumerateArray().Select(GoldenInputs.ReadNumber)];
            }
            var entries = root.GetProperty("entries").EnumerateArray()
                .Select(entry =>
                {
                    cancellation.ThrowIfCancellationRequested();
                    return (
                        Kind: entry.GetProperty("kind").GetString() ?? "", Failures: CheckEntry(entry, orderLists));
                }).ToList();
            if (entries.Count == 0) throw Fault(place, "the file has no entries.");
            return new GoldenResult(
                [.. entries.GroupBy(e => e.Kind).Select(kind => new GoldenKindResult(
                    kind.Key, kind.Count(e => e.Failures.Count == 0), kind.Count(e => e.Failures.Count > 0)))],
                [.. entries.SelectMany(e => e.Failures)]);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or FormatException
            or InvalidOperationException)
        {
            throw Fault(place, "the file is no golden-vector file of schema version 1: " + error.Message);
        }
    }

    private static List<string> CheckEntry(JsonElement entry, Dictionary<string, double[]> orderLists)
    {
        var id = entry.GetProperty("id").GetString();
        var kind = entry.GetProperty("kind").GetString() ?? "";
        if (!Evaluators.TryGetValue(kind, out var evaluate))
            return [$"{id}: the kind '{kind}' is unknown. {Suggestion.Describe(kind, Evaluators.Keys.ToList())}"];
        GoldenOutputs computed;
        try
        {
            var inputs = new GoldenInputs(entry.GetProperty("inputs"), orderLists);
            GoldenBounds.Require(kind, inputs);
            computed = evaluate(inputs);
        }
#pragma warning disable CA1031 // Whatever an entry's inputs lead to is that entry's failure, and the next one is checked.
        catch (Exception error)
#pragma warning restore CA1031
        {
            return [$"{id} ({kind}): {error.Message.ReplaceLineEndings(" ")}"];
        }
        var references = Flatten(entry.GetProperty("outputs"));
        if (entry.TryGetProperty("outputs_hp", out var precise))
        {
            foreach (var (name, values) in Flatten(precise)) references[name] = values;
        }
        if (references.Count == 0) return [$"{id} ({kind}): there are no outputs to compare."];
        var (relative, absolute) = (entry.GetProperty("rtol").GetDouble(), entry.GetProperty("atol").GetDouble());
        return [.. references.SelectMany(
            r => Compare(id, kind, r.Key, computed.Find(r.Key), r.Value, relative, absolute))];
    }

    private static IEnumerable<string> Compare(
        string? id, string kind, string name, double[]? computed, Reference reference, double relative, double absolute)
    {
        if (computed is null)
        {
            yield return $"{id} ({kind}): the output '{name}' is unknown.";
            yield break;
        }
        if (computed.Length != reference.Values.Length)
        {
            yield return $"{id} ({kind}): {name} has {computed.Length} values, but {reference.Values.Length} are due.";
            yield break;
        }
        for (var i = 0; i < computed.Length; i++)
        {
            // Null: the reference could not compute it.
            if (reference.Values[i] is null) continue;
            var due = reference.Values[i].GetValueOrDefault();
            // No tolerance reaches infinity, and no number is near what is none.
            var exact = name.StartsWith("order", StringComparison.Ordinal) || !double.IsFinite(due)
                || reference.IsTruth;
            var near = computed[i] == due
                || (!exact && Math.Abs(computed[i] - due) <= relative * Math.Abs(due) + absolute);
            if (!near)
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{id} ({kind}): {name}[{i}] is {computed[i]:R}, but {due:R} is due.");
        }
    }

    // Numbers and truth values become lists of one; objects become names with a dot.
    private static Dictionary<string, Reference> Flatten(JsonElement outputs)
    {
        var flat = new Dictionary<string, Reference>(StringComparer.Ordinal);
        foreach (var property in outputs.EnumerateObject())
        {
            switch (property.Value.ValueKind)
            {
                case JsonValueKind.Object:
                    foreach (var (name, values) in Flatten(property.Value)) flat[$"{property.Name}.{name}"] = values;
                    break;
                case JsonValueKind.Array:
                    flat[property.Name] = new Reference(
                        [.. property.Value.EnumerateArray().Select(ReadOptional)],
                        property.Value.EnumerateArray().Any(IsTruth));
                    break;
                default:
                    flat[property.Name] = new Reference([ReadOptional(property.Value)], IsTruth(property.Value));
                    break;
            }
        }
        return flat;
    }

    private static bool IsTruth(JsonElement element) => element.ValueKind is JsonValueKind.True or JsonValueKind.False;

    /// <param name="Values">Null where the reference could not compute one.</param>
    /// <param name="IsTruth">Truth values have no tolerance.</param>
    private sealed record Reference(double?[] Values, bool IsTruth);

    private static double? ReadOptional(JsonElement element) =>
        element.ValueKind == JsonValueKind.Null ? null : GoldenInputs.ReadNumber(element);

    private static InvalidInputException Fault(string place, string message) =>
        new(new Problem("PS3911", place, "", message));
}

using System.Collections.Immutable;
using MathNet.Numerics.Distributions;
using PateSim.Learning.Metrics;
using PateSim.Privacy.Mechanisms;
using PateSim.Simulation.Preparation;
using PateSim.Simulation.Protocol;

namespace PateSim.Simulation.Results;

/// <summary>The accuracy of everything that can be asked for a diagnosis, side by side.</summary>
internal static class AccuracyTable
{
    private const string Test = "test";
    private const string Queries = "queries";

    public static ImmutableArray<AccuracyEntry> Build(
        RunSetup setup, ImmutableArray<HospitalReport> hospitals, ImmutableArray<QueryAnswer> answers,
        IEnumerable<AccuracyEntry> models)
    {
        var entries = new List<AccuracyEntry> { MajorityClass(setup) };
        entries.AddRange(Alone(setup, hospitals));
        if (!answers.IsEmpty && setup.Data.Certificate.PublicSet.LabelsKnown) entries.AddRange(Votes(setup, answers));
        entries.AddRange(models);
        return [.. entries.OrderBy(entry => AccuracyModels.InOrder.ToList().IndexOf(entry.Model))];
    }

    /// <summary>Always the most frequent diagnosis of the private records; ties go to the lowest class.</summary>
    private static AccuracyEntry MajorityClass(RunSetup setup)
    {
        var counts = new int[setup.Data.Test.ClassCount];
        foreach (var hospital in setup.Hospitals)
        {
            for (var j = 0; j < counts.Length; j++) counts[j] += hospital.Report.ClassCounts[j];
        }
        var labels = new int[setup.Data.Test.Count];
        Array.Fill(labels, Argmax.Of(counts));
        return Entry(AccuracyModels.MajorityClass, Test, labels, setup.Data.Test.Labels.AsSpan(), setup);
    }

    /// <summary>The worst, the mean and the best hospital by accuracy on the common test set.</summary>
    private static IEnumerable<AccuracyEntry> Alone(RunSetup setup, ImmutableArray<HospitalReport> hospitals)
    {
        var measured = hospitals.Where(report => report.Accuracy is not null)
            .OrderBy(report => report.Accuracy!.Value.Value).ThenBy(report => report.Index).ToList();
        if (measured.Count == 0) yield break;
        yield return Of(AccuracyModels.HospitalAloneMinimum, measured[0]);
        yield return new AccuracyEntry(
            AccuracyModels.HospitalAloneMean, Test, setup.Data.Test.Count,
            Mean(measured.ConvertAll(report => report.Accuracy!.Value.Value)),
            Mean(measured.ConvertAll(report => report.BalancedAccuracy!.Value.Value)))
        {
            Scores = MeanScores([.. measured.Select(report => report.Scores).OfType<Scores>()]),
        };
        yield return Of(AccuracyModels.HospitalAloneMaximum, measured[^1]);

        AccuracyEntry Of(string name, HospitalReport report) => new(
            name, Test, setup.Data.Test.Count, report.Accuracy!.Value, report.BalancedAccuracy!.Value)
        {
            Scores = report.Scores,
        };
    }

    private static Scores? MeanScores(List<Scores> scores)
    {
        if (scores.Count == 0) return null;
        return new Scores(
            Mean(scores.ConvertAll(s => s.MacroF1.Value)), Of(s => s.Auroc), Of(s => s.CalibrationError));

        Estimate? Of(Func<Scores, Estimate?> figure)
        {
            var values = scores.Select(figure).OfType<Estimate>().Select(estimate => estimate.Value).ToList();
            return values.Count == scores.Count ? Mean(values) : null;
        }
    }

    /// <summary>The mean over n hospitals with its 95 % interval, m ± t s/√n, t the quantile of Student's distribution with
    /// n − 1 degrees of freedom, cut at 0 and 1; one hospital alone says nothing of others, so its interval is all.
    /// </summary>
    private static Estimate Mean(List<double> values)
    {
        var mean = values.Average();
        if (values.Count < 2) return new Estimate(mean, 0, 1);
        var variance = values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1);
        var half = StudentT.InvCDF(0, 1, values.Count - 1, 0.975) * Math.Sqrt(variance / values.Count);
        return new Estimate(mean, Math.Max(0, mean - half), Math.Min(1, mean + half));
    }

    private static IEnumerable<AccuracyEntry> Votes(RunSetup setup, ImmutableArray<QueryAnswer> answers)
    {
        var truth = answers.Select(a => setup.Data.Public.Labels[setup.Queries[a.Position]]).ToArray();
        var plurality = answers.Select(a => Argmax.Of(a.Votes.AsSpan())).ToArray();
        yield return Entry(AccuracyModels.PluralityVote, Queries, plurality, truth, setup);

        var labelled = answers.Where(a => a.Label is not null).ToList();
        if (labelled.Count == 0) yield break;
        yield return Entry(
            AccuracyModels.NoisyVote, Queries,
            [.. labelled.Select(a => a.Label!.Value)],
            labelled.Select(a => setup.Data.Public.Labels[setup.Queries[a.Position]]).ToArray(),
            setup);
    }

    private static AccuracyEntry Entry(
        string model, string measuredOn, int[] labels, ReadOnlySpan<int> truth, RunSetup setup)
    {
        var measured = Measurement.Of(labels, truth, setup.Data.Test.ClassCount);
        return AccuracyEntry.Of(model, measuredOn, labels.Length, measured);
    }
}

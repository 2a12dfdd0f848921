using System.Globalization;
using PateSim.Core.Features;
using PateSim.Learning.Numerics;

namespace PateSim.Learning.Networks;

/// <summary>The course of a fit: epochs, early stopping, and the watch over a loss that explodes.</summary>
/// <param name="Name">The learner's name, for messages.</param>
internal sealed record NetworkFit(string Name, TrainingOptions Options)
{
    /// <summary>Mean loss, in nats, beyond which a fit counts as diverged; so does one that is not a number.</summary>
    private const double MostLoss = 1e6;

    /// <summary>Multiply-adds of a step's way up below which one thread is as fast as several.</summary>
    private const long WorthSharing = 1 << 20;

    /// <summary>Trains a network.</summary>
    /// <exception cref="TrainingException">The fit diverged.</exception>
    public NetworkClassifier Train(
        Network network, FeatureMatrix features, Targets targets, TrainingContext context)
    {
        var (train, held) = HoldOut(features.Rows, context);
        var work = network.Layers.Sum(layer => layer.Work) * Math.Min(Options.BatchSize, train.Length);
        using var team = new WorkTeam(work < WorthSharing ? 1 : context.Threads);
        var trainer = new NetworkTrainer(
            network, features, targets, train, Options.BatchSize, Options.Rule, (float)Options.L2, context.Key, team);
        var validation = held.Length == 0 ? null : new HeldOutLoss(network, features, targets, held);
        var note = Options.ValidationShare > 0 && validation is null
            ? "A single record cannot be split: no early stopping." : "";
        var best = validation is null ? trainer.Parameters : (float[])trainer.Parameters.Clone();
        var (bestLoss, bestEpoch, loss, stopped) = (double.PositiveInfinity, 0, 0.0, validation is null);
        var epoch = 0;
        while (epoch < Options.Epochs)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            loss = trainer.Epoch(Options.LearningRate * Options.Schedule.Factor(epoch, Options.Epochs));
            epoch++;
            RequireSane(loss, epoch);
            if (validation is null) continue;
            var heldLoss = validation.Of(trainer.Parameters);
            RequireSane(heldLoss, epoch);
            if (heldLoss < bestLoss)
            {
                (bestLoss, bestEpoch) = (heldLoss, epoch);
                trainer.Parameters.CopyTo(best, 0);
            }
            else if (epoch - bestEpoch >= Options.Patience)
            {
                (stopped, note) = (true, $"Early stopping kept epoch {bestEpoch}.");
                break;
            }
        }
        if (!float.IsFinite(VectorKernels.MaxMagnitude(best))) RequireSane(double.NaN, epoch);
        if (!stopped) note = $"Stopped at epochs = {Options.Epochs}; epoch {bestEpoch} was kept.";
        var diagnostics = new FitDiagnostics(
            Options.Rule.Name, epoch, (long)epoch * trainer.Steps, loss, double.NaN, stopped, note);
        return new NetworkClassifier(
            network, best, [.. Enumerable.Range(0, targets.Classes)], targets.Classes, diagnostics);
    }

    private (int[] Train, int[] Held) HoldOut(int rows, TrainingContext context)
    {
        if (Options.ValidationShare == 0 || rows < 2) return (Enumerable.Range(0, rows).ToArray(), []);
        var order = context.Key.Derive("hold-out").Open().Permutation(rows);
        var held = Math.Clamp((int)Math.Round(rows * Options.ValidationShare), 1, rows - 1);
        return (order[held..], order[..held]);
    }

    private void RequireSane(double loss, int epoch)
    {
        if (loss <= MostLoss) return;
        throw new TrainingException(
            $"The fit of {Name} diverged: the mean loss after epoch {epoch} is {Show(loss)} nats. learning-rate = "
            + $"{Show(Options.LearningRate)} is too large for these features, or they are not on a comparable scale.");
    }

    private static string Show(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}

using System.Collections.Immutable;
using PateSim.Learning;
using PateSim.Simulation.Baselines;
using PateSim.Simulation.Protocol;
using PateSim.Simulation.Results;
using PateSim.Simulation.Roles;

namespace PateSim.Simulation.Work;

/// <summary>Trains a baseline and measures it on the test set.</summary>
/// <param name="Rounds">The answers whose privacy loss it is trained to; empty for others.</param>
public sealed record FitBaseline(BaselineSetup Setup, ImmutableArray<AnswersFact> Rounds) : IWork
{
    public string Description => $"train the baseline {Setup.Baseline.Name}";

    public IMessage Run(CancellationToken cancellation)
    {
        var name = Setup.Baseline.Name;
        var baseline = Setup.Baseline.Instance;
        var task = new BaselineTask(
            Setup.Hospitals, Setup.Pooled, baseline.MatchesPrivacy ? Setup.Headline(Rounds) : null);
        try
        {
            var model = baseline.Train(task, new TrainingContext(Setup.Key.Derive(name), 1, cancellation));
            var measured = Measurement.Of(model.Classifier, Setup.Test, Setup.Key.Derive(name).Derive("metrics"));
            return new BaselineFitted(new BaselineProtocol.BaselineEnded(
                Setup.Run, Setup.Index, new BaselineReport(name, model.Detail, model.Privacy, null),
                AccuracyEntry.Of(name, "test", Setup.Test.Count, measured)));
        }
        catch (TrainingException exception)
        {
            // A comparison that cannot be made is a result, not a fault: in its own words.
            return new BaselineFitted(new BaselineProtocol.BaselineEnded(
                Setup.Run, Setup.Index, new BaselineReport(name, "", null, exception.Message), null));
        }
    }
}

/// <summary>Result of <see cref="FitBaseline"/>.</summary>
public sealed record BaselineFitted(BaselineProtocol.BaselineEnded Ended) : IMessage;

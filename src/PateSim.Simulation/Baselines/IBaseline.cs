using System.Collections.Immutable;
using PateSim.Core.Features;
using PateSim.Learning;
using PateSim.Privacy.Accounting;

namespace PateSim.Simulation.Baselines;

/// <summary>Another way to a model from the same hospitals, trained beside PATE to compare with. It is measured, and
/// served to no one.</summary>
/// <threadsafety>Immutable; may be trained side by side.</threadsafety>
public interface IBaseline
{
    /// <summary>Whether it is trained to the privacy loss of the run, and so after the answers.</summary>
    bool MatchesPrivacy { get; }

    /// <summary>Trains from scratch: the same task and key give the same model.</summary>
    /// <exception cref="TrainingException">It cannot be trained; the message says why.</exception>
    BaselineModel Train(BaselineTask task, TrainingContext context);
}

/// <summary>What a baseline is trained on. Only a simulation has all of it in one place.</summary>
/// <param name="Hospitals">The records of each hospital, by index.</param>
/// <param name="Pooled">All of them in one table, made when asked for.</param>
/// <param name="Headline">The run's releasable ε; null where there is none, or before the answers.</param>
public sealed record BaselineTask(
    ImmutableArray<LabelledData> Hospitals, Func<LabelledData> Pooled, EpsilonEntry? Headline);

/// <summary>A trained baseline.</summary>
/// <param name="Detail">Its parameters in words.</param>
/// <param name="Privacy">What its training costs; null for no guarantee.</param>
public sealed record BaselineModel(IClassifier Classifier, string Detail, BaselinePrivacy? Privacy);

/// <summary>The privacy loss of a baseline.</summary>
/// <param name="Epsilon">ε in nats.</param>
/// <param name="Delta">δ.</param>
/// <param name="NoiseMultiplier">σ in units of the clipping norm.</param>
/// <param name="Note">Whom it speaks of.</param>
public sealed record BaselinePrivacy(double Epsilon, double Delta, double NoiseMultiplier, string Note);

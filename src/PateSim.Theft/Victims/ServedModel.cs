using System.Collections.Immutable;
using System.Runtime.InteropServices;
using PateSim.Core.Features;
using PateSim.Learning;
using PateSim.Theft.Gateways;

namespace PateSim.Theft.Victims;

/// <summary>A model behind a gateway of its own: the student, or the pooled model for comparison.</summary>
public sealed class ServedModel(string name, IClassifier model) : IVictim
{
    public string Name { get; } = name;

    public int ClassCount => model.ClassCount;

    public ImmutableArray<Exposure> Exposures => Exposure.All;

    /// <summary>A service that knows the account alone.</summary>
    public IOracle Open(ClientAccount account) =>
        new GatewayOracle(Name, new PredictionService(new Gateway(new PredictionPolicy([account]), model)), account);

    /// <summary>The most probable class, decided as the gateway does.</summary>
    public ImmutableArray<int> Decide(LabelledData evaluation)
    {
        var probabilities = new float[checked(evaluation.Count * model.ClassCount)];
        model.Probabilities(evaluation.Features, probabilities);
        var labels = new int[evaluation.Count];
        Argmax.OfRows(probabilities, model.ClassCount, labels);
        return ImmutableCollectionsMarshal.AsImmutableArray(labels);
    }
}

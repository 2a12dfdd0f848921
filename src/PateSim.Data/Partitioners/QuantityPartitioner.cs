using PateSim.Core.Components;
using PateSim.Core.Randomness;
using PateSim.Data.Numerics;
using PateSim.Data.Tables;

namespace PateSim.Data.Partitioners;

/// <summary>Sizes drawn at random: in Dirichlet or in log-normal proportions.</summary>
public sealed class QuantityPartitioner : SizePartitioner
{
    private const string Redrawn =
        "Sizes are drawn anew until every hospital has min-size records, and refused after the given attempts.";

    private readonly int _hospitals, _attempts;
    private readonly long _minSize;
    private readonly Func<int, RandomStream, double[]> _weights;

    private QuantityPartitioner(OptionValues options, Func<int, RandomStream, double[]> weights)
    {
        (_hospitals, _attempts) = (options.Int32("hospitals"), options.Int32("attempts"));
        (_minSize, _weights) = (options.Integer("min-size"), weights);
    }

    public static Component<IPartitioner> ByDirichlet { get; } = new(
        new ComponentDescriptor(
            "partitioner", "quantity-dirichlet",
            "Quantity skew: hospital sizes in proportions drawn from a Dirichlet distribution, the records a random "
            + "sample.",
            [
                Hospitals.CountOption,
                OptionSpec.Real(
                    "beta", "Concentration β of the Dirichlet distribution; small makes sizes unlike.", .5, 1e-6, 1e9),
                Hospitals.MinSizeOption,
                Hospitals.AttemptsOption,
            ],
            [
                "p ~ Dir_N(β, …, β); hospital j gets positions ⌊n·(p_1 + … + p_{j−1})⌋ to ⌊n·(p_1 + … + p_j)⌋ − 1 of a "
                + "uniformly random order of the n records.",
                Redrawn,
                Hospitals.PatientsNote,
            ],
            "Li, Diao, Chen and He 2022, quantity skew"),
        options => new QuantityPartitioner(options, (hospitals, stream) =>
        {
            var parameters = new double[hospitals];
            Array.Fill(parameters, options.Real("beta"));
            return Dirichlet.Draw(parameters, stream);
        }));

    public static Component<IPartitioner> ByLogNormal { get; } = new(
        new ComponentDescriptor(
            "partitioner", "quantity-lognormal",
            "Quantity skew: log-normal hospital sizes, the records a random sample.",
            [
                Hospitals.CountOption,
                OptionSpec.Real(
                    "sigma", "Standard deviation σ of the logarithm of the sizes; 0 makes them equal.", .5, 0, 10),
                Hospitals.MinSizeOption,
                Hospitals.AttemptsOption,
            ],
            [
                "w_j = exp(ln(n/N) + σ·z_j), z_j ~ N(0, 1), rescaled to n and cut as n·(w_1 + … + w_j)/W, rounded "
                + "down; a uniformly random order of the n records is cut into parts of these sizes.",
                Redrawn,
                Hospitals.PatientsNote,
            ],
            "Zeng, Liang, Hu, Wang and Xu 2023 (FedLab), unbalanced sizes"),
        options => new QuantityPartitioner(options, (hospitals, stream) =>
        {
            // The factor n/N is common to all weights and cancels.
            var weights = new double[hospitals];
            for (var j = 0; j < hospitals; j++) weights[j] = Math.Exp(options.Real("sigma") * stream.NextGaussian());
            return weights;
        }));

    internal override int[] Sizes(PatientUnits units, RandomKey key, CancellationToken cancellation)
    {
        Hospitals.RequireOneEach(_hospitals, units);
        var best = 0;
        for (var attempt = 0; attempt < _attempts; attempt++)
        {
            cancellation.ThrowIfCancellationRequested();
            var sizes = Proportions.Cut(_weights(_hospitals, key.Derive(attempt).Open()), units.Count);
            if (sizes.Min() >= _minSize) return sizes;
            best = Math.Max(best, sizes.Min());
        }
        throw Hospitals.GiveUp(
            _minSize, _attempts, best, units,
            $"Make sizes more alike, raise attempts, or {Hospitals.Lower(_minSize)}.");
    }
}

using System.Collections.Immutable;
using System.Globalization;
using PateSim.Core.Components;
using PateSim.Privacy.Events;
using PateSim.Privacy.Renyi;

namespace PateSim.Privacy.Accounting;

/// <summary>
/// The moments accountant of the 2017 paper for LNMax: ε = min_l (Σ α(l) + ln(1/δ))/l over l = 1, …, L.
/// </summary>
/// <remarks>Gives two entries: <c>moments-data-independent</c>, releasable, and <c>moments-data-dependent</c>, which is
/// computed from the votes, must not be published, and is omitted with no votes at hand.</remarks>
public sealed class MomentsAccountant : IPrivacyAccountant
{
    public const string DataIndependentMethod = "moments-data-independent";

    public const string DataDependentMethod = "moments-data-dependent";

    /// <param name="moments">L ≥ 1; the paper has 8.</param>
    public MomentsAccountant(int moments = 64)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(moments, 1);
        Moments = moments;
    }

    public string Name => "moments";

    /// <summary>L.</summary>
    public int Moments { get; }

    public bool Supports(PrivacyEvent privacyEvent) => privacyEvent switch
    {
        NoisyArgmaxEvent { Law: NoiseLaw.Laplace or NoiseLaw.DiscreteLaplace } => true,
        ComposedEvent composed => composed.Events.All(Supports),
        _ => false,
    };

    public ImmutableArray<EpsilonEntry> Account(IEnumerable<PrivacyEvent> events, AccountingTarget target)
    {
        var independent = new double[Moments];
        var dependent = new double[Moments];
        long answers = 0;
        var votesKnown = true;
        foreach (var privacyEvent in events.Flatten())
        {
            if (privacyEvent is not NoisyArgmaxEvent argmax || !Supports(argmax))
                throw new UnsupportedPrivacyEventException(
                    Name, privacyEvent, "the moments of the 2017 paper are those of argmax under Laplace noise.");
            answers++;
            var epsilon = target.Adjacency.L1 / argmax.NoiseScale;
            var votes = argmax.Votes;
            votesKnown &= votes is not null;
            var noisy = argmax.NoiseScale > 0;
            var logQ = votes is null || !noisy ? 0
                : argmax.Law == NoiseLaw.Laplace
                    ? LaplaceMoments.LogQ(votes.Counts.AsSpan(), 1 / argmax.NoiseScale)
                    : DiscreteRenyi.LogQLaplace(votes.Counts.AsSpan(), argmax.NoiseScale);
            for (var l = 1; l <= Moments; l++)
            {
                independent[l - 1] += LaplaceMoments.DataIndependent(epsilon, l);
                if (votesKnown)
                    dependent[l - 1] += noisy
                        ? LaplaceMoments.DataDependent(logQ, epsilon, l)
                        : double.PositiveInfinity;
            }
        }
        var entries = ImmutableArray.CreateBuilder<EpsilonEntry>(2);
        entries.Add(Entry(DataIndependentMethod, independent, answers, target, false));
        if (votesKnown && answers > 0) entries.Add(Entry(DataDependentMethod, dependent, answers, target, true));
        return entries.ToImmutable();
    }

    private EpsilonEntry Entry(
        string method, double[] totals, long answers, AccountingTarget target, bool dataDependent)
    {
        if (answers == 0)
            return new EpsilonEntry(method, 0, target.Delta, target.Adjacency, false, true, "Nothing was released.");
        var (best, bestMoment) = (double.PositiveInfinity, 0);
        for (var l = 1; l <= Moments; l++)
        {
            var epsilon = (totals[l - 1] - Math.Log(target.Delta)) / l;
            if (epsilon < best) (best, bestMoment) = (epsilon, l);
        }
        var note = dataDependent
            ? "Computed from the votes: private itself, not to be published. Bounds one direction of the comparison "
              + "between neighbouring ensembles."
            : "";
        if (bestMoment == 0) note = "Without noise there is no privacy.";
        else if (bestMoment == Moments && Moments > 1)
            note += (note.Length == 0 ? "" : " ") + LastMoment(-Math.Log(target.Delta) / Moments);
        else if (bestMoment == 1 && Moments > 1)
            note += (note.Length == 0 ? "" : " ") + "The best moment is the first: a fractional one would give less.";
        return new EpsilonEntry(
            method, best, target.Delta, target.Adjacency, dataDependent, !dataDependent, note,
            string.Create(CultureInfo.InvariantCulture, $"moment={bestMoment}, moments={Moments}, answers={answers}"));
    }

    private string LastMoment(double floor) => string.Create(
        CultureInfo.InvariantCulture,
        $"The best moment is the last of {Moments}: more "
        + $"would give less; this search cannot go below {floor:0.###}.");

    internal static Component<IPrivacyAccountant> Component { get; } = new(
        new ComponentDescriptor(
            AccountantCatalog.Kind,
            "moments",
            "Moments accountant for LNMax as in the 2017 paper, data-independent and data-dependent.",
            [OptionSpec.Integer("moments", "Largest moment L searched; the paper uses 8.", 64, 1, 10_000)],
            [
                "ε = min over l = 1, …, L of (Σ α(l) + ln(1/δ))/l, with α(l) = min{ε₀² l(l+1)/2, ε₀ l} for any votes "
                + "and, for the votes at hand, also ln[(1−q)((1−q)/(1−e^ε₀ q))^l + q e^{ε₀ l}], where ε₀ = 2/b and "
                + "q = min(1−1/m, Σ (2+γD_j)/(4e^{γD_j})).",
                "Departure: the data-dependent moment is used only where q ≤ 1/(e^ε₀+1), which the theorem demands; "
                + "published code tests q < 1/2. Other adjacencies replace ε₀ by Δ₁/b.",
                "Limits: ε cannot fall below ln(1/δ)/L (1.44 at δ = 1e-5 with 8 moments). The data-dependent ε is "
                + "private itself and one-sided. Discrete Laplace noise: the same ε₀, with q = min(1−1/m, "
                + "Σ Pr[Z − Z′ ≥ D_j]) summed for the integer law.",
            ],
            "Papernot et al.: Semi-supervised Knowledge Transfer for Deep Learning from Private Training Data, "
            + "ICLR 2017, arXiv 1610.05755, Theorems 1 to 3 and Lemma 4."),
        options => new MomentsAccountant(options.Int32("moments")));
}

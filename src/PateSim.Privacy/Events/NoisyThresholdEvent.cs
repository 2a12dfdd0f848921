namespace PateSim.Privacy.Events;

/// <summary>A number computed from votes: private data. It prints as a mark.</summary>
public readonly record struct PrivateScore(double Value)
{
    public override string ToString() => "[private score]";
}

/// <summary>One release of the bit "largest score + noise ≥ threshold".</summary>
/// <param name="Law">Law of the noise.</param>
/// <param name="NoiseScale">σ₁, in votes; 0 for none, which gives no privacy.</param>
/// <param name="Threshold">T, in votes.</param>
/// <param name="TeacherCount">M ≥ 1: the largest score lies between 0 and M.</param>
/// <param name="LargestScore">v, a whole number after rounding half up; null when only data-independent accounting is
/// wanted.</param>
public sealed record NoisyThresholdEvent(
    NoiseLaw Law, double NoiseScale, double Threshold, int TeacherCount, PrivateScore? LargestScore = null)
    : PrivacyEvent
{
    public double NoiseScale { get; } = NoiseScale is >= 0 and < double.PositiveInfinity
        ? NoiseScale
        : throw new ArgumentOutOfRangeException(
            nameof(NoiseScale), NoiseScale, "The noise scale is a finite number, at least 0.");

    public double Threshold { get; } = double.IsFinite(Threshold)
        ? Threshold
        : throw new ArgumentOutOfRangeException(nameof(Threshold), Threshold, "The threshold is a finite number.");

    public int TeacherCount { get; } = TeacherCount >= 1
        ? TeacherCount
        : throw new ArgumentOutOfRangeException(nameof(TeacherCount), TeacherCount, "There is at least 1 teacher.");

    public override PrivacyEvent WithoutPrivateData() =>
        LargestScore is null ? this : this with { LargestScore = null };
}

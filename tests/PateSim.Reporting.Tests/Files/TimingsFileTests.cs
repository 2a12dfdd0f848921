using PateSim.Reporting.Files;
using PateSim.Reporting.Tests.Support;

namespace PateSim.Reporting.Tests.Files;

public class TimingsFileTests
{
    private static readonly RunTimings Timings = new(
        "actors", 2, new DateTimeOffset(2026, 2, 3, 4, 5, 6, 789, TimeSpan.FromHours(1)),
        [new PhaseTiming("teachers", 1.25), new PhaseTiming("theft", 0.5)], 2, 123456789,
        new MachineRecord("1.2.3", "Some OS 1.0", "X64", ".NET 10.0", 2));

    [Fact]
    public void Timings_are_as_approved_and_in_universal_time() =>
        GoldenFile.Check("timings.json", TimingsFile.Of(Timings).Content.Span);

    [Fact]
    public void No_culture_changes_a_byte() =>
        GoldenFile.Check("timings.json", Cultures.Hostile(() => TimingsFile.Of(Timings)).Content.Span);
}

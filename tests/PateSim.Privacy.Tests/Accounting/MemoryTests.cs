using PateSim.Privacy.Accounting;
using PateSim.Privacy.Events;

namespace PateSim.Privacy.Tests.Accounting;

/// <summary>What accounting allocates does not grow with the number of answers.</summary>
public sealed class MemoryTests
{
    private static readonly AccountingTarget Target = new(1e-5, Adjacency.PatientReplaced);

    private static long Allocated(IPrivacyAccountant accountant, PrivacyEvent[] pattern, int answers)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        accountant.Account(Enumerable.Range(0, answers).Select(i => pattern[i % pattern.Length]), Target);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    public static TheoryData<string> Accountants =>
        new(AccountantCatalog.Default.All.Select(c => c.Descriptor.Name).Except(["pld", "neighbour-exact"]));

    [Theory]
    [MemberData(nameof(Accountants))]
    public void Twenty_one_times_the_answers_allocate_no_more(string name)
    {
        var accountant = AccountantCatalog.Default.All.Single(c => c.Descriptor.Name == name).With().Instance;
        var votes = PrivateVotes.From([180, 50, 20]);
        var pattern = new PrivacyEvent[]
        {
            new NoisyArgmaxEvent(NoiseLaw.Gaussian, 40, 3, 250, votes),
            new NoisyThresholdEvent(NoiseLaw.Gaussian, 150, 200, 250, new PrivateScore(180)),
            new NoisyArgmaxEvent(NoiseLaw.Laplace, 20, 3, 250, votes),
        }.Where(accountant.Supports).ToArray();
        Assert.NotEmpty(pattern);
        Allocated(accountant, pattern, 60);
        var few = Allocated(accountant, pattern, 60);
        // Less than 32 bytes an answer: what unoptimised code boxes and optimised code does not, and no array or list.
        Assert.InRange(Allocated(accountant, pattern, 1_260), few - 4_096, few + 4_096 + 32 * 1_200);
    }

    [Fact]
    public void A_loss_distribution_grows_with_its_grid_alone()
    {
        var accountant = new LossDistributionAccountant();
        PrivacyEvent[] pattern = [new NoisyArgmaxEvent(NoiseLaw.Laplace, 2_000, 3, 250)];
        Allocated(accountant, pattern, 100);
        Assert.InRange(Allocated(accountant, pattern, 100), 0, 64 << 20);
        Assert.InRange(Allocated(accountant, pattern, 300_000), 0, 64 << 20);
    }
}

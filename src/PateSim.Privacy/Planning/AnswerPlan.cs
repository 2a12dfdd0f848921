using PateSim.Privacy.Accounting;
using PateSim.Privacy.Events;

namespace PateSim.Privacy.Planning;

/// <summary>How many answers a budget buys.</summary>
public static class AnswerPlan
{
    /// <summary>The largest number of answers of that cost whose ε stays within the budget.</summary>
    /// <param name="accountant">A data-independent one, such as <see cref="LossDistributionAccountant"/>: its first
    /// entry counts.</param>
    /// <param name="answer">Cost of one answer, without votes; a composed event where each answer comes with
    /// checks.</param>
    /// <param name="epsilon">ε &gt; 0 of the budget.</param>
    /// <param name="limit">Largest number of interest.</param>
    /// <returns>0 when not even one fits, and at most <paramref name="limit"/>.</returns>
    public static long Answers(
        IPrivacyAccountant accountant, PrivacyEvent answer, double epsilon, AccountingTarget target,
        long limit = 1_000_000, CancellationToken cancellation = default)
    {
        if (!(epsilon > 0)) throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, "Epsilon is above 0.");
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var fits = 0L;
        var over = 1L;
        while (over <= limit && Fits(over)) (fits, over) = (over, 2 * over);
        over = Math.Min(over, limit + 1);
        while (over - fits > 1)
        {
            var middle = fits + (over - fits) / 2;
            if (Fits(middle)) fits = middle;
            else over = middle;
        }
        return fits;

        // 12 digits: decimal budgets have no exact binary form.
        bool Fits(long answers) =>
            accountant.Account(Repeat(answer, answers, cancellation), target)[0].Epsilon <= epsilon * (1 + 1e-12);
    }

    /// <summary>The event so many times.</summary>
    public static IEnumerable<PrivacyEvent> Repeat(
        PrivacyEvent privacyEvent, long count, CancellationToken cancellation = default)
    {
        for (long i = 0; i < count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return privacyEvent;
        }
    }
}

using CsCheck;
using PateSim.Theft.Gateways;

namespace PateSim.Theft.Tests.Gateways;

public sealed class AnswerMemoTests
{
    private static InputHash[] Hashes(IEnumerable<int> records) => [.. records.Select(r => InputHash.Of([r]))];

    /// <summary>Adds a batch whose fresh answers are (record, offset), and returns what the memo says of each
    /// record.</summary>
    private static (AnswerMemo Memo, float[][] Rows) Add(AnswerMemo memo, int[] records, float offset)
    {
        var entries = new int[records.Length];
        var next = memo.Answer(Hashes(records), entries, (rows, probabilities) =>
        {
            for (var i = 0; i < rows.Length; i++)
            {
                probabilities[2 * i] = records[rows[i]];
                probabilities[2 * i + 1] = offset;
            }
        });
        return (next, [.. entries.Select(e => next.Probabilities.Slice(2 * e, 2).ToArray())]);
    }

    [Fact]
    public void It_agrees_with_a_dictionary_over_any_sequence_of_batches() =>
        Gen.Int[0, 300].Array[0, 200].Array[1, 8].Sample(batches =>
        {
            var memo = AnswerMemo.Empty(2);
            var model = new Dictionary<int, float>();
            for (var b = 0; b < batches.Length; b++)
            {
                (memo, var rows) = Add(memo, batches[b], b);
                for (var i = 0; i < batches[b].Length; i++)
                {
                    model.TryAdd(batches[b][i], b);
                    Same.Sequence([batches[b][i], model[batches[b][i]]], rows[i]);
                }
                Assert.Equal(model.Count, memo.Count);
            }
        }, iter: 100);

    [Fact]
    public void Old_versions_never_see_what_was_added_after_them()
    {
        var (first, _) = Add(AnswerMemo.Empty(2), [1, 2], 0);
        var (left, _) = Add(first, [3], 1);
        var (right, rightRows) = Add(first, [3, 4], 2);
        Assert.Equal((2, 3, 4), (first.Count, left.Count, right.Count));
        Same.Sequence([3, 2], rightRows[0]);
        Same.Sequence([3, 1], Add(left, [3], 9).Rows[0]);
        Same.Sequence([3, 9], Add(first, [3], 9).Rows[0]);
    }

    [Fact]
    public void A_batch_that_fails_leaves_no_trace()
    {
        var (memo, _) = Add(AnswerMemo.Empty(2), [1], 0);
        Assert.Throws<TimeoutException>(() =>
            memo.Answer(Hashes([2, 3]), new int[2], (_, _) => throw new TimeoutException()));
        var (next, rows) = Add(memo, [3, 2, 1], 5);
        Assert.Equal(3, next.Count);
        Same.Sequence([[3, 5], [2, 5], [1, 0]], rows);
    }

    [Fact]
    public void The_newest_version_grows_in_place()
    {
        // 4,000 entries fill the memo to the brim; one more doubles its room.
        var (full, _) = Add(AnswerMemo.Empty(2), [.. Enumerable.Range(0, 4000)], 0);
        var (memo, _) = Add(full, [4000], 0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var (next, _) = Add(memo, [4001, 4002], 1);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(4003, next.Count);
        // A copy of 4,000 entries is at least 4,000 × (32 + 8 + 8) bytes.
        Assert.InRange(allocated, 0, 20_000);
    }
}

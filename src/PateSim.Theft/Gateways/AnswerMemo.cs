namespace PateSim.Theft.Gateways;

/// <summary>Computes the answers of the records that are asked for the first time.</summary>
/// <param name="rows">Their positions in the batch.</param>
/// <param name="probabilities">Shape [rows.Length, c], to be written.</param>
internal delegate void AnswerFresh(ReadOnlySpan<int> rows, Span<float> probabilities);

/// <summary>The full answer to each distinct record so far: a persistent map from input hash to
/// probabilities.</summary>
/// <remarks>
/// A value of this type never changes, yet adding to the newest one copies nothing: versions share one append-only
/// arena of which each sees a prefix. The right to append is claimed by exchanging the arena's committed length, which
/// only the newest version knows; whoever decides from an older version, or at the same time, works on a copy. A claim
/// that ends in an exception is never given back, so that the half-written tail is never seen either.
/// </remarks>
internal sealed class AnswerMemo
{
    private readonly Arena _arena;

    private AnswerMemo(Arena arena, int count) => (_arena, Count) = (arena, count);

    public int Count { get; }

    public static AnswerMemo Empty(int classCount) => new(new Arena(classCount, 64) { Committed = 0 }, 0);

    /// <summary>The answer of each entry, shape [Count, c], row-major.</summary>
    public ReadOnlySpan<float> Probabilities => _arena.Probabilities.AsSpan(0, Count * _arena.ClassCount);

    /// <summary>The memo that knows every record of a batch.</summary>
    /// <param name="inputs">The hash of each record, shape [n].</param>
    /// <param name="entries">The entry of each record in the memo returned, shape [n], to be written.</param>
    public AnswerMemo Answer(ReadOnlySpan<InputHash> inputs, Span<int> entries, AnswerFresh answerFresh)
    {
        var arena = Claim(inputs.Length);
        var count = Count;
        var fresh = new int[inputs.Length];
        for (var i = 0; i < inputs.Length; i++)
        {
            entries[i] = arena.FindOrAdd(inputs[i], count);
            if (entries[i] == count) fresh[count++ - Count] = i;
        }
        if (count > Count)
            answerFresh(
                fresh.AsSpan(0, count - Count),
                arena.Probabilities.AsSpan(Count * arena.ClassCount, (count - Count) * arena.ClassCount));
        Volatile.Write(ref arena.Committed, count);
        return new AnswerMemo(arena, count);
    }

    private Arena Claim(int extra)
    {
        var needed = checked(Count + extra);
        if (needed > _arena.Inputs.Length)
            return _arena.Copy(Count, (int)Math.Max(needed, Math.Min(2L * _arena.Inputs.Length, 1 << 30)));
        var claimed = Interlocked.CompareExchange(ref _arena.Committed, Arena.Claimed, Count) == Count;
        return claimed ? _arena : _arena.Copy(Count, _arena.Inputs.Length);
    }

    private sealed class Arena
    {
        public const int Claimed = -1;

        /// <summary>How many entries a finished version may see; <see cref="Claimed"/> while one is being
        /// made.</summary>
        public int Committed = Claimed;

        // Open addressing with linear probing, at most half full: entry + 1, or 0 for an empty place.
        private readonly int[] _places;

        public Arena(int classCount, int capacity)
        {
            ClassCount = classCount;
            Inputs = new InputHash[capacity];
            Probabilities = new float[checked(capacity * classCount)];
            _places = new int[System.Numerics.BitOperations.RoundUpToPowerOf2(checked((uint)capacity * 2))];
        }

        public int ClassCount { get; }

        public InputHash[] Inputs { get; }

        public float[] Probabilities { get; }

        /// <summary>The entry of an input; where there is none it is added as entry <paramref name="count"/>.</summary>
        public int FindOrAdd(in InputHash input, int count)
        {
            var mask = (uint)_places.Length - 1;
            for (var place = (uint)input.Bits & mask; ; place = (place + 1) & mask)
            {
                var entry = _places[place] - 1;
                if (entry >= 0 && Inputs[entry] != input) continue;
                if (entry >= 0) return entry;
                _places[place] = count + 1;
                Inputs[count] = input;
                return count;
            }
        }

        public Arena Copy(int count, int capacity)
        {
            var copy = new Arena(ClassCount, capacity);
            for (var entry = 0; entry < count; entry++) copy.FindOrAdd(Inputs[entry], entry);
            Probabilities.AsSpan(0, count * ClassCount).CopyTo(copy.Probabilities);
            return copy;
        }
    }
}

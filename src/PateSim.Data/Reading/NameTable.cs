using System.Text;

namespace PateSim.Data.Reading;

/// <summary>Numbers names in the order in which they are met, on the bytes of the file: no text is made for a cell.
/// </summary>
/// <remarks>The names lie one behind the other in one array; open addressing, at most half full.</remarks>
internal sealed class NameTable
{
    private byte[] _bytes = new byte[256];
    private int[] _ends = new int[16];
    private uint[] _hashes = new uint[16];
    private int[] _slots = new int[32];

    public int Count { get; private set; }

    /// <summary>The number of a name, a new one for a name not met before.</summary>
    /// <exception cref="Core.InvalidInputException">All names together exceed 2 GiB.</exception>
    public int Number(ReadOnlySpan<byte> name, string place)
    {
        var hash = Hash(name);
        var mask = _slots.Length - 1;
        var slot = (int)hash & mask;
        for (; _slots[slot] != 0; slot = (slot + 1) & mask)
        {
            var known = _slots[slot] - 1;
            if (_hashes[known] == hash && Bytes(known).SequenceEqual(name)) return known;
        }
        if (2 * (Count + 1) > _slots.Length)
        {
            Rehash();
            mask = _slots.Length - 1;
            for (slot = (int)hash & mask; _slots[slot] != 0;) slot = (slot + 1) & mask;
        }
        Append(name, hash, place);
        _slots[slot] = Count;
        return Count - 1;
    }

    /// <summary>The bytes of a name.</summary>
    public ReadOnlySpan<byte> Bytes(int number)
    {
        var start = number == 0 ? 0 : _ends[number - 1];
        return _bytes.AsSpan(start, _ends[number] - start);
    }

    public string Text(int number) => Encoding.UTF8.GetString(Bytes(number));

    /// <summary>All names in the order of their numbers.</summary>
    public string[] Texts()
    {
        var texts = new string[Count];
        for (var i = 0; i < Count; i++) texts[i] = Text(i);
        return texts;
    }

    private void Append(ReadOnlySpan<byte> name, uint hash, string place)
    {
        var start = Count == 0 ? 0 : _ends[Count - 1];
        if (start > Array.MaxLength - name.Length)
            throw ProblemList.Single(
                DataProblems.TooLarge, place, "The names in one column exceed 2 GiB; give patients shorter numbers.");
        if (start + name.Length > _bytes.Length)
            Array.Resize(ref _bytes, (int)Math.Min(Math.Max(2L * _bytes.Length, start + name.Length), Array.MaxLength));
        if (Count == _ends.Length)
        {
            Array.Resize(ref _ends, 2 * Count);
            Array.Resize(ref _hashes, 2 * Count);
        }
        name.CopyTo(_bytes.AsSpan(start));
        (_ends[Count], _hashes[Count]) = (start + name.Length, hash);
        Count++;
    }

    private void Rehash()
    {
        _slots = new int[2 * _slots.Length];
        var mask = _slots.Length - 1;
        for (var number = 0; number < Count; number++)
        {
            var slot = (int)_hashes[number] & mask;
            while (_slots[slot] != 0) slot = (slot + 1) & mask;
            _slots[slot] = number + 1;
        }
    }

    private static uint Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = 2166136261u;
        foreach (var b in bytes) hash = (hash ^ b) * 16777619u;
        hash ^= hash >> 15;
        return hash * 0x2C1B3C6Du ^ hash >> 12;
    }
}

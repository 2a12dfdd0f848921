using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;

namespace PateSim.Data.Reading;

/// <summary>An array read from an IDX file.</summary>
/// <param name="Dimensions">Such as [10000, 28, 28]; the last varies fastest.</param>
/// <param name="Values">As many as the product of the dimensions.</param>
public sealed record IdxArray(ImmutableArray<int> Dimensions, ReadOnlyMemory<float> Values);

/// <summary>
/// Reads IDX, the format of the MNIST files: two zero bytes, a type, the number of dimensions, the dimensions as
/// big-endian 32-bit integers, the values.
/// </summary>
/// <remarks>Types: 8 unsigned byte, 9 signed byte, 11 short, 12 int, 13 float, 14 double. Integers of more than 24 bits
/// and doubles are rounded to single precision.</remarks>
public sealed class IdxReader : IDisposable
{
    /// <summary>The type of unsigned bytes.</summary>
    public const byte UnsignedByte = 0x08;

    private readonly DataFile _file;
    private readonly Stream _stream;
    private readonly int _size;
    private readonly byte[] _block;
    private long _met;

    /// <summary>Reads the header.</summary>
    /// <exception cref="Core.InvalidInputException">The file is not IDX.</exception>
    public IdxReader(DataFile file)
    {
        (_file, _stream) = (file, file.Open());
        try
        {
            Span<byte> head = stackalloc byte[4];
            var read = _stream.ReadAtLeast(head, 4, throwOnEndOfStream: false);
            if (read == 0) throw Refuse(DataProblems.NoRecords, "The file is empty.");
            if (read < 4 || head[0] != 0 || head[1] != 0)
                throw Refuse(
                    DataProblems.BadIdx,
                    "The file does not begin as an IDX file does: two zero bytes, type, dimensions.");
            Type = head[2];
            _size = Type switch
            {
                UnsignedByte or 0x09 => 1,
                0x0B => 2,
                0x0C or 0x0D => 4,
                0x0E => 8,
                _ => throw Refuse(
                    DataProblems.BadIdx, $"The IDX type is {Type}; known are 8, 9, 11, 12, 13 and 14."),
            };
            (Dimensions, Count) = ReadDimensions(head[3]);
        }
        catch
        {
            _stream.Dispose();
            throw;
        }
        _block = new byte[_size << 13];
    }

    public byte Type { get; }

    /// <summary>Such as [10000, 28, 28]; the last varies fastest.</summary>
    public ImmutableArray<int> Dimensions { get; }

    /// <summary>The product of the dimensions.</summary>
    public long Count { get; }

    /// <summary>The whole array.</summary>
    /// <exception cref="Core.InvalidInputException">The file is not IDX, is cut short or longer than its dimensions
    /// say, or holds a value that is not finite.</exception>
    public static IdxArray Read(SourceFile file)
    {
        using var reader = new IdxReader(DataFile.Of(file));
        reader.CheckLength(file.Content.Length - 4 - 4L * reader.Dimensions.Length);
        var values = new float[reader.Count];
        reader.Read(values);
        reader.End();
        return new IdxArray(reader.Dimensions, values);
    }

    /// <summary>Reads the next values.</summary>
    /// <exception cref="Core.InvalidInputException">The file ends before, or a value is not finite.</exception>
    public void Read(Span<float> values)
    {
        while (!values.IsEmpty)
        {
            var block = _block.AsSpan(0, (int)Math.Min(_block.Length, values.Length * (long)_size));
            var read = _stream.ReadAtLeast(block, block.Length, throwOnEndOfStream: false);
            if (read < block.Length) throw WrongLength(_met * _size + read);
            var count = block.Length / _size;
            for (var i = 0; i < count; i++)
            {
                values[i] = Value(Type, block.Slice(i * _size, _size));
                if (!float.IsFinite(values[i]))
                    throw Refuse(DataProblems.NotFinite, $"Value {_met + i} is not a finite number.");
            }
            _met += count;
            values = values[count..];
        }
    }

    /// <summary>Makes sure that nothing follows.</summary>
    /// <exception cref="Core.InvalidInputException">Something does.</exception>
    public void End()
    {
        var rest = 0L;
        int read;
        while ((read = _stream.Read(_block)) > 0) rest += read;
        if (rest > 0) throw WrongLength(_met * _size + rest);
    }

    public void Dispose() => _stream.Dispose();

    private void CheckLength(long body)
    {
        if (body != Count * _size) throw WrongLength(body);
    }

    private (ImmutableArray<int> Dimensions, long Count) ReadDimensions(int rank)
    {
        var sizes = new byte[4 * rank];
        if (rank == 0 || _stream.ReadAtLeast(sizes, sizes.Length, throwOnEndOfStream: false) < sizes.Length)
            throw Refuse(DataProblems.BadIdx, $"The file ends within the {rank} dimensions that its header promises.");
        var dimensions = new int[rank];
        long count = 1;
        for (var i = 0; i < rank; i++)
        {
            var dimension = BinaryPrimitives.ReadUInt32BigEndian(sizes.AsSpan(4 * i));
            if (dimension > int.MaxValue || (count *= dimension) > Array.MaxLength)
                throw Refuse(DataProblems.TooLarge, "The array has more values than can be held (2,147,483,591).");
            dimensions[i] = (int)dimension;
        }
        return ([.. dimensions], count);
    }

    private Core.InvalidInputException WrongLength(long body)
    {
        var shape = string.Join(" × ", Dimensions.Select(d => d.ToString(CultureInfo.InvariantCulture)));
        return Refuse(
            DataProblems.BadIdx,
            $"The header promises {shape} values of {_size} bytes, {Count * _size} bytes in all; {body} follow it.");
    }

    private Core.InvalidInputException Refuse(string code, string message) =>
        ProblemList.Single(code, _file.Place, message);

    private static float Value(byte type, ReadOnlySpan<byte> bytes) => type switch
    {
        UnsignedByte => bytes[0],
        0x09 => (sbyte)bytes[0],
        0x0B => BinaryPrimitives.ReadInt16BigEndian(bytes),
        0x0C => BinaryPrimitives.ReadInt32BigEndian(bytes),
        0x0D => BinaryPrimitives.ReadSingleBigEndian(bytes),
        _ => (float)BinaryPrimitives.ReadDoubleBigEndian(bytes),
    };
}

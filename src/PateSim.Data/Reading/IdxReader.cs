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
public static class IdxReader
{
    /// <exception cref="Core.InvalidInputException">The file is not IDX, is cut short or longer than its dimensions
    /// say, or holds a value that is not finite.</exception>
    public static IdxArray Read(SourceFile file)
    {
        var bytes = file.Content.Span;
        if (bytes.IsEmpty) throw Refuse(DataProblems.NoRecords, "The file is empty.");
        if (bytes.Length < 4 || bytes[0] != 0 || bytes[1] != 0)
            throw Refuse(
                DataProblems.BadIdx, "The file does not begin as an IDX file does: two zero bytes, type, dimensions.");
        var (type, rank) = (bytes[2], bytes[3]);
        var size = type switch
        {
            0x08 or 0x09 => 1,
            0x0B => 2,
            0x0C or 0x0D => 4,
            0x0E => 8,
            _ => throw Refuse(DataProblems.BadIdx, $"The IDX type is {type}; known are 8, 9, 11, 12, 13 and 14."),
        };
        if (rank == 0 || bytes.Length < 4 + 4 * rank)
            throw Refuse(DataProblems.BadIdx, $"The file ends within the {rank} dimensions that its header promises.");
        var dimensions = new int[rank];
        long count = 1;
        for (var i = 0; i < rank; i++)
        {
            var dimension = BinaryPrimitives.ReadUInt32BigEndian(bytes[(4 + 4 * i)..]);
            if (dimension > int.MaxValue || (count *= dimension) > Array.MaxLength)
                throw Refuse(DataProblems.TooLarge, "The array has more values than can be held (2,147,483,591).");
            dimensions[i] = (int)dimension;
        }
        var body = bytes[(4 + 4 * rank)..];
        if (body.Length != count * size)
        {
            var shape = string.Join(" × ", dimensions.Select(d => d.ToString(CultureInfo.InvariantCulture)));
            throw Refuse(
                DataProblems.BadIdx,
                $"The header promises {shape} values of {size} bytes, {count * size} bytes in all; {body.Length} "
                + "follow it.");
        }
        var values = new float[count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Value(type, body.Slice(i * size, size));
            if (!float.IsFinite(values[i])) throw Refuse(DataProblems.NotFinite, $"Value {i} is not a finite number.");
        }
        return new IdxArray([.. dimensions], values);

        Core.InvalidInputException Refuse(string code, string message) => ProblemList.Single(code, file.Place, message);
    }

    private static float Value(byte type, ReadOnlySpan<byte> bytes) => type switch
    {
        0x08 => bytes[0],
        0x09 => (sbyte)bytes[0],
        0x0B => BinaryPrimitives.ReadInt16BigEndian(bytes),
        0x0C => BinaryPrimitives.ReadInt32BigEndian(bytes),
        0x0D => BinaryPrimitives.ReadSingleBigEndian(bytes),
        _ => (float)BinaryPrimitives.ReadDoubleBigEndian(bytes),
    };
}

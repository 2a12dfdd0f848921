using System.Text;

namespace PateSim.Cli;

/// <summary>A writer whose failures are nobody's concern: progress and messages that cannot be shown are lost, and the
/// command goes on and ends as it would have.</summary>
/// <remarks>Standard error may be closed, or a file on a full disk. There is no place left to say so.</remarks>
internal sealed class MessageWriter(TextWriter inner) : TextWriter(inner.FormatProvider)
{
    public override Encoding Encoding => inner.Encoding;

    /// <summary>Standard error of this process; nothing at all where it cannot even be opened.</summary>
    public static TextWriter ForProcess()
    {
        try
        {
            return new MessageWriter(Console.Error);
        }
        catch (Exception exception) when (IsWritingFault(exception))
        {
            return Null;
        }
    }

    public override void Write(char value) => Try(() => inner.Write(value));

    public override void Write(char[] buffer, int index, int count) => Try(() => inner.Write(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer)
    {
        var text = buffer.ToString();
        Try(() => inner.Write(text));
    }

    public override void Write(string? value) => Try(() => inner.Write(value));

    public override void WriteLine() => Try(inner.WriteLine);

    public override void WriteLine(string? value) => Try(() => inner.WriteLine(value));

    public override void Flush() => Try(inner.Flush);

    private static void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception exception) when (IsWritingFault(exception))
        {
            // Lost: see the remarks.
        }
    }

    private static bool IsWritingFault(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or ObjectDisposedException
            or System.ComponentModel.Win32Exception;
}

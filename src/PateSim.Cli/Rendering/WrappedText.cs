namespace PateSim.Cli.Rendering;

/// <summary>Paragraphs broken at spaces.</summary>
internal static class WrappedText
{
    /// <summary>Writes a paragraph of at most <paramref name="width"/> columns; a longer word stays whole.</summary>
    public static void Write(TextWriter output, string text, int width, string first = "", string rest = "")
    {
        var line = first;
        var isEmpty = true;
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (!isEmpty && line.Length + 1 + word.Length > width)
            {
                output.WriteLine(line);
                (line, isEmpty) = (rest, true);
            }
            line += isEmpty ? word : " " + word;
            isEmpty = false;
        }
        output.WriteLine(line);
    }
}

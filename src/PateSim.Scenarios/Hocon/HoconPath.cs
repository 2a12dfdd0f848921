namespace PateSim.Scenarios.Hocon;

/// <summary>Paths of keys, such as <c>teacher.kind</c>; an element that is not a plain word is quoted.</summary>
public static class HoconPath
{
    public static string Render(IEnumerable<string> elements) => string.Join('.', elements.Select(RenderKey));

    /// <summary>The path of a key below a path; the root path is empty.</summary>
    public static string Append(string path, string key) =>
        path.Length == 0 ? RenderKey(key) : $"{path}.{RenderKey(key)}";

    public static string RenderKey(string key) =>
        key.Length > 0 && key != "include" && key.All(IsPlain) ? key : HoconWriter.Quote(key);

    /// <summary>Reads a path from the pieces it was written in. The error is null when it is well formed.</summary>
    internal static (List<string> Elements, string? Error) Parse(IEnumerable<(string Text, bool Quoted)> pieces)
    {
        var elements = new List<string>();
        var current = "";
        var begun = false;
        foreach (var (text, quoted) in pieces)
        {
            if (quoted)
            {
                (current, begun) = (current + text, true);
                continue;
            }
            var words = text.Split('.');
            for (var i = 0; i < words.Length; i++)
            {
                if (i > 0)
                {
                    if (!begun) return (elements, "a dot has no key on one of its sides");
                    elements.Add(current);
                    (current, begun) = ("", false);
                }
                if (words[i].Length > 0) (current, begun) = (current + words[i], true);
            }
        }
        if (!begun) return (elements, elements.Count == 0 ? "it is empty" : "a dot has no key on one of its sides");
        elements.Add(current);
        return (elements, null);
    }

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_';
}

using System.Text;
using PateSim.Core;
using PateSim.Scenarios.Hocon;

namespace PateSim.Scenarios.Tests.Hocon;

/// <summary>Short ways to read a text in tests.</summary>
internal static class Reading
{
    public static HoconObject Read(string text, params string[] overlays) =>
        HoconReader.ReadText(text, "run.conf", overlays).Root;

    /// <summary>The tree in one line: keys sorted, quoted text in double quotes, everything else bare.</summary>
    public static string Flat(HoconNode node) => node switch
    {
        HoconScalar { IsQuoted: true } scalar => HoconWriter.Quote(scalar.Text),
        HoconScalar scalar => scalar.Text,
        HoconList list => "[" + string.Join(",", list.Items.Select(Flat)) + "]",
        HoconObject block => "{" + string.Join(
            ",",
            block.Fields.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Key}={Flat(f.Value)}")) + "}",
        _ => "null",
    };

    public static string FlatRead(string text, params string[] overlays) => Flat(Read(text, overlays));

    /// <summary>The problems that reading raises, one text each.</summary>
    public static string[] Problems(string text, params string[] overlays) =>
        Problems(() => HoconReader.ReadText(text, "run.conf", overlays));

    public static string[] Problems(Action read) =>
        [.. Assert.Throws<InvalidInputException>(read).Problems.Select(p => p.ToString())];

    /// <summary>Expects one problem that begins with place and code and contains all parts of the message.</summary>
    public static void AssertProblem(string[] problems, string placeAndCode, params string[] parts)
    {
        var problem = Assert.Single(problems);
        Assert.StartsWith(placeAndCode, problem, StringComparison.Ordinal);
        foreach (var part in parts) Assert.Contains(part, problem, StringComparison.Ordinal);
    }

    /// <summary>Files that exist only in memory, relative to the current folder.</summary>
    public static HoconOptions Files(params (string Name, string Text)[] files)
    {
        var byPath = files.ToDictionary(f => Path.GetFullPath(f.Name), f => Encoding.UTF8.GetBytes(f.Text));
        return new HoconOptions
        {
            ReadFile = path => byPath.TryGetValue(path, out var bytes) ? bytes : throw new FileNotFoundException(path),
        };
    }
}

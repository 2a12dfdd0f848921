using System.Collections.Immutable;

namespace PateSim.Scenarios.Hocon;

/// <summary>What reading a scenario may use of the world outside of its text.</summary>
public sealed record HoconOptions
{
    /// <summary>The bytes of a file, given its full path.</summary>
    public Func<string, byte[]> ReadFile { get; init; } = File.ReadAllBytes;

    /// <summary>The value of an environment variable, or null. Without it, substitutions never see the environment,
    /// so that a scenario means the same on every machine.</summary>
    public Func<string, string?>? Environment { get; init; }
}

/// <summary>Opens the main file, its includes and its overlays.</summary>
internal sealed class Loader(HoconOptions options, ProblemCollector problems)
{
    private readonly List<SourceFile> _files = [];
    private readonly Dictionary<SourceFile, string> _fullPaths = [];
    private int _includes;

    public ImmutableArray<SourceFile> Files => [.. _files];

    public ImmutableArray<FieldSyntax> LoadMain(string name)
    {
        var (fullPath, bytes, trouble) = Fetch("", name);
        var file = Open(name, fullPath, null, []);
        if (bytes is not null) return Parse(file, bytes);
        problems.Add(SourcePlace.Whole(file), ProblemCodes.FileUnreadable, "", trouble);
        return [];
    }

    /// <summary>Includes in the text are relative to the folder of the name.</summary>
    public ImmutableArray<FieldSyntax> LoadText(string name, ReadOnlySpan<byte> bytes) =>
        Parse(Open(name, Path.GetFullPath(name), null, []), bytes);

    /// <summary>One <c>--set path=value</c>; numbered from 1.</summary>
    public ImmutableArray<FieldSyntax> LoadOverlay(string text, int number)
    {
        var file = Open($"--set #{number}", Path.GetFullPath("."), null, []);
        file.Text = text;
        var own = new ProblemCollector();
        var tokens = Lexer.Read(text, file, own);
        var fields = own.Any ? [] : new Parser(tokens, file, RefuseInclude, own).ReadFile();
        var hasSeparator = tokens.Any(t => t.Kind is TokenKind.Assign or TokenKind.Append);
        if (!hasSeparator || (!own.Any && fields.Length != 1))
        {
            var found = text.Length <= 60 ? text : string.Concat(text.AsSpan(0, 57), "...");
            problems.Add(
                new SourcePlace(file, 1, 1), ProblemCodes.BadOverlay, "",
                $"'{found}' is not one setting; write path=value, such as seed=7.");
            return [];
        }
        problems.Take(own);
        return fields;
    }

    private ImmutableArray<FieldSyntax> RefuseInclude(
        string name, SourceFile includer, SourcePlace place, ImmutableArray<string> prefix)
    {
        problems.Add(place, ProblemCodes.BadInclude, "", "A --set cannot include files.");
        return [];
    }

    private ImmutableArray<FieldSyntax> LoadInclude(
        string name, SourceFile includer, SourcePlace place, ImmutableArray<string> prefix)
    {
        var (full, bytes, trouble) = Fetch(Path.GetDirectoryName(_fullPaths[includer]) ?? "", name);
        if (FindCycle(includer, full) is { } chain)
        {
            problems.Add(place, ProblemCodes.IncludeCycle, "", $"The files include each other: {chain}.");
            return [];
        }
        if (++_includes > Limits.Includes || Depth(includer) >= Limits.IncludeChain)
        {
            if (_includes <= Limits.Includes + 1)
            {
                problems.Add(
                    place, ProblemCodes.IncludeUnreadable, "",
                    $"At most {Limits.Includes} includes are read, in chains of at most {Limits.IncludeChain}.");
            }
            return [];
        }
        if (bytes is null)
        {
            problems.Add(
                place, ProblemCodes.IncludeUnreadable, "",
                $"The included file {HoconWriter.Quote(name)} cannot be read. {trouble} Looked for {full}.");
            return [];
        }
        var display = Path.Combine(Path.GetDirectoryName(includer.Name) ?? "", name).Replace('\\', '/');
        return Parse(Open(display, full, includer, prefix), bytes);
    }

    private (string FullPath, byte[]? Bytes, string Trouble) Fetch(string folder, string name)
    {
        var fullPath = name;
        try
        {
            fullPath = Path.GetFullPath(Path.Combine(folder, name));
            return (fullPath, options.ReadFile(fullPath), "");
        }
        catch (Exception e) when (IsFileTrouble(e))
        {
            return (fullPath, null, Explain(e));
        }
    }

    private ImmutableArray<FieldSyntax> Parse(SourceFile file, ReadOnlySpan<byte> bytes)
    {
        if (Decoder.Decode(bytes, file, problems) is not { } text) return [];
        file.Text = text;
        var own = new ProblemCollector();
        var fields = new Parser(Lexer.Read(text, file, own), file, LoadInclude, own).ReadFile();
        problems.Take(own);
        return fields;
    }

    private SourceFile Open(string name, string fullPath, SourceFile? parent, ImmutableArray<string> prefix)
    {
        var file = new SourceFile(name, _files.Count, parent, prefix);
        _files.Add(file);
        _fullPaths.Add(file, fullPath);
        return file;
    }

    private string? FindCycle(SourceFile includer, string fullPath)
    {
        var chain = new List<string>();
        for (var file = includer; file is not null; file = file.Parent)
        {
            chain.Insert(0, file.Name);
            if (_fullPaths[file] == fullPath) return string.Join(" -> ", [.. chain, file.Name]);
        }
        return null;
    }

    private static int Depth(SourceFile file)
    {
        var depth = 0;
        for (var parent = file.Parent; parent is not null; parent = parent.Parent) depth++;
        return depth;
    }

    private static bool IsFileTrouble(Exception e) =>
        e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException
            or System.Security.SecurityException;

    private static string Explain(Exception e) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException => "There is no such file.",
        UnauthorizedAccessException => "It is a folder, or access is denied.",
        _ => e.Message,
    };
}

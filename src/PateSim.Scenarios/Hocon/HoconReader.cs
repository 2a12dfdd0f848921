using System.Collections.Immutable;
using System.Text;
using PateSim.Core;

namespace PateSim.Scenarios.Hocon;

/// <summary>
/// Reads HOCON strictly: everything that is read is well formed, every key stands once, every substitution refers to
/// something. What HOCON would guess, drop or let pass is a problem with its place.
/// </summary>
/// <remarks>
/// <para>Departures from HOCON, all of them refusals: a key that holds a blank must be quoted; a text or number must
/// begin on the line of its key; a scalar written twice in one file, or overridden by an include below it, is a
/// duplicate; every include is required, names its file exactly, and is a file; single quotes do not begin text;
/// the environment is not read unless <see cref="HoconOptions.Environment"/> is given, and then gives text as if
/// written without quotes; a file without settings, control characters, and sizes beyond <see cref="Limits"/> are
/// refused.</para>
/// </remarks>
public static class HoconReader
{
    /// <summary>Reads a file, its includes, and the overlays over it in their order.</summary>
    /// <param name="overlays">Texts path=value, where the value is HOCON; reported as <c>--set #1(1,5)</c>.</param>
    /// <exception cref="InvalidInputException">All problems found, by place.</exception>
    public static HoconDocument ReadFile(
        string path, IReadOnlyList<string>? overlays = null, HoconOptions? options = null) =>
        Read(loader => loader.LoadMain(path), overlays, options);

    /// <summary>Reads a text. Its includes are relative to the folder of its name.</summary>
    /// <exception cref="InvalidInputException">All problems found, by place.</exception>
    public static HoconDocument ReadText(
        string text, string name = "text.conf", IReadOnlyList<string>? overlays = null, HoconOptions? options = null) =>
        ReadBytes(Encoding.UTF8.GetBytes(text), name, overlays, options);

    /// <summary>Reads the bytes of a file. Its includes are relative to the folder of its name.</summary>
    /// <exception cref="InvalidInputException">All problems found, by place.</exception>
    public static HoconDocument ReadBytes(
        byte[] bytes, string name, IReadOnlyList<string>? overlays = null, HoconOptions? options = null) =>
        Read(loader => loader.LoadText(name, bytes), overlays, options);

    private static HoconDocument Read(
        Func<Loader, ImmutableArray<FieldSyntax>> loadMain, IReadOnlyList<string>? overlays, HoconOptions? options)
    {
        options ??= new HoconOptions();
        var problems = new ProblemCollector();
        var loader = new Loader(options, problems);
        var fields = loadMain(loader).ToBuilder();
        for (var i = 0; i < overlays?.Count; i++) fields.AddRange(loader.LoadOverlay(overlays[i], i + 1));

        var root = new BlockSyntax(new SourcePlace(loader.Files[0], 1, 1), fields.ToImmutable());
        DuplicateCheck.Run(root, problems);
        problems.ThrowIfAny();
        var resolved = Resolver.Resolve(root, options.Environment, problems);
        problems.ThrowIfAny();
        return new HoconDocument(resolved, loader.Files);
    }
}

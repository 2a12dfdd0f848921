using PateSim.Core;
using PateSim.Scenarios.Hocon;

namespace PateSim.Scenarios.Binding;

/// <summary>Where each path of a scenario is written.</summary>
public sealed class PlaceMap
{
    private readonly Dictionary<string, SourcePlace> _written = new(StringComparer.Ordinal);
    private readonly SourceFile _main;

    internal PlaceMap(SourceFile main) => _main = main;

    /// <summary>Where the path is written. For one that is not: <c>file(default)</c>.</summary>
    public SourcePlace this[string path] =>
        _written.TryGetValue(path, out var place) ? place : SourcePlace.DefaultIn(_main);

    /// <summary>Whether the path is written rather than left at its default.</summary>
    public bool IsWritten(string path) => _written.ContainsKey(path);

    /// <summary>A problem at the place of a path.</summary>
    public Problem At(string path, string code, string message) => new(code, this[path].ToString(), path, message);

    internal void Add(string path, SourcePlace place) => _written[path] = place;
}

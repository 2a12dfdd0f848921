using System.Collections.Immutable;
using PateSim.Core;
using PateSim.Core.Components;
using PateSim.Scenarios.Hocon;

namespace PateSim.Scenarios.Binding;

/// <summary>A section as the scenario and the defaults make it.</summary>
/// <param name="Path">Empty for the root.</param>
public sealed record BoundSection(
    SectionSpec Spec,
    string Path,
    OptionValues Options,
    ImmutableDictionary<string, BoundSection> Sections,
    ImmutableDictionary<string, BoundSlot> Slots,
    ImmutableDictionary<string, HoconObject> Raws,
    PlaceMap Places)
{
    /// <summary>The section below this one.</summary>
    public BoundSection Section(string name) => Sections[name];

    public BoundSlot Slot(string name) => Slots[name];

    /// <summary>The raw block of that name, or null when it is not written.</summary>
    public HoconObject? Raw(string name) => Raws.GetValueOrDefault(name);

    /// <summary>Where a path relative to this section is written; <c>file(default)</c> when it is not.</summary>
    public SourcePlace PlaceOf(string path) => Places[Below(path)];

    /// <summary>Whether a path relative to this section is written rather than left at its default.</summary>
    public bool IsWritten(string path) => Places.IsWritten(Below(path));

    /// <summary>A problem at the place of a path relative to this section.</summary>
    public Problem At(string path, string code, string message) => Places.At(Below(path), code, message);

    /// <summary>Adds a problem at the place of a path relative to this section, to be sorted with the others.</summary>
    public void Report(ProblemCollector problems, string path, string code, string message) =>
        problems.Add(PlaceOf(path), code, Below(path), message);

    private string Below(string path) => (Path.Length, path.Length) switch
    {
        (0, _) => path,
        (_, 0) => Path,
        _ => $"{Path}.{path}",
    };
}

/// <summary>What a slot holds.</summary>
/// <param name="Chosen">In the order in which the scenario names them; exactly one where the slot takes one.</param>
public sealed record BoundSlot(SlotSpec Spec, string Path, ImmutableArray<BoundComponent> Chosen)
{
    /// <summary>Whether none was named and all are meant.</summary>
    public bool IsAll { get; init; }

    /// <summary>The component of a slot that takes one.</summary>
    public BoundComponent Only => Chosen.Single();

    /// <summary>Makes the component of a slot that takes one; null after raising a problem.</summary>
    public Chosen<T>? Create<T>(Catalog<T> catalog, ProblemCollector problems) => Only.Create(catalog, problems);

    /// <summary>Makes all components; those that cannot be made are raised as problems and left out.</summary>
    public ImmutableArray<Chosen<T>> CreateAll<T>(Catalog<T> catalog, ProblemCollector problems) =>
        [.. Chosen.Select(c => c.Create(catalog, problems)).OfType<Chosen<T>>()];
}

/// <summary>A chosen component and its options.</summary>
/// <param name="Path">Of the block with its options, such as <c>teacher.lightgbm</c>.</param>
public sealed record BoundComponent(ComponentDescriptor Descriptor, string Path, OptionValues Options, PlaceMap Places)
{
    public string Name => Descriptor.Name;

    /// <summary>The components that this one is made of; empty for one that stands alone.</summary>
    public ImmutableArray<BoundComponent> Parts { get; init; } = [];

    /// <summary>A problem at the place of an option of the component.</summary>
    public Problem At(string option, string code, string message) =>
        Places.At(HoconPath.Append(Path, option), code, message);

    /// <summary>The problem that options which do not fit together amount to.</summary>
    public Problem At(OptionException exception) => At(exception.Option, ProblemCodes.DoNotFit, exception.Message);

    /// <summary>Makes the component; null after raising a problem because its options do not fit together.</summary>
    public Chosen<T>? Create<T>(Catalog<T> catalog, ProblemCollector problems)
    {
        var component = catalog[Name];
        var parts = Parts.Select(part => part.Create(catalog, problems)).OfType<Chosen<T>>().ToImmutableArray();
        if (parts.Length < Parts.Length) return null;
        try
        {
            var made = component.Compose is { } compose ? compose(Options, parts) : component.Create(Options);
            return new Chosen<T>(Descriptor, Options, made);
        }
        catch (OptionException e)
        {
            var path = HoconPath.Append(Path, e.Option);
            problems.Add(Places[path], ProblemCodes.DoNotFit, path, e.Message);
            return null;
        }
    }
}

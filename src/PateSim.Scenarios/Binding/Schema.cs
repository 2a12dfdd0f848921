using System.Collections.Immutable;
using PateSim.Core.Components;

namespace PateSim.Scenarios.Binding;

/// <summary>A block of settings: options, blocks below it, slots for components, blocks that others read.</summary>
/// <param name="Name">The key; empty for the root.</param>
/// <param name="Summary">One sentence.</param>
public sealed record SectionSpec(string Name, string Summary)
{
    public ImmutableArray<OptionSpec> Options { get; init; } = [];

    public ImmutableArray<SectionSpec> Sections { get; init; } = [];

    public ImmutableArray<SlotSpec> Slots { get; init; } = [];

    public ImmutableArray<RawSpec> Raws { get; init; } = [];

    /// <summary>All keys that may stand in the block, in the order in which they are documented.</summary>
    public IEnumerable<string> Keys =>
        [.. Options.Select(o => o.Name), .. Slots.Select(s => s.Name), .. Sections.Select(s => s.Name),
            .. Raws.Select(r => r.Name)];

    /// <summary>Checks that no key stands for two things, here and below.</summary>
    /// <exception cref="ArgumentException">The schema is wrong: a fault of the program, not of its user.</exception>
    public void Check()
    {
        var twice = Keys.GroupBy(k => k).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null) throw new ArgumentException($"The section '{Name}' has two keys '{twice.Key}'.");
        foreach (var slot in Slots) slot.Check();
        foreach (var section in Sections) section.Check();
    }
}

/// <summary>
/// A place where components of one kind are chosen: <c>teacher { kind = a, a { … } b { … } }</c>, or several with
/// <c>kinds = [a, b]</c>. Blocks of components that are not chosen may stand, and are checked too.
/// </summary>
/// <param name="Components">What may be chosen; usually all of a catalog.</param>
/// <param name="Default">Names of what is chosen where nothing is written. For a slot of one: one name, or none when
/// the choice must be written.</param>
/// <param name="Many">Whether several may be chosen, with the key <c>kinds</c>.</param>
public sealed record SlotSpec(
    string Name,
    string Summary,
    ImmutableArray<ComponentDescriptor> Components,
    ImmutableArray<string> Default,
    bool Many)
{
    /// <summary>The fewest components of a slot of many.</summary>
    public int Minimum { get; init; }

    /// <summary>Whether a slot of many that names none means all of them; what all amounts to is for the caller.</summary>
    public bool EmptyMeansAll { get; init; }

    /// <summary>kind or kinds.</summary>
    public string Key => Many ? "kinds" : "kind";

    /// <param name="default">The name of the component where none is written; null when it must be written.</param>
    public static SlotSpec One(
        string name, string summary, IEnumerable<ComponentDescriptor> components, string? @default) =>
        new(name, summary, [.. components], @default is null ? [] : [@default], Many: false);

    public static SlotSpec Several(
        string name, string summary, IEnumerable<ComponentDescriptor> components,
        params ImmutableArray<string> @default) =>
        new(name, summary, [.. components], @default, Many: true);

    /// <summary>The component of that name, or null.</summary>
    public ComponentDescriptor? Find(string name) => Components.FirstOrDefault(c => c.Name == name);

    internal void Check()
    {
        var keys = Components.Select(c => c.Name).Append(Key).ToList();
        if (keys.Distinct().Count() < keys.Count)
            throw new ArgumentException($"The slot '{Name}' has a name twice: {string.Join(", ", keys)}.");
        var unknown = Default.FirstOrDefault(name => Find(name) is null);
        if (unknown is not null) throw new ArgumentException($"The slot '{Name}' has no component '{unknown}'.");
        if (!Many && Default.Length > 1) throw new ArgumentException($"The slot '{Name}' takes one component.");
    }
}

/// <summary>A block that is handed on as it is, such as <c>akka</c>.</summary>
public sealed record RawSpec(string Name, string Summary);

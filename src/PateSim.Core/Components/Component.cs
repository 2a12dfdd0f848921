using System.Collections.Immutable;

namespace PateSim.Core.Components;

/// <summary>
/// What a component is called, what it does and which options it takes: the source of scenario reading, of
/// <c>patesim list</c> and of <c>patesim describe</c>.
/// </summary>
/// <param name="Kind">Such as dataset, partitioner, teacher, mechanism.</param>
/// <param name="Name">Lower case words joined by hyphens; unique within the kind.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Details">Paragraphs: definition with formula, departures from the source, limits, determinism.</param>
/// <param name="Citation">Where it was published, or empty.</param>
public sealed record ComponentDescriptor(
    string Kind,
    string Name,
    string Summary,
    ImmutableArray<OptionSpec> Options,
    ImmutableArray<string> Details,
    string Citation = "")
{
    /// <summary>Of a component that is made of others of its kind: the option that names them. Each keeps its options in
    /// the block of its own name. Null for a component that stands alone.</summary>
    public string? PartsOption { get; init; }
}

/// <summary>A component of a catalog: its description and its maker.</summary>
/// <typeparam name="T">What the component provides, such as a learner.</typeparam>
/// <param name="Create">Makes it from checked options; throws <see cref="OptionException"/> where options do not fit
/// together.</param>
public sealed record Component<T>(ComponentDescriptor Descriptor, Func<OptionValues, T> Create)
{
    public string Name => Descriptor.Name;

    /// <summary>Makes a component that is made of others, from its options and them, in the order in which
    /// <see cref="ComponentDescriptor.PartsOption"/> names them; <see cref="Create"/> then takes them at their defaults.
    /// Null for a component that stands alone.</summary>
    public Func<OptionValues, ImmutableArray<Chosen<T>>, T>? Compose { get; init; }

    /// <summary>Makes it with its default options, but for those written here.</summary>
    public Chosen<T> With(params (string Name, object Value)[] written)
    {
        var values = OptionValues.From(Descriptor.Options, written.ToDictionary(w => w.Name, w => w.Value));
        return new Chosen<T>(Descriptor, values, Create(values));
    }
}

/// <summary>A component as a scenario chose it: description, options and the thing itself.</summary>
public sealed record Chosen<T>(ComponentDescriptor Descriptor, OptionValues Options, T Instance)
{
    public string Name => Descriptor.Name;
}

/// <summary>All components of one kind, in ordinal order of their names.</summary>
public sealed class Catalog<T>
{
    private readonly ImmutableSortedDictionary<string, Component<T>> _components;

    /// <exception cref="ArgumentException">A name stands twice, or a component is of another kind.</exception>
    public Catalog(string kind, string summary, params ImmutableArray<Component<T>> components)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var component in components)
        {
            if (component.Descriptor.Kind != kind)
                throw new ArgumentException($"'{component.Name}' is a {component.Descriptor.Kind}, not a {kind}.");
            if (!names.Add(component.Name)) throw new ArgumentException($"The {kind} '{component.Name}' stands twice.");
        }
        (Kind, Summary) = (kind, summary);
        _components = components.ToImmutableSortedDictionary(c => c.Name, c => c, StringComparer.Ordinal);
    }

    public string Kind { get; }

    public string Summary { get; }

    public IEnumerable<Component<T>> All => _components.Values;

    public IEnumerable<string> Names => _components.Keys;

    /// <summary>The component of that name, or null.</summary>
    public Component<T>? Find(string name) => _components.GetValueOrDefault(name);

    /// <summary>The component of that name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public Component<T> this[string name] => Find(name) ?? throw new KeyNotFoundException(
        $"No {Kind} is called '{name}'. {Suggestion.Describe(name, _components.Keys.ToList())}");
}

using System.Collections.Immutable;

namespace PateSim.Core.Components;

/// <summary>The checked values of a list of options: every option has its written value, its default, or is unset.
/// </summary>
public sealed class OptionValues
{
    private readonly ImmutableSortedDictionary<string, object> _values;

    private OptionValues(ImmutableSortedDictionary<string, object> values) => _values = values;

    /// <summary>Fills in the defaults and checks each value against its option.</summary>
    /// <exception cref="ArgumentException">An unknown name, a missing required option, an option declared twice,
    /// a value of another CLR type than its option's, or a value out of range.</exception>
    public static OptionValues From(
        IEnumerable<OptionSpec> specs, IReadOnlyDictionary<string, object>? written = null)
    {
        var values = ImmutableSortedDictionary.CreateBuilder<string, object>(StringComparer.Ordinal);
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var spec in specs)
        {
            if (!known.Add(spec.Name))
                throw new ArgumentException($"The option '{spec.Name}' is declared twice.", nameof(specs));
            object? value = null;
            if (written?.TryGetValue(spec.Name, out value) != true) value = spec.Default;
            if (value is null)
            {
                if (spec.Required)
                    throw new ArgumentException($"The option '{spec.Name}' must be set.", nameof(written));
                continue;
            }
            if (!spec.Holds(value))
                throw new ArgumentException(
                    $"The option '{spec.Name}' is {spec.DescribeRange()} ({spec.Type}); "
                    + $"a {value.GetType().Name} was given.",
                    nameof(written));
            if (spec.Reject(value) is { } reason)
                throw new ArgumentException(
                    $"The option '{spec.Name}': {reason}; it is {spec.DescribeRange()}.", nameof(written));
            values.Add(spec.Name, value);
        }
        var unknown = written?.Keys.FirstOrDefault(name => !known.Contains(name));
        if (unknown is not null)
            throw new ArgumentException(
                $"The option '{unknown}' is unknown. {Suggestion.Describe(unknown, known)}", nameof(written));
        return new OptionValues(values.ToImmutable());
    }

    /// <summary>All values that are set, by name in ordinal order.</summary>
    public IReadOnlyDictionary<string, object> All => _values;

    /// <summary>Whether the option is set.</summary>
    public bool Has(string name) => _values.ContainsKey(name);

    public long Integer(string name) => (long)_values[name];

    public int Int32(string name) => checked((int)(long)_values[name]);

    public double Real(string name) => (double)_values[name];

    public bool Flag(string name) => (bool)_values[name];

    public string Text(string name) => (string)_values[name];

    public ImmutableArray<long> IntegerList(string name) => (ImmutableArray<long>)_values[name];

    public ImmutableArray<double> RealList(string name) => (ImmutableArray<double>)_values[name];

    public ImmutableArray<string> TextList(string name) => (ImmutableArray<string>)_values[name];

    /// <summary>Blocks by the names that the user gave them, in ordinal order.</summary>
    public ImmutableSortedDictionary<string, OptionValues> Blocks(string name) =>
        (ImmutableSortedDictionary<string, OptionValues>)_values[name];
}

/// <summary>Options that are each in range and yet do not fit together; the reader turns it into a located
/// problem.</summary>
public sealed class OptionException(string option, string message) : Exception(message)
{
    /// <summary>The option that the message is about.</summary>
    public string Option { get; } = option;
}

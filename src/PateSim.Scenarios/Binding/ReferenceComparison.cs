using System.Collections;
using System.Collections.Immutable;
using PateSim.Core;
using PateSim.Core.Components;
using PateSim.Scenarios.Hocon;

namespace PateSim.Scenarios.Binding;

/// <summary>Walks a schema and a file that documents it side by side.</summary>
internal sealed class ReferenceComparison
{
    private readonly List<SchemaDifference> _found = [];

    public static List<SchemaDifference> Run(SectionSpec schema, HoconObject file)
    {
        var comparison = new ReferenceComparison();
        comparison.CompareSection(schema, file, "");
        return comparison._found;
    }

    private void CompareSection(SectionSpec spec, HoconObject block, string path)
    {
        FindUnknown(block, path, [.. spec.Keys]);
        CompareOptions(spec.Options, block, path);
        foreach (var slot in spec.Slots)
        {
            if (Block(block, path, slot.Name) is { } inner) CompareSlot(slot, inner, HoconPath.Append(path, slot.Name));
        }
        foreach (var section in spec.Sections)
        {
            if (Block(block, path, section.Name) is { } inner)
                CompareSection(section, inner, HoconPath.Append(path, section.Name));
        }
        foreach (var raw in spec.Raws) Block(block, path, raw.Name);
    }

    private void CompareSlot(SlotSpec slot, HoconObject block, string path)
    {
        FindUnknown(block, path, [slot.Key, .. slot.Components.Select(c => c.Name)]);
        var names = slot.Components.Select(c => c.Name).ToImmutableArray();
        var choice = slot.Many
            ? OptionSpec.ChoiceList(slot.Key, slot.Summary, slot.Default, names)
            : OptionSpec.Choice(slot.Key, slot.Summary, slot.Default.FirstOrDefault()!, names);
        CompareOptions([choice], block, path);
        foreach (var component in slot.Components)
        {
            if (Block(block, path, component.Name) is not { } inner) continue;
            var innerPath = HoconPath.Append(path, component.Name);
            FindUnknown(inner, innerPath, [.. component.Options.Select(o => o.Name)]);
            CompareOptions(component.Options, inner, innerPath);
        }
    }

    private void CompareOptions(ImmutableArray<OptionSpec> specs, HoconObject block, string path)
    {
        foreach (var spec in specs)
        {
            var optionPath = HoconPath.Append(path, spec.Name);
            if (block.Find(spec.Name) is not { } field)
            {
                AddMissing(optionPath, block.Place);
                continue;
            }
            var expected = spec.Required ? null : spec.Default;
            var problems = new ProblemCollector();
            var shown = field.Value is HoconNull ? null : new ValueReader(problems).Read(spec, field.Value, optionPath);
            if (problems.Any)
            {
                foreach (var problem in problems.Sorted())
                    Add(DifferenceKind.DefaultDiffers, optionPath, field.Value.Place, problem.Message);
            }
            else if (!AreEqual(shown, expected))
            {
                Add(
                    DifferenceKind.DefaultDiffers, optionPath, field.Value.Place,
                    $"The file shows {SchemaReference.RenderValue(shown)}; "
                    + $"the default is {SchemaReference.RenderValue(expected)}.");
            }
        }
    }

    private static bool AreEqual(object? left, object? right) => (left, right) switch
    {
        (string a, string b) => a == b,
        (IEnumerable a, IEnumerable b) => a.Cast<object>().SequenceEqual(b.Cast<object>()),
        _ => Equals(left, right),
    };

    private HoconObject? Block(HoconObject outer, string outerPath, string key)
    {
        var path = HoconPath.Append(outerPath, key);
        if (outer.Find(key) is not { } field)
        {
            AddMissing(path, outer.Place);
            return null;
        }
        if (field.Value is HoconObject block) return block;
        Add(DifferenceKind.DefaultDiffers, path, field.Value.Place, "It must be a block.");
        return null;
    }

    private void FindUnknown(HoconObject block, string path, ImmutableArray<string> known)
    {
        foreach (var field in block.Fields.Where(f => !known.Contains(f.Key)))
        {
            Add(
                DifferenceKind.UnknownToSchema, HoconPath.Append(path, field.Key), field.KeyPlace,
                $"The schema does not know it. {Suggestion.Describe(field.Key, known)}");
        }
    }

    private void AddMissing(string path, SourcePlace place) =>
        Add(DifferenceKind.MissingInFile, path, place, "The file does not document it.");

    private void Add(DifferenceKind kind, string path, SourcePlace place, string message) =>
        _found.Add(new SchemaDifference(kind, path, place, message));
}

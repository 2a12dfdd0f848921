using System.Collections.Immutable;
using PateSim.Core;
using PateSim.Core.Components;
using PateSim.Scenarios.Hocon;

namespace PateSim.Scenarios.Binding;

/// <summary>
/// Holds a tree against a schema: every key is known, every value is of its type and in its range, every default is
/// filled in.
/// </summary>
public sealed class Binder
{
    private readonly ProblemCollector _problems;
    private readonly PlaceMap _places;
    private readonly ValueReader _reader;

    private Binder(ProblemCollector problems, PlaceMap places)
    {
        (_problems, _places) = (problems, places);
        _reader = new ValueReader(problems);
    }

    /// <exception cref="InvalidInputException">All problems found, by place.</exception>
    /// <exception cref="ArgumentException">The schema is wrong in itself.</exception>
    public static BoundSection Bind(SectionSpec schema, HoconDocument document)
    {
        schema.Check();
        var problems = new ProblemCollector();
        var binder = new Binder(problems, new PlaceMap(document.Files[0]));
        var bound = binder.BindSection(schema, document.Root, "", document.Root.Place);
        problems.ThrowIfAny();
        return bound;
    }

    private BoundSection BindSection(SectionSpec spec, HoconObject? block, string path, SourcePlace place)
    {
        ReportUnknown(block, path, [.. spec.Keys]);
        var options = BindOptions(spec.Options, block, path, place, required: true);
        var slots = spec.Slots.ToImmutableDictionary(s => s.Name, s => BindSlot(s, block, path, place));
        var sections = spec.Sections.ToImmutableDictionary(s => s.Name, s =>
        {
            var (inner, innerPath, innerPlace) = Block(block, path, s.Name, place);
            return BindSection(s, inner, innerPath, innerPlace);
        });
        var raws = ImmutableDictionary.CreateBuilder<string, HoconObject>();
        foreach (var raw in spec.Raws)
        {
            if (Block(block, path, raw.Name, place).Block is { } inner) raws.Add(raw.Name, inner);
        }
        return new BoundSection(spec, path, options, sections, slots, raws.ToImmutable(), _places);
    }

    private BoundSlot BindSlot(SlotSpec spec, HoconObject? outer, string outerPath, SourcePlace outerPlace)
    {
        var (block, path, place) = Block(outer, outerPath, spec.Name, outerPlace);
        ReportUnknown(block, path, [spec.Key, .. spec.Components.Select(c => c.Name)], OtherKey(spec, path));
        var names = ChosenNames(spec, block, path, place);
        var isAll = spec.EmptyMeansAll && names.IsEmpty;
        if (isAll) names = [.. spec.Components.Select(c => c.Name)];
        var bound = new Dictionary<string, BoundComponent>(StringComparer.Ordinal);
        var used = new HashSet<string>(names, StringComparer.Ordinal);
        // Those made of others first, so that the others are known to be used.
        foreach (var component in spec.Components.OrderBy(c => c.PartsOption is null))
        {
            var (inner, innerPath, innerPlace) = Block(block, path, component.Name, place);
            var isUsed = used.Contains(component.Name);
            ReportUnknown(inner, innerPath, [.. component.Options.Select(o => o.Name)]);
            var options = BindOptions(component.Options, inner, innerPath, innerPlace, isUsed);
            if (!isUsed) continue;
            bound.Add(component.Name, new BoundComponent(component, innerPath, options, _places));
            used.UnionWith(PartNames(component, options));
        }
        return new BoundSlot(spec, path, [.. names.Select(name => WithParts(bound[name], bound))]) { IsAll = isAll };
    }

    private static ImmutableArray<string> PartNames(ComponentDescriptor component, OptionValues options) =>
        component.PartsOption is { } option && options.Has(option) ? options.TextList(option) : [];

    private static BoundComponent WithParts(BoundComponent component, Dictionary<string, BoundComponent> bound) =>
        component with { Parts = [.. PartNames(component.Descriptor, component.Options).Select(name => bound[name])] };

    private static (string Key, string Hint) OtherKey(SlotSpec spec, string path) => spec.Many
        ? ("kind", $"This takes a list: {path}.kinds = [a, b].")
        : ("kinds", $"This takes one: {path}.kind = a.");

    private ImmutableArray<string> ChosenNames(SlotSpec spec, HoconObject? block, string path, SourcePlace place)
    {
        var keyPath = HoconPath.Append(path, spec.Key);
        var field = block?.Find(spec.Key);
        var known = spec.Components.Select(c => c.Name).ToImmutableArray();
        if (field is null)
        {
            if (!spec.Many && spec.Default.IsEmpty)
            {
                _problems.Add(
                    place, ProblemCodes.Missing, keyPath, $"It must be written. Known: {string.Join(", ", known)}.");
            }
            else if (spec.Many && spec.Default.Length < spec.Minimum) ReportTooFew(place, spec, keyPath);
            return spec.Default;
        }
        _places.Add(keyPath, field.Value.Place);
        if (!spec.Many)
        {
            var option = OptionSpec.Choice(spec.Key, spec.Summary, "", known);
            return _reader.Read(option, field.Value, keyPath) is string name ? [name] : [];
        }
        var list = OptionSpec.ChoiceList(spec.Key, spec.Summary, [], known);
        if (_reader.Read(list, field.Value, keyPath) is not ImmutableArray<string> names) return [];
        var distinct = names.Distinct().ToImmutableArray();
        foreach (var twice in names.GroupBy(n => n).Where(g => g.Count() > 1))
        {
            _problems.Add(
                field.Value.Place, ProblemCodes.BadSelection, keyPath, $"'{twice.Key}' is chosen more than once.");
        }
        if (distinct.Length < spec.Minimum) ReportTooFew(field.Value.Place, spec, keyPath);
        return distinct;
    }

    private void ReportTooFew(SourcePlace place, SlotSpec spec, string keyPath) => _problems.Add(
        place, ProblemCodes.BadSelection, keyPath,
        $"At least {spec.Minimum} of these must be chosen: {string.Join(", ", spec.Components.Select(c => c.Name))}.");

    /// <summary>The block of a key, or null when it is not written or is not a block; its path; and where to report
    /// what is missing in it.</summary>
    private (HoconObject? Block, string Path, SourcePlace Place) Block(
        HoconObject? outer, string outerPath, string key, SourcePlace outerPlace)
    {
        var path = HoconPath.Append(outerPath, key);
        if (outer?.Find(key) is not { } field) return (null, path, outerPlace);
        _places.Add(path, field.KeyPlace);
        if (field.Value is HoconObject block) return (block, path, field.KeyPlace);
        _problems.Add(
            field.Value.Place, ProblemCodes.WrongType, path,
            $"It is {field.Value.Describe()}, where a block is due: {path} {{ ... }}.");
        return (null, path, field.KeyPlace);
    }

    private void ReportUnknown(
        HoconObject? block, string path, ImmutableArray<string> known, (string Key, string Hint) special = default)
    {
        foreach (var field in block?.Fields ?? [])
        {
            if (known.Contains(field.Key)) continue;
            var hint = field.Key == special.Key ? special.Hint : Suggestion.Describe(field.Key, known);
            _problems.Add(
                field.KeyPlace, ProblemCodes.UnknownKey, HoconPath.Append(path, field.Key), $"It is unknown. {hint}");
        }
    }

    private OptionValues BindOptions(
        ImmutableArray<OptionSpec> specs, HoconObject? block, string path, SourcePlace place, bool required)
    {
        var written = new Dictionary<string, object>(StringComparer.Ordinal);
        var usable = new List<OptionSpec>();
        foreach (var spec in specs)
        {
            var optionPath = HoconPath.Append(path, spec.Name);
            var field = block?.Find(spec.Name);
            if (field is not null) _places.Add(optionPath, field.Value.Place);
            if (field is null or { Value: HoconNull } && spec.Required)
            {
                var at = field?.Value.Place ?? place;
                if (required)
                {
                    _problems.Add(
                        at, ProblemCodes.Missing, optionPath, $"It must be written. It is {spec.DescribeRange()}.");
                }
                continue;
            }
            if (field is null or { Value: HoconNull })
            {
                usable.Add(spec);
                if (field is null || spec.Default is null) continue;
                _problems.Add(
                    field.Value.Place, ProblemCodes.CannotUnset, optionPath,
                    $"It cannot be null. Remove it for its default, or write {spec.DescribeRange()}.");
            }
            else if ((spec.Type == OptionType.Blocks
                ? BindBlocks(spec, field.Value, optionPath)
                : _reader.Read(spec, field.Value, optionPath)) is { } value)
            {
                usable.Add(spec);
                written.Add(spec.Name, value);
            }
        }
        return OptionValues.From(usable, written);
    }

    /// <summary>Blocks under names of the user's own, each with the same options.</summary>
    private object? BindBlocks(OptionSpec spec, HoconNode node, string path)
    {
        if (node is not HoconObject outer)
        {
            _problems.Add(
                node.Place, ProblemCodes.WrongType, path,
                $"It is {node.Describe()}, where a block is due: {path} {{ NAME {{ ... }} }}.");
            return null;
        }
        var bound = ImmutableSortedDictionary.CreateBuilder<string, OptionValues>(StringComparer.Ordinal);
        foreach (var field in outer.Fields)
        {
            var (inner, innerPath, innerPlace) = Block(outer, path, field.Key, outer.Place);
            ReportUnknown(inner, innerPath, [.. spec.Inner.Select(o => o.Name)]);
            bound.Add(field.Key, BindOptions(spec.Inner, inner, innerPath, innerPlace, required: true));
        }
        return bound.ToImmutable();
    }
}

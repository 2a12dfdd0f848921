using System.Collections.Immutable;
using PateSim.Cli.Commands;
using PateSim.Core.Components;
using PateSim.Scenarios;
using PateSim.Scenarios.Binding;

namespace PateSim.Cli.Rendering;

/// <summary>Catalogs as text.</summary>
internal static class CatalogRenderer
{
    private const string Indent = "  ";

    public static void Kinds(ImmutableArray<CatalogListing> catalogs, TextWriter output, int width) =>
        Names(catalogs.Select(catalog => (CatalogCommands.Plural(catalog.Kind), catalog.Summary)), output, width);

    public static void List(CatalogListing catalog, TextWriter output, int width)
    {
        WrappedText.Write(output, catalog.Summary, width);
        output.WriteLine();
        Names(catalog.Components.Select(component => (component.Name, component.Summary)), output, width);
        output.WriteLine();
        output.WriteLine($"More: patesim describe {catalog.Kind} NAME");
    }

    public static void Describe(ComponentDescriptor component, TextWriter output, int width)
    {
        output.WriteLine($"{component.Kind} {component.Name}");
        WrappedText.Write(output, component.Summary, width, Indent, Indent);
        foreach (var paragraph in component.Details)
        {
            output.WriteLine();
            WrappedText.Write(output, paragraph, width, Indent, Indent);
        }
        output.WriteLine();
        output.WriteLine(component.Options.IsEmpty ? "Options: none" : "Options");
        foreach (var option in component.Options) Option(option, output, width);
        if (component.Citation.Length == 0) return;
        output.WriteLine();
        output.WriteLine("Source");
        WrappedText.Write(output, component.Citation, width, Indent, Indent);
    }

    private static void Option(OptionSpec option, TextWriter output, int width)
    {
        var value = option.Required ? "must be set"
            : option.Default is null ? "unset"
            : SchemaReference.RenderValue(option.Default);
        output.WriteLine($"{Indent}{option.Name} = {value}");
        var range = option.DescribeRange();
        WrappedText.Write(
            output, $"{option.Summary} {char.ToUpperInvariant(range[0])}{range[1..]}.", width, Indent + Indent + Indent,
            Indent + Indent + Indent);
        foreach (var inner in option.Inner)
        {
            var innerRange = inner.DescribeRange();
            WrappedText.Write(
                output, $"{inner.Name}: {inner.Summary} {char.ToUpperInvariant(innerRange[0])}{innerRange[1..]}.", width,
                Indent + Indent + Indent + "- ", Indent + Indent + Indent + Indent);
        }
    }

    private static void Names(IEnumerable<(string Name, string Summary)> lines, TextWriter output, int width)
    {
        var all = lines.ToList();
        var column = all.Max(line => line.Name.Length) + 2;
        foreach (var (name, summary) in all)
            WrappedText.Write(output, summary, width, name.PadRight(column), new string(' ', column));
    }
}

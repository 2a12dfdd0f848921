using System.CommandLine;
using PateSim.Cli.Rendering;
using PateSim.Core;
using PateSim.Core.Components;
using PateSim.Scenarios;

namespace PateSim.Cli.Commands;

/// <summary><c>patesim list</c> and <c>patesim describe</c>: help that is printed from the catalogs.</summary>
internal static class CatalogCommands
{
    public static Command List(CliEnvironment environment)
    {
        var kind = new Argument<string?>("KIND")
        {
            Description = "Such as datasets, partitioners, mechanisms; none lists the kinds.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("list", "Lists the components of a kind.");
        command.Arguments.Add(kind);
        command.SetAction(result =>
        {
            if (result.GetValue(kind) is { } name) CatalogRenderer.List(Find(name), environment.Out, environment.Width);
            else CatalogRenderer.Kinds(ScenarioSchema.Catalogs, environment.Out, environment.Width);
            return ExitCodes.Ok;
        });
        return command;
    }

    public static Command Describe(CliEnvironment environment)
    {
        var kind = new Argument<string>("KIND") { Description = "Such as dataset, partitioner, mechanism." };
        var name = new Argument<string>("NAME") { Description = "As 'patesim list KIND' prints it." };
        var command = new Command("describe", "Describes a component: what it does, its options, its source.");
        command.Arguments.Add(kind);
        command.Arguments.Add(name);
        command.SetAction(result =>
        {
            var component = Find(Find(result.GetRequiredValue(kind)), result.GetRequiredValue(name));
            CatalogRenderer.Describe(component, environment.Out, environment.Width);
            return ExitCodes.Ok;
        });
        return command;
    }

    /// <summary>The kind by its singular or its plural.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    private static CatalogListing Find(string kind)
    {
        var found = ScenarioSchema.Catalogs.FirstOrDefault(catalog =>
            kind.Equals(catalog.Kind, StringComparison.OrdinalIgnoreCase)
            || kind.Equals(Plural(catalog.Kind), StringComparison.OrdinalIgnoreCase));
        return found ?? throw new UsageException($"The kind '{kind}' is unknown. "
            + Suggestion.Describe(kind, [.. ScenarioSchema.Catalogs.Select(catalog => Plural(catalog.Kind))]));
    }

    private static ComponentDescriptor Find(CatalogListing catalog, string name) =>
        catalog.Components.FirstOrDefault(component => component.Name == name)
        ?? throw new UsageException($"No {catalog.Kind} is called '{name}'. "
            + Suggestion.Describe(name, [.. catalog.Components.Select(component => component.Name)]));

    internal static string Plural(string kind) => kind + "s";
}

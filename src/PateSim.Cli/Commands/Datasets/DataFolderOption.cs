using System.CommandLine;
using PateSim.Core;
using PateSim.Data.Reading;

namespace PateSim.Cli.Commands.Datasets;

/// <summary>The option <c>--data</c> and the folders in which files are looked for: that of the option, of the
/// environment, the cache, and the one beside the program.</summary>
internal sealed class DataFolderOption
{
    private readonly Option<string?> _data = new("--data")
    {
        HelpName = "DIR",
        Description = $"Folder with one folder per dataset. Also read: {DataAccess.Variable}, then the cache of "
            + "'patesim data fetch'.",
    };

    public void AddTo(Command command) => command.Options.Add(_data);

    /// <summary>What was written, null when nothing was.</summary>
    public string? Value(ParseResult result) => result.GetValue(_data);

    /// <exception cref="InvalidInputException">A folder was named that does not exist.</exception>
    public DataAccess Access(ParseResult result, CliEnvironment environment) => Access(Value(result), environment);

    /// <summary>The same for a folder at hand; null for none.</summary>
    /// <exception cref="InvalidInputException">A folder was named that does not exist.</exception>
    public static DataAccess Access(string? named, CliEnvironment environment) => DataAccess.From(
        named, environment.Variable(DataAccess.Variable), Shipped, Cache(environment));

    /// <summary>The folder into which files are fetched when none is named; null when the environment has no place
    /// for it.</summary>
    public static string? Cache(CliEnvironment environment) => DataCache.Folder(environment.Variable);

    private static string Shipped => Path.Combine(AppContext.BaseDirectory, "data");
}

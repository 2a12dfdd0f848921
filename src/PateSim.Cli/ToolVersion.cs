using System.Reflection;

namespace PateSim.Cli;

/// <summary>The version of this build.</summary>
public static class ToolVersion
{
    /// <summary>Such as 0.1.0, without the commit that a build may append.</summary>
    public static string Current { get; } = Read();

    private static string Read()
    {
        var version = typeof(ToolVersion).Assembly
            .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";
        var plus = version.IndexOf('+', StringComparison.Ordinal);
        return plus < 0 ? version : version[..plus];
    }
}

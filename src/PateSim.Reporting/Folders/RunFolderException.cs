using PateSim.Core;

namespace PateSim.Reporting.Folders;

/// <summary>A run folder could not be written (exit code 3). Nothing is left that looks like a sealed run.</summary>
/// <param name="code">PS and four digits.</param>
/// <param name="path">The folder or file.</param>
public sealed class RunFolderException(string code, string path, string message, Exception? cause = null)
    : Exception(message, cause)
{
    /// <summary>The folder cannot be created or written to.</summary>
    public const string CannotBegin = "PS4001";

    /// <summary>A file cannot be written: the disk is full or fails.</summary>
    public const string CannotWrite = "PS4002";

    /// <summary>The finished folder cannot be given its name.</summary>
    public const string CannotSeal = "PS4003";

    public string Code { get; } = code;

    public string Path { get; } = path;

    public Problem ToProblem() => new(Code, Path, "", Message);
}

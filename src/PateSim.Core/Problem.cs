namespace PateSim.Core;

/// <summary>
/// Something that the user must put right: where it is, what was found, and what would be right.
/// </summary>
/// <param name="Code">PS and four digits; documented in docs/problems.md.</param>
/// <param name="Place">File and position, such as <c>run.conf(3,7)</c> or <c>adult.data(17)</c>.</param>
/// <param name="Subject">The setting path, column or entity it is about; may be empty.</param>
/// <param name="Message">One or two sentences with the offending value and the permitted range.</param>
public sealed record Problem(string Code, string Place, string Subject, string Message)
{
    public override string ToString() =>
        Subject.Length == 0 ? $"{Place}: error {Code}: {Message}" : $"{Place}: error {Code} {Subject}: {Message}";
}

/// <summary>Input that cannot be used: a scenario, a configuration or a data file (exit code 2).</summary>
public sealed class InvalidInputException : Exception
{
    /// <exception cref="ArgumentException">There is no problem to report.</exception>
    public InvalidInputException(params IReadOnlyList<Problem> problems)
        : base(string.Join(Environment.NewLine, problems))
    {
        if (problems.Count == 0) throw new ArgumentException("There is no problem to report.", nameof(problems));
        Problems = problems;
    }

    /// <summary>All problems found, in the order of their places. Never empty.</summary>
    public IReadOnlyList<Problem> Problems { get; }
}

namespace PateSim.Simulation.Preparation;

/// <summary>A setting that does not fit the data or another setting. The front end adds the place in the file.
/// </summary>
/// <param name="Path">Path of the setting, such as <c>aggregation.queries</c>.</param>
/// <param name="Code">PS and four digits.</param>
public sealed record ScenarioProblem(string Path, string Code, string Message);

/// <summary>Settings that are each in range and cannot be run together, found before any training.</summary>
public sealed class ScenarioException(params IReadOnlyList<ScenarioProblem> problems)
    : Exception(string.Join(Environment.NewLine, problems.Select(p => $"{p.Code} {p.Path}: {p.Message}")))
{
    /// <summary>Never empty.</summary>
    public IReadOnlyList<ScenarioProblem> Problems { get; } = problems;
}

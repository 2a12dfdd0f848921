using System.Globalization;
using System.Text;

namespace PateSim.Reporting.Folders;

/// <summary>The name of a run's folder: the same for the same scenario and seed.</summary>
public static class RunFolderName
{
    private const int LongestScenarioName = 60;
    private const int IdDigits = 8;

    /// <summary><c>SCENARIO-ID-sSEED</c> with the first 8 digits of the run's id, such as
    /// <c>quickstart-1f0c2b3a-s7</c>. What file systems dislike in the scenario's name becomes a hyphen.</summary>
    public static string Of(string scenarioName, string runId, long seed)
    {
        var name = new StringBuilder();
        foreach (var c in scenarioName)
        {
            var kept = char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-';
            if (name.Length < LongestScenarioName && !(name.Length == 0 && kept is '.' or '-')) name.Append(kept);
        }
        if (name.Length == 0) name.Append("run");
        var id = runId.Length <= IdDigits ? runId : runId[..IdDigits];
        return string.Create(CultureInfo.InvariantCulture, $"{name}-{id}-s{seed}");
    }
}

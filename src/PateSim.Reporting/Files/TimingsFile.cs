using System.Collections.Immutable;
using System.Globalization;

namespace PateSim.Reporting.Files;

/// <summary>How long one part of a run took.</summary>
public sealed record PhaseTiming(string Phase, double Seconds);

/// <summary>The machine and the software below a run.</summary>
public sealed record MachineRecord(
    string ToolVersion, string OperatingSystem, string Architecture, string Framework, int Processors)
{
    /// <summary>This machine.</summary>
    public static MachineRecord Current(string toolVersion) => new(
        toolVersion,
        System.Runtime.InteropServices.RuntimeInformation.OSDescription,
        System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture.ToString(),
        System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription,
        Environment.ProcessorCount);
}

/// <summary>Everything about a run that may differ between two runs of the same scenario and seed.</summary>
/// <param name="Runtime">"sequential" or "actors".</param>
/// <param name="Workers">How many pieces of long work ran at once.</param>
/// <param name="Phases">In the order of a run; phases may overlap, so a phase lasts until the next one begins.</param>
public sealed record RunTimings(
    string Runtime,
    int Workers,
    DateTimeOffset StartedAt,
    ImmutableArray<PhaseTiming> Phases,
    double TotalSeconds,
    long PeakMemoryBytes,
    MachineRecord Machine);

/// <summary><c>timings.json</c>: the only file that is not a function of scenario and seed; the seal leaves it out.
/// </summary>
public static class TimingsFile
{
    public static RunFile Of(RunTimings timings) => JsonText.File(RunFileNames.Timings, json =>
    {
        json.WriteNumber("schemaVersion", ResultFiles.SchemaVersion);
        json.WriteString("runtime", timings.Runtime);
        json.WriteNumber("workers", timings.Workers);
        json.WriteString(
            "startedAt",
            timings.StartedAt.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        json.Objects("phases", timings.Phases, (writer, phase) =>
        {
            writer.WriteString("phase", phase.Phase);
            writer.Real("seconds", phase.Seconds);
        });
        json.Real("totalSeconds", timings.TotalSeconds);
        json.WriteNumber("peakMemoryBytes", timings.PeakMemoryBytes);
        json.WriteStartObject("machine");
        json.WriteString("toolVersion", timings.Machine.ToolVersion);
        json.WriteString("operatingSystem", timings.Machine.OperatingSystem);
        json.WriteString("architecture", timings.Machine.Architecture);
        json.WriteString("framework", timings.Machine.Framework);
        json.WriteNumber("processors", timings.Machine.Processors);
        json.WriteEndObject();
    });
}

namespace PateSim.Data.Federation;

/// <summary>Settings of a scenario that do not fit its data or each other; the caller adds the place in the file.
/// </summary>
/// <param name="path">Path of the setting in a scenario, such as <c>privacy.hospitals-per-patient</c>.</param>
/// <param name="code">PS and four digits.</param>
public sealed class FederationException(string path, string code, string message) : Exception(message)
{
    /// <summary>A patient has records in more hospitals than the scenario states.</summary>
    public const string DividedPatient = "PS2260";

    /// <summary>The public set's dataset has not the columns of the hospitals'.</summary>
    public const string OtherColumns = "PS2261";

    /// <summary>The public set would hold the hospitals' own private records.</summary>
    public const string OwnRecords = "PS2262";

    /// <summary>A rule of de-identification does not fit the columns.</summary>
    public const string Deidentification = "PS2263";

    /// <summary>The public set is less anonymous than asked for.</summary>
    public const string NotAnonymous = "PS2264";

    /// <summary>A shift does not fit the data.</summary>
    public const string Shift = "PS2265";

    /// <summary>The public set has too few records.</summary>
    public const string TooFewPublic = "PS2266";

    public string Path { get; } = path;

    public string Code { get; } = code;
}

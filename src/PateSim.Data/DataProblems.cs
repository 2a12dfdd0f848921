namespace PateSim.Data;

/// <summary>The codes of problems with data files; each is explained in docs/problems.md.</summary>
public static class DataProblems
{
    public const string More = "PS3000";
    public const string NoDataFolder = "PS3001";
    public const string FileNotFound = "PS3002";
    public const string FileUnreadable = "PS3003";
    public const string BadGzip = "PS3004";
    public const string NoRecords = "PS3005";
    public const string NotText = "PS3006";
    public const string CellCount = "PS3007";
    public const string Quoting = "PS3008";
    public const string NotANumber = "PS3009";
    public const string NotFinite = "PS3010";
    public const string UnknownLevel = "PS3011";
    public const string UnknownLabel = "PS3012";
    public const string Missing = "PS3013";
    public const string Header = "PS3014";
    public const string Counts = "PS3015";
    public const string Digest = "PS3016";
    public const string BadIdx = "PS3017";
    public const string TooLarge = "PS3018";
    public const string BadZip = "PS3019";
    public const string BadArff = "PS3020";
    public const string Ambiguous = "PS3021";
    public const string BadNpy = "PS3110";
    public const string OutsideRange = "PS3130";
    public const string RecordTooLong = "PS3131";
    public const string WrongDelimiter = "PS3132";
    public const string TooSmall = "PS3133";
    public const string UnseenLabel = "PS3134";
    public const string LeadingZeros = "PS3136";
}

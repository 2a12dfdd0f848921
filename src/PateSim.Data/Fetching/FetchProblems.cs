namespace PateSim.Data.Fetching;

/// <summary>The codes of problems with fetching; each is explained in docs/problems.md.</summary>
public static class FetchProblems
{
    public const string NotHere = "PS3100";
    public const string GaveUp = "PS3101";
    public const string Redirect = "PS3102";
    public const string WrongDigest = "PS3103";
    public const string CannotWrite = "PS3104";
    public const string DiskFull = "PS3105";
    public const string TooLarge = "PS3106";
    public const string ByHand = "PS3107";
    public const string NoFolder = "PS3108";
}

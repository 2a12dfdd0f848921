namespace PateSim.Cli;

/// <summary>What the process returns.</summary>
public static class ExitCodes
{
    public const int Ok = 0;

    /// <summary>The command line cannot be understood.</summary>
    public const int Usage = 1;

    /// <summary>A scenario, a configuration, a ledger or a data file cannot be used.</summary>
    public const int InvalidInput = 2;

    /// <summary>The run failed, or its folder could not be written.</summary>
    public const int RunFailed = 3;

    /// <summary>A run folder is not as it was sealed, a golden vector failed, or an audit refuted a claim.</summary>
    public const int VerificationFailed = 4;

    /// <summary>Stopped by Ctrl-C; what was finished is kept.</summary>
    public const int Cancelled = 130;
}

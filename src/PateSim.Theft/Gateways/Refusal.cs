namespace PateSim.Theft.Gateways;

/// <summary>Why a whole batch was refused. The first check that fails, in the order of this file, is the
/// reason.</summary>
public abstract record Refusal
{
    private protected Refusal(string code) => Code = code;

    /// <summary>Stable, for machines: lower case words joined by hyphens.</summary>
    public string Code { get; }

    /// <summary>One sentence for the client, with the offending value and what would be right.</summary>
    public abstract string Reason { get; }

    public sealed override string ToString() => $"{Code}: {Reason}";
}

/// <summary>The client is unknown or its credential is wrong; which of the two is not said.</summary>
public sealed record Unauthenticated() : Refusal("unauthenticated")
{
    public override string Reason => "The client is not known by this id and credential.";
}

/// <summary>The batch is not n records: none at all, or a number of values other than n·d.</summary>
public sealed record MalformedBatch(int Rows, int Columns, int Values) : Refusal("malformed-batch")
{
    public override string Reason =>
        $"{Values} values do not make {Rows} records of {Columns} features; a batch holds at least one whole record.";
}

/// <summary>The records have another number of features than the model.</summary>
public sealed record WrongFeatureCount(int Expected, int Actual) : Refusal("wrong-feature-count")
{
    public override string Reason => $"Records have {Actual} features; the model takes {Expected}.";
}

/// <summary>A value is missing or not finite: the model answers complete records only, since answers to incomplete
/// ones would let a client probe one feature at a time.</summary>
public sealed record IncompleteRecord(int Row, int Column, float Value) : Refusal("incomplete-record")
{
    public override string Reason =>
        $"The feature at record {Row}, column {Column} is {Value}; every feature is a finite number.";
}

/// <summary>The batch is larger than what is left of the client's own budget.</summary>
public sealed record BudgetExhausted(long Requested, long Remaining, long Budget) : Refusal("budget-exhausted")
{
    public override string Reason =>
        $"{Requested} records were asked and {Remaining} of the budget of {Budget} are left; nothing was charged.";
}

/// <summary>The batch is larger than what is left of the budget that the client's group shares.</summary>
public sealed record GroupBudgetExhausted(string Group, long Requested, long Remaining, long Budget)
    : Refusal("group-budget-exhausted")
{
    public override string Reason =>
        $"{Requested} records were asked and {Remaining} of the budget of {Budget} of the group '{Group}' are left; "
        + "nothing was charged.";
}

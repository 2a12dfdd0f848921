namespace PateSim.Simulation.Protocol;

/// <summary>The parts that take part in a run; each is one actor, or one object under the sequential runner.</summary>
public enum RoleKind
{
    Coordinator,
    Hospital,
    Aggregator,
    PrivacyLedger,
    Model,
    PredictionService,
    Attacker,
    Recorder,

    /// <summary>The owner of a model that is trained to compare with.</summary>
    Baseline,
}

/// <summary>Who a message is from or to. Singletons have index 0.</summary>
public readonly record struct RoleId(RoleKind Kind, int Index)
{
    public static RoleId Coordinator { get; } = new(RoleKind.Coordinator, 0);

    public static RoleId Aggregator { get; } = new(RoleKind.Aggregator, 0);

    public static RoleId PrivacyLedger { get; } = new(RoleKind.PrivacyLedger, 0);

    public static RoleId Recorder { get; } = new(RoleKind.Recorder, 0);

    public static RoleId Hospital(int index) => new(RoleKind.Hospital, index);

    /// <summary>The owner of a served model: it trains it and opens its prediction services.</summary>
    public static RoleId Model(ModelKind model) => new(RoleKind.Model, (int)model);

    /// <summary>The prediction service of a served model.</summary>
    public static RoleId PredictionService(ModelKind model) => new(RoleKind.PredictionService, (int)model);

    public static RoleId Baseline(int index) => new(RoleKind.Baseline, index);

    public static RoleId Attacker(int index) => new(RoleKind.Attacker, index);

    /// <summary>Lower case and unique, such as <c>hospital-17</c>: the actor's name.</summary>
    public override string ToString() => Kind switch
    {
        RoleKind.Coordinator => "coordinator",
        RoleKind.Aggregator => "aggregator",
        RoleKind.PrivacyLedger => "privacy-ledger",
        RoleKind.Recorder => "recorder",
        RoleKind.Hospital => $"hospital-{Index}",
        RoleKind.Model => Index == (int)ModelKind.Student ? "student" : "pooled-model",
        RoleKind.PredictionService =>
            Index == (int)ModelKind.Student ? "student-service" : "pooled-model-service",
        RoleKind.Baseline => $"baseline-{Index}",
        _ => $"attacker-{Index}",
    };
}

/// <summary>The models that a run trains to be queried.</summary>
public enum ModelKind
{
    /// <summary>Trained on the aggregator's answers alone: the only one that PATE serves.</summary>
    Student,

    /// <summary>Trained on all private records pooled: what no hospital could lawfully build, for comparison.</summary>
    Pooled,
}

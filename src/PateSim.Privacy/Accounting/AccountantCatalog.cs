using PateSim.Core.Components;

namespace PateSim.Privacy.Accounting;

/// <summary>All accountants.</summary>
public static class AccountantCatalog
{
    public const string Kind = "accountant";

    public static Catalog<IPrivacyAccountant> Default { get; } = new(
        Kind,
        "How the privacy loss of a run is computed.",
        PerAnswerAccountant.Component,
        BasicCompositionAccountant.Component,
        AdvancedCompositionAccountant.Component,
        MomentsAccountant.Component,
        RenyiAccountant.Component,
        GaussianDpAccountant.Component,
        LossDistributionAccountant.Component,
        DataDependentRenyiAccountant.Component,
        NeighbourExactAccountant.Component);
}

using PateSim.Core.Components;

namespace PateSim.Theft.Attacks;

/// <summary>The attacks that scenarios can name.</summary>
public static class AttackCatalog
{
    public const string Kind = "attack";

    public static Catalog<IThief> Attacks { get; } = new(
        Kind, "How a thief copies a served model through its query interface.",
        NaturalPoolThief.Component);
}

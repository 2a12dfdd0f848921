using PateSim.Theft.Gateways;

namespace PateSim.Theft.Attacks;

/// <summary>The stable name of one clone, such as <c>natural-pool/student/label/250</c>; sorts by attack, victim,
/// exposure (least revealing first) and budget.</summary>
public sealed record CloneId(string Attack, string Victim, Exposure Exposure, int Budget) : IComparable<CloneId>
{
    public int CompareTo(CloneId? other)
    {
        if (other is null) return 1;
        var order = string.CompareOrdinal(Attack, other.Attack);
        if (order == 0) order = string.CompareOrdinal(Victim, other.Victim);
        if (order == 0) order = Exposure.All.IndexOf(Exposure).CompareTo(Exposure.All.IndexOf(other.Exposure));
        return order == 0 ? Budget.CompareTo(other.Budget) : order;
    }

    public override string ToString() =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Attack}/{Victim}/{Exposure}/{Budget}");

    public static bool operator <(CloneId left, CloneId right) => left.CompareTo(right) < 0;

    public static bool operator <=(CloneId left, CloneId right) => left.CompareTo(right) <= 0;

    public static bool operator >(CloneId left, CloneId right) => left.CompareTo(right) > 0;

    public static bool operator >=(CloneId left, CloneId right) => left.CompareTo(right) >= 0;
}

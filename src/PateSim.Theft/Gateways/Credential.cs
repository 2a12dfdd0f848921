using System.Security.Cryptography;
using System.Text;

namespace PateSim.Theft.Gateways;

/// <summary>The SHA-256 digest of a client's secret: what a service stores and a request is checked against.</summary>
/// <remarks>The secret itself is not kept, is never printed, and is compared in constant time. The digest is not
/// salted: secrets are long random keys, not passwords.</remarks>
public sealed class Credential : IEquatable<Credential>
{
    private readonly byte[] _digest;

    private Credential(byte[] digest) => _digest = digest;

    /// <exception cref="ArgumentException">The secret is empty.</exception>
    public static Credential Of(string secret)
    {
        ArgumentException.ThrowIfNullOrEmpty(secret);
        return new Credential(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
    }

    public bool Equals(Credential? other) =>
        other is not null && CryptographicOperations.FixedTimeEquals(_digest, other._digest);

    public override bool Equals(object? obj) => Equals(obj as Credential);

    public override int GetHashCode() => BitConverter.ToInt32(_digest);

    public override string ToString() => "(credential)";
}

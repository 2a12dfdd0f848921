using CsCheck;
using PateSim.Core.Randomness;

namespace PateSim.Core.Tests.Randomness;

/// <summary>
/// The constants come from a Python program (hashlib's SHA-256, xoshiro256** on Python integers) written from the
/// definition alone. They are a promise: a change of any of them changes every result ever published.
/// </summary>
public sealed class RandomKeyTests
{
    [Theory]
    [InlineData(0, 0x1CF5BE216EF813AD, 0x221D5E2288D0DFBD, 0x36A6746662966D37)]
    [InlineData(42, 0x30625639B194E0AB, 0x8B51DDAAB686E15A, 0xECD7D25C7E14AE5F)]
    [InlineData(-1, 0x13EA0C8952EAA708, 0xBDEC6B92AB4B604B, 0x6DA7E31C1EDBBBB3)]
    [InlineData(long.MinValue, 0xE8CA559D00DC13DC, 0x5BEBC2453EA22B5F, 0xA084E94205607D9A)]
    public void A_seed_opens_its_golden_stream(long seed, ulong first, ulong second, ulong third) =>
        AssertOpens(RandomKey.FromSeed(seed), first, second, third);

    [Fact]
    public void A_path_of_names_and_indices_opens_its_golden_stream() => AssertOpens(
        RandomKey.FromSeed(42).Derive("noise").Derive(17), 0xB178AF4A72052FCD, 0xD9A51577DA77C50B, 0x894A00613139BC3E);

    [Fact]
    public void Names_are_hashed_as_utf8() => AssertOpens(
        RandomKey.FromSeed(42).Derive("Zürich-λ"), 0x48064573908AE31C, 0x46076357D9B18980, 0x7EEA247FD4CD4156);

    [Fact]
    public void The_empty_name_is_an_address_of_its_own() => AssertOpens(
        RandomKey.FromSeed(42).Derive(""), 0xAA4F70C86E5E253F, 0x98B2A1F01270D12D, 0x5A29A3D358D1D3A6);

    [Fact]
    public void Names_longer_than_the_stack_buffer_hash_alike() => AssertOpens(
        RandomKey.FromSeed(42).Derive(new string('x', 300)),
        0xE72F5B5B914BC6CC, 0x90498EB1CF0A31BE, 0x9FA17086AFBBFC54);

    [Fact]
    public void The_default_key_opens_although_its_state_would_be_all_zero()
    {
        AssertOpens(default, 0, 0xE032CDB00BE7D8E3, 0xE032CDB00BE7D8E3, 0x9C618065FAE7D919);
        AssertOpens(default(RandomKey).Derive("noise"), 0x3E88C87EB35C79B8, 0xC7A4F01EBD9DC225, 0xBF7AFA1F0D521D3C);
    }

    [Fact]
    public void A_name_and_an_index_with_the_same_bytes_are_different_addresses()
    {
        var parent = default(RandomKey);
        var index = parent.Derive(0x6E6F697365212121);
        AssertOpens(parent.Derive(8), 0xE1487BE55F776F3D, 0x6DD83AE51CC6A31C, 0x7CD090B619A4A5D0);
        Assert.NotEqual(index, parent.Derive("!!!esion"));
        Assert.NotEqual(index.Open().NextUInt64(), parent.Derive("!!!esion").Open().NextUInt64());
    }

    [Fact]
    public void Two_steps_are_not_the_step_of_the_joined_names()
    {
        var root = RandomKey.FromSeed(1);
        Assert.NotEqual(root.Derive("ab"), root.Derive("a").Derive("b"));
        Assert.NotEqual(root.Derive("a").Derive("bc"), root.Derive("ab").Derive("c"));
        Assert.NotEqual(root.Derive("a").Derive("b"), root.Derive("b").Derive("a"));
    }

    [Fact]
    public void Equal_addresses_are_equal_and_open_equal_streams() =>
        Gen.Select(Gen.Long, Gen.String[Gen.Char.AlphaNumeric, 0, 20], Gen.Long).Sample((seed, name, index) =>
        {
            var (a, b) = (Address(), Address());
            Assert.Equal(a, b);
            Assert.Equal(a.GetHashCode(), b.GetHashCode());
            Assert.Equal(a.Open().NextUInt64(), b.Open().NextUInt64());
            Assert.NotEqual(a, RandomKey.FromSeed(seed).Derive(name).Derive(unchecked(index + 1)));
            Assert.NotEqual(a, RandomKey.FromSeed(unchecked(seed + 1)).Derive(name).Derive(index));
            Assert.NotEqual(a, RandomKey.FromSeed(seed).Derive(name + "!").Derive(index));

            RandomKey Address() => RandomKey.FromSeed(seed).Derive(name).Derive(index);
        });

    [Fact]
    public void Each_opening_starts_from_the_beginning()
    {
        var key = RandomKey.FromSeed(9);
        var used = key.Open();
        var first = used.NextUInt64();
        used.NextUInt64();
        Assert.Equal(first, key.Open().NextUInt64());
    }

    [Fact]
    public void Neighbouring_indices_open_unrelated_streams()
    {
        // Hamming distance of first draws: mean 32, so its sum over n pairs has standard deviation 4 sqrt(n).
        const int Pairs = 10_000;
        var root = RandomKey.FromSeed(5).Derive("query");
        var distance = Enumerable.Range(0, Pairs).Sum(i => (long)ulong.PopCount(
            root.Derive(i).Open().NextUInt64() ^ root.Derive(i + 1).Open().NextUInt64()));
        // Six standard deviations; the false-alarm probability is below 1e-8.
        Assert.InRange(distance, 32L * Pairs - 2400, 32L * Pairs + 2400);
    }

    [Fact]
    public void A_name_that_utf8_cannot_write_is_refused_rather_than_replaced() =>
        Assert.All(["\uD83D", "ward \uDC00", "\uDC00\uD83D"], name =>
            Assert.ThrowsAny<ArgumentException>(() => RandomKey.FromSeed(1).Derive(name)));

    [Fact]
    public void A_null_name_is_refused() =>
        Assert.Throws<ArgumentNullException>(() => RandomKey.FromSeed(1).Derive(null!));

    private static void AssertOpens(RandomKey key, params ulong[] draws)
    {
        var stream = key.Open();
        Assert.Equal(draws, draws.Select(_ => stream.NextUInt64()));
    }
}

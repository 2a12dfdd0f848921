using PateSim.Data.Partitioners;

namespace PateSim.Data.Tests.Partitioners;

public sealed class IidPartitionerTests : PartitionerContract
{
    private protected override IPartitioner Create(int hospitals, int units) =>
        Make("iid", ("hospitals", (long)hospitals));
}

public sealed class NaturalPartitionerTests : PartitionerContract
{
    private protected override int Sites => 5;

    private protected override IPartitioner Create(int hospitals, int units) => Make("natural");
}

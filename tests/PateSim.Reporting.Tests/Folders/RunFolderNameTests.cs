using CsCheck;
using PateSim.Reporting.Folders;

namespace PateSim.Reporting.Tests.Folders;

public class RunFolderNameTests
{
    [Theory]
    [InlineData("quickstart", 1, "quickstart-01234567-s1")]
    [InlineData("Köln/../etc", -3, "K-ln-..-etc-01234567-s-3")]
    [InlineData("..", 0, "run-01234567-s0")]
    [InlineData("", 0, "run-01234567-s0")]
    public void Names_are_readable_and_safe(string scenario, long seed, string expected) =>
        Assert.Equal(expected, RunFolderName.Of(scenario, "0123456789abcdef", seed));

    [Fact]
    public void Every_name_is_one_plain_file_name() =>
        Gen.Select(Gen.String, Gen.Long).Sample((scenario, seed) =>
        {
            var name = RunFolderName.Of(scenario, "0123456789abcdef", seed);
            return name == Path.GetFileName(name) && name.Length <= 100 && name[0] != '.' && name.All(char.IsAscii);
        });
}

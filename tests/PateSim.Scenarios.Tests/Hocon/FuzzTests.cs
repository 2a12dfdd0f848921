using System.Text;
using PateSim.Core;
using PateSim.Core.Randomness;
using PateSim.Scenarios.Hocon;

namespace PateSim.Scenarios.Tests.Hocon;

/// <summary>Damaged files end in a problem or in a tree, never in a crash, a hang or another exception.</summary>
public sealed class FuzzTests
{
    private const int Mutations = 20_000;

    private static readonly string[] Seeds =
    [
        "# scenario\nseed = 7\nteacher { kind = softmax, softmax { l2 = 1.0, rates = [0.1, 1e-3,\n 5] } }\n"
            + "name = \"a \\\"b\\\" \\u00e9\"\n",
        "base { x = 1, y = [1] }\nother = ${base} { x = ${base.x}0, y = ${base.y} [2] }\n"
            + "a += ${?other.x}\ninclude \"inc.conf\"\n",
        "{ \"a.b\" : \"\"\"x\n\"y\"\"\"\", c.d.e : { f : [ {g : null}, [ ] ] }, // tail\n h = ${c.d} ${?n.o} }",
    ];

    private static readonly string[] Scraps =
        ["{", "}", "[", "]", "\"", "\"\"\"", "${", "${?", "}", "=", ":", "+=", ",", "\n", ".", "\\", "\\u", "#", "//",
            "include ", "\0", "\uFEFF", "é", "null", "a", "${a}", "${base}", "base", " ", "\t", "1", "-", "e+"];

    [Fact]
    public void Damaged_files_raise_problems_and_nothing_else()
    {
        var options = Reading.Files(("inc.conf", "z = ${seed}\nbase.w = 2"));
        var (read, refused) = (0, 0);
        for (var i = 0; i < Mutations; i++)
        {
            var bytes = Mutate(RandomKey.FromSeed(2017).Derive("hocon-fuzz").Derive(i).Open());
            try
            {
                var root = HoconReader.ReadBytes(bytes, "fuzz.conf", [], options).Root;
                var again = HoconReader.ReadText(HoconWriter.Render(root), "again.conf").Root;
                Assert.Equal(AkkaOracle.Flat(root), AkkaOracle.Flat(again));
                read++;
            }
            catch (InvalidInputException e)
            {
                Assert.NotEmpty(e.Problems);
                Assert.All(e.Problems, p => Assert.Matches(@"^(fuzz|inc)\.conf", p.Place));
                refused++;
            }
        }
        Assert.True(read > Mutations / 100 && refused > Mutations / 2, $"{read} read, {refused} refused");
    }

    private static byte[] Mutate(RandomStream random)
    {
        var bytes = Encoding.UTF8.GetBytes(Seeds[random.NextInt(Seeds.Length)]).ToList();
        for (var count = 1 + random.NextInt(4); count > 0; count--)
        {
            var at = random.NextInt(bytes.Count + 1);
            switch (random.NextInt(5))
            {
                case 0 when at < bytes.Count:
                    bytes[at] = (byte)random.NextInt(256);
                    break;
                case 1 when at < bytes.Count:
                    bytes.RemoveRange(at, Math.Min(1 + random.NextInt(6), bytes.Count - at));
                    break;
                case 2:
                    var copy = bytes.Skip(random.NextInt(bytes.Count + 1)).Take(random.NextInt(30)).ToList();
                    bytes.InsertRange(at, copy);
                    break;
                default:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Scraps[random.NextInt(Scraps.Length)]));
                    break;
            }
        }
        return [.. bytes];
    }
}

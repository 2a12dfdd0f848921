using Akka.Configuration;
using PateSim.Scenarios.Hocon;
using AkkaValue = Akka.Configuration.Hocon.HoconValue;

namespace PateSim.Scenarios.Tests.Hocon;

/// <summary>Brings the trees of Akka's parser and of ours into one form: keys sorted, values as their text.</summary>
internal static class AkkaOracle
{
    public static string Read(string text) => Flat(ConfigurationFactory.ParseString(text).Root);

    public static string Ours(string text) => Flat(HoconReader.ReadText(text).Root);

    private static string Flat(AkkaValue value)
    {
        if (value.IsObject())
        {
            var items = value.GetObject().Items.OrderBy(i => i.Key, StringComparer.Ordinal);
            return "{" + string.Join(",", items.Select(i => $"<{i.Key}>={Flat(i.Value)}")) + "}";
        }
        return value.IsArray()
            ? "[" + string.Join(",", value.GetArray().Select(Flat)) + "]"
            : $"<{value.GetString()}>";
    }

    /// <summary>The tree with every value as its text, whether quoted or not.</summary>
    public static string Flat(HoconNode node) => node switch
    {
        HoconObject block => "{" + string.Join(
            ",",
            block.Fields.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"<{f.Key}>={Flat(f.Value)}")) + "}",
        HoconList list => "[" + string.Join(",", list.Items.Select(Flat)) + "]",
        HoconScalar scalar => $"<{scalar.Text}>",
        _ => "<>",
    };
}

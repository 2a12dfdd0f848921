using System.Text;
using CsCheck;
using PateSim.Reporting.Files;

namespace PateSim.Reporting.Tests.Files;

public class CsvTextTests
{
    [Fact]
    public void Any_text_in_a_cell_comes_back() =>
        Gen.String.Array[3].Sample(cells =>
        {
            var csv = new CsvText("a", "b", "c");
            csv.Row(cells);
            var text = Encoding.UTF8.GetString(csv.ToFile("x").Content.Span);
            Assert.Equal(cells.Select(Known), Read(text["a,b,c\n".Length..]));
        });

    [Fact]
    public void A_row_of_another_width_is_a_fault() =>
        Assert.Throws<ArgumentException>(() => new CsvText("a", "b").Row("1"));

    /// <summary>Half a surrogate pair is no text and becomes the replacement mark.</summary>
    private static string Known(string cell) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(cell));

    /// <summary>One record by RFC 4180, independent of the writer.</summary>
    private static List<string> Read(string text)
    {
        var cells = new List<string>();
        var i = 0;
        while (true)
        {
            var cell = new StringBuilder();
            if (i < text.Length && text[i] == '"')
            {
                for (i++; !(text[i] == '"' && text[i + 1] != '"'); i++)
                {
                    cell.Append(text[i]);
                    if (text[i] == '"') i++;
                }
                i++;
            }
            else
            {
                for (; text[i] is not (',' or '\n'); i++) cell.Append(text[i]);
            }
            cells.Add(cell.ToString());
            if (text[i++] == '\n') break;
        }
        Assert.Equal(text.Length, i);
        return cells;
    }
}

using System.Collections.Immutable;
using PateSim.Core.Components;
using PateSim.Core.Randomness;
using PateSim.Data.Datasets.Own;
using PateSim.Data.Encoders;
using PateSim.Data.Tables;
using PateSim.Data.Tests.Support;

namespace PateSim.Data.Tests.Datasets.Own;

public sealed class DeclaredColumnTests
{
    private const string Small = "age,sex,outcome\n61,male,ill\n?,female,well\n40.5,NA,well\n";

    private static readonly (string, object)[] Named = [("file", "own.csv"), ("label", "outcome")];

    private static (string, object) Columns(params (string Column, (string, object)[] Options)[] columns) =>
        ("columns", columns.ToImmutableSortedDictionary(
            c => c.Column,
            c => OptionValues.From(ColumnDeclaration.Specs, c.Options.ToDictionary(o => o.Item1, o => o.Item2)),
            StringComparer.Ordinal));

    private static (string, object)[] Range(double low, double high) => [("minimum", low), ("maximum", high)];

    private static (string, object)[] Levels(params string[] levels) => [("levels", ImmutableArray.Create(levels))];

    private static RawTable Load(string text, params (string, object)[] options)
    {
        using var files = new OwnFiles();
        return files.With("own.csv", text).Load("csv", [.. Named, .. options]);
    }

    private static Core.Problem Refusal(string text, params (string, object)[] options)
    {
        using var files = new OwnFiles();
        return files.With("own.csv", text).Refusal("csv", [.. Named, .. options]);
    }

    [Fact]
    public void Where_all_is_declared_no_statistic_crosses_the_boundaries()
    {
        var table = Load(Small, Columns(
            ("age", Range(0, 120)), ("sex", Levels("female", "male")), ("outcome", Levels("well", "ill"))));
        Assert.False(table.Schema.FromRecords);
        var age = (NumericColumn)table.Schema.Features[0];
        Assert.Equal((0, 120), (age.Minimum, age.Maximum));
        Assert.Equal([1, 0, -1], table.Codes(1).ToArray());
        Assert.Equal(["well", "ill"], table.ClassNames.ToArray());
        var encoder = Encoder.Fit(table, [], EncodingOptions.From(OptionValues.From(
            EncodingOptions.Specs, new Dictionary<string, object> { ["fitted-on"] = "schema" })));
        Assert.False(encoder.Record.CrossesHospitals);
        Assert.True(Load(Small, Columns(("age", Range(0, 120)))).Schema.FromRecords);
    }

    [Fact]
    public void Records_of_another_hospital_change_no_feature_where_all_is_declared()
    {
        var declared = Columns(
            ("age", Range(0, 120)), ("sex", Levels("female", "male")), ("outcome", Levels("well", "ill")));
        var schema = OptionValues.From(
            EncodingOptions.Specs, new Dictionary<string, object> { ["fitted-on"] = "schema" });
        float[] First(string text)
        {
            var table = Load(text, declared);
            return Encoder.Fit(table, [], EncodingOptions.From(schema)).Encode(table, [0]).Features.Row(0).ToArray();
        }
        Assert.Equal(First(Small), First(Small + "119,male,ill\n0,female,ill\n"));
    }

    [Fact]
    public void A_value_outside_of_what_is_declared_is_refused_at_its_place()
    {
        var age = Refusal(Small, Columns(("age", Range(0, 60))));
        Assert.Equal("PS3130", age.Code);
        Assert.EndsWith("own.csv(2)", age.Place, StringComparison.Ordinal);
        Assert.Equal("column 'age'", age.Subject);
        Assert.Contains("61 is outside of the declared range 0 to 60", age.Message, StringComparison.Ordinal);
        var sex = Refusal(Small, Columns(("sex", Levels("female"))));
        Assert.Equal("PS3011", sex.Code);
        var clinic = Refusal(
            "x,clinic,outcome\n1,north,a\n2,west,b\n", ("hospital", "clinic"), Columns(("clinic", Levels("north", "east"))));
        Assert.Contains("the hospital 'west' is unknown", clinic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Spellings_marks_units_and_names_with_commas_are_as_declared()
    {
        var table = Load(
            "\"age, years\",sex,note,outcome\n61,m,x,0\n999,f,y,1\n40,M,z,2\n", ("classes", "well=0, ill=1|2"), Columns(
                ("age, years", [.. Range(0, 120), ("unit", "years"), ("missing", ImmutableArray.Create("999"))]),
                ("sex", Levels("male=m|M", "female=f")), ("note", [("type", "ignored")])));
        Assert.Equal([61, float.NaN, 40], table.Numeric(0).ToArray());
        Assert.Equal([0, 1, 0], table.Codes(1).ToArray());
        Assert.Equal([0, 1, 1], table.Labels.ToArray());
        Assert.Equal("years", ((NumericColumn)table.Schema.Features[0]).Unit);
        Assert.False(table.Schema.FromRecords);
    }

    [Fact]
    public void What_does_not_fit_together_or_would_be_without_effect_is_refused()
    {
        string Message(params (string, object)[] options) => Assert.Throws<OptionException>(
            () => DataCatalogs.Datasets["csv"].With([.. Named, .. options])).Message;
        Assert.Contains("one of them is missing", Message(Columns(("a", [("minimum", 1.0)]))), StringComparison.Ordinal);
        Assert.Contains("1 to 1 is empty", Message(Columns(("a", Range(1, 1)))), StringComparison.Ordinal);
        Assert.Contains("not both", Message(Columns(("a", [.. Range(0, 1), .. Levels("x")]))), StringComparison.Ordinal);
        Assert.Contains("range is for numbers", Message(Columns(("a", [.. Range(0, 1), ("type", "category")]))),
            StringComparison.Ordinal);
        Assert.Contains("levels are for", Message(Columns(("a", [.. Levels("x"), ("type", "ignored")]))),
            StringComparison.Ordinal);
        Assert.Contains("'x' stands twice", Message(Columns(("a", Levels("x", "x")))), StringComparison.Ordinal);
        Assert.Contains("unit is for numbers", Message(Columns(("a", [("unit", "m")]))), StringComparison.Ordinal);
        Assert.Contains("without effect", Message(Columns(
            ("a", [("type", "ignored"), ("missing", ImmutableArray.Create("x"))]))), StringComparison.Ordinal);
        Assert.Contains("mark of missing values", Message(Columns(("a", Levels("NA", "EU")))), StringComparison.Ordinal);
        Assert.Contains("named by label", Message(Columns(("outcome", Range(0, 1)))), StringComparison.Ordinal);
        Assert.Contains("named by numeric", Message(("numeric", "a"), Columns(("a", Range(0, 1)))), StringComparison.Ordinal);
        Assert.Contains("not both", Message(("classes", "a,b"), Columns(("outcome", Levels("a", "b")))),
            StringComparison.Ordinal);
        Assert.Contains("patients are not listed", Message(("patient", "p"), Columns(("p", Levels("a")))),
            StringComparison.Ordinal);
        Assert.Contains("No column part", Message(("parts", "private=a")), StringComparison.Ordinal);
        Assert.Contains("'secret' is no part", Message(("part", "p"), ("parts", "secret=a")), StringComparison.Ordinal);
        Assert.Contains("come together", Message(("test-file", "x")), StringComparison.Ordinal);
        Assert.Contains("in place of", Message(("test-file", "x"), ("held-out-file", "y")), StringComparison.Ordinal);
        Assert.Contains("files cannot say it", Message(("part", "p"), ("held-out-file", "y")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_declared_column_that_the_file_lacks_is_refused_with_the_nearest_name()
    {
        var problem = Refusal(Small, Columns(("agee", Range(0, 120))));
        Assert.Equal("PS3014", problem.Code);
        Assert.Contains("Did you mean 'age'?", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Splits_follow_a_column_of_parts_and_others_are_refused()
    {
        const string Parts = "x,clinic,set,id,y\n1,n,train,a,0\n2,s,train,b,1\n3,,pool,c,0\n4,,pool,c,1\n5,,final,d,1\n";
        (string, object)[] options =
        [
            ("hospital", "clinic"), ("patient", "id"), ("part", "set"), ("parts", "private=train, public=pool, test=final"),
        ];
        using var files = new OwnFiles();
        var table = files.With("own.csv", Parts).Load("csv", [("file", "own.csv"), ("label", "y"), .. options]);
        var roles = DataCatalogs.Splits["declared"].With().Instance.Assign(table, RandomKey.FromSeed(1));
        Assert.Equal([0, 1], roles.Private.ToArray());
        Assert.Equal([2, 3], roles.Public.Order());
        Assert.Equal([4], roles.Test.ToArray());
        Assert.Equal(["n", "s"], table.SiteNames.ToArray());
        Assert.Equal(-1, table.Sites[2]);
        string Wrong(string split) => Assert.Throws<OptionException>(
            () => DataCatalogs.Splits[split].With().Instance.Assign(table, RandomKey.FromSeed(1))).Message;
        Assert.Contains("use the split 'declared'", Wrong("shares"), StringComparison.Ordinal);
        Assert.Contains("use the split 'declared'", Wrong("published"), StringComparison.Ordinal);
        Assert.Equal("PS3013", files.With("own.csv", Parts.Replace("1,n,", "1,,", StringComparison.Ordinal))
            .Refusal("csv", [("file", "own.csv"), ("label", "y"), .. options]).Code);
        Assert.Contains("'pooled' is unknown", files.With("own.csv", Parts.Replace("3,,pool", "3,,pooled", StringComparison.Ordinal))
            .Refusal("csv", [("file", "own.csv"), ("label", "y"), .. options]).Message, StringComparison.Ordinal);
        var divided = files.With("own.csv", Parts.Replace("final,d", "final,a", StringComparison.Ordinal))
            .Load("csv", [("file", "own.csv"), ("label", "y"), .. options]);
        Assert.Contains("private and test", Assert.Throws<OptionException>(() => DataCatalogs.Splits["declared"].With()
            .Instance.Assign(divided, RandomKey.FromSeed(1))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_may_be_files_of_their_own_in_which_columns_stand_in_another_order()
    {
        using var files = new OwnFiles();
        files.With("a.csv", "x,y\n1,0\n2,1\n").With("b.csv", "y,x\n0,3\n").With("c.csv", "x,y\n5,1\n");
        (string, object)[] options =
            [("file", "a.csv"), ("public-file", "b.csv"), ("test-file", "c.csv"), ("label", "y")];
        var table = files.Load("csv", options);
        Assert.Equal([1, 2, 3, 5], table.Numeric(0).ToArray());
        var roles = DataCatalogs.Splits["declared"].With().Instance.Assign(table, RandomKey.FromSeed(1));
        Assert.Equal([2], roles.Public.ToArray());
        var heldOut = files.Load("csv", ("file", "a.csv"), ("held-out-file", "b.csv"), ("label", "y"));
        Assert.Equal(PublishedPart.HeldOut, heldOut.Parts[2]);
        Assert.Contains("use the split 'published'", Assert.Throws<OptionException>(() => DataCatalogs.Splits["shares"]
            .With().Instance.Assign(heldOut, RandomKey.FromSeed(1))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_that_no_private_record_has_is_refused_where_it_stands()
    {
        using var files = new OwnFiles();
        files.With("a.csv", "x,y\n1,0\n2,1\n").With("b.csv", "x,y\n3,0\n").With("c.csv", "x,y\n5,1\n6,7\n");
        (string, object)[] options =
            [("file", "a.csv"), ("public-file", "b.csv"), ("test-file", "c.csv"), ("label", "y")];
        var problem = files.Refusal("csv", options);
        Assert.Equal("PS3134", problem.Code);
        Assert.EndsWith("c.csv(3)", problem.Place, StringComparison.Ordinal);
        Assert.Contains("the label '7' is in no private record", problem.Message, StringComparison.Ordinal);
        Assert.Equal(3, files.Load("csv", [.. options, ("classes", "0, 1, 7")]).ClassNames.Length);
    }
}

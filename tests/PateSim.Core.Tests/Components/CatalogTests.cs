using PateSim.Core.Components;

namespace PateSim.Core.Tests.Components;

public sealed class CatalogTests
{
    private static readonly Catalog<string> Catalog =
        new("teacher", "Who votes.", Make("mlp"), Make("b-forest"), Make("Zeta"), Make("b"));

    [Fact]
    public void Components_come_in_ordinal_order_of_their_names()
    {
        Assert.Equal(["Zeta", "b", "b-forest", "mlp"], Catalog.Names);
        Assert.Equal(Catalog.Names, Catalog.All.Select(component => component.Name));
        Assert.Equal(("teacher", "Who votes."), (Catalog.Kind, Catalog.Summary));
    }

    [Fact]
    public void A_component_is_found_by_its_exact_name()
    {
        Assert.Equal("mlp", Catalog["mlp"].Name);
        Assert.Same(Catalog["mlp"], Catalog.Find("mlp"));
        Assert.Null(Catalog.Find("MLP"));
        Assert.Null(Catalog.Find("absent"));
    }

    [Fact]
    public void An_unknown_name_is_refused_with_the_known_and_the_nearest()
    {
        var error = Assert.Throws<KeyNotFoundException>(() => Catalog["mpl"]);
        Assert.Equal("No teacher is called 'mpl'. Known: Zeta, b, b-forest, mlp. Did you mean 'mlp'?", error.Message);
    }

    [Fact]
    public void A_name_that_stands_twice_is_refused_also_for_the_same_component()
    {
        var twin = Make("mlp");
        var error = Assert.Throws<ArgumentException>(() => new Catalog<string>("teacher", "", twin, twin));
        Assert.Equal("The teacher 'mlp' stands twice.", error.Message);
        Assert.Throws<ArgumentException>(() => new Catalog<string>("teacher", "", Make("mlp"), Make("mlp")));
    }

    [Fact]
    public void A_component_of_another_kind_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => new Catalog<string>("student", "", Make("mlp")));
        Assert.Equal("'mlp' is a teacher, not a student.", error.Message);
    }

    [Fact]
    public void With_makes_the_component_from_defaults_and_what_is_written()
    {
        var chosen = Make("mlp").With(("trees", 7L));
        Assert.Equal(("mlp", "7 trees, note ''"), (chosen.Name, chosen.Instance));
        Assert.Equal(7L, chosen.Options.Integer("trees"));
        Assert.Equal("mlp", chosen.Descriptor.Name);
        Assert.Equal("100 trees, note ''", Make("mlp").With().Instance);
        Assert.Equal("100 trees, note 'x'", Make("mlp").With(("note", "x")).Instance);
    }

    [Fact]
    public void With_checks_what_is_written()
    {
        Assert.Throws<ArgumentException>(() => Make("mlp").With(("trees", 0L)));
        Assert.Throws<ArgumentException>(() => Make("mlp").With(("trees", 7)));
        Assert.Throws<ArgumentException>(() => Make("mlp").With(("leaves", 7L)));
        Assert.Throws<ArgumentException>(() => Make("mlp").With(("trees", 1L), ("trees", 2L)));
    }

    private static Component<string> Make(string name) => new(
        new ComponentDescriptor(
            "teacher", name, "",
            [OptionSpec.Integer("trees", "", 100, minimum: 1), OptionSpec.Text("note", "", null)], []),
        options => $"{options.Integer("trees")} trees, note '{(options.Has("note") ? options.Text("note") : "")}'");
}

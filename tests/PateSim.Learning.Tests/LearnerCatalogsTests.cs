namespace PateSim.Learning.Tests;

public sealed class LearnerCatalogsTests
{
    [Fact]
    public void The_catalogs_hold_the_learners_of_each_part()
    {
        Assert.Equal(
            ["fast-forest", "knn", "lightgbm", "majority", "mlp", "softmax-regression"], LearnerCatalogs.Teachers.Names);
        Assert.Equal(["mlp", "softmax-regression"], LearnerCatalogs.Students.Names);
        Assert.Equal(["lightgbm", "mlp", "softmax-regression"], LearnerCatalogs.Clones.Names);
    }

    [Fact]
    public void Every_learner_can_be_made_from_its_defaults()
    {
        foreach (var catalog in new[] { LearnerCatalogs.Teachers, LearnerCatalogs.Students, LearnerCatalogs.Clones })
            Assert.All(catalog.All, component => Assert.NotNull(component.With().Instance));
    }

    [Fact]
    public void Students_can_be_trained_on_soft_labels() => Assert.All(
        LearnerCatalogs.Students.All,
        component => Assert.IsAssignableFrom<ISoftLabelLearner>(component.With().Instance));
}

using PateSim.Learning.Optimisers;

namespace PateSim.Learning.Tests.Optimisers;

/// <summary>Rules of steps against their definitions in double precision.</summary>
public sealed class StepperTests
{
    [Theory]
    [InlineData(0.0)]
    [InlineData(0.3)]
    public void Adam_is_its_definition(double decay)
    {
        var (w, m, v) = (1.0, 0.0, 0.0);
        var parameters = Enumerable.Repeat(1f, 16).ToArray();
        var stepper = StepRule.Adam(decay).Make(16);
        for (var t = 1; t <= 20; t++)
        {
            var gradient = Math.Sin(t) + 0.3;
            stepper.Begin(0.01);
            stepper.Step(parameters.AsSpan(8), Enumerable.Repeat((float)gradient, 8).ToArray(), 8, isWeight: true);
            m = 0.9 * m + 0.1 * gradient;
            v = 0.999 * v + 0.001 * gradient * gradient;
            w -= 0.01 * decay * w;
            w -= 0.01 * (m / (1 - Math.Pow(0.9, t))) / (Math.Sqrt(v / (1 - Math.Pow(0.999, t))) + 1e-8);
        }
        Assert.Equal(w, parameters[8], 2e-6);
        Assert.Equal(1, parameters[0]);
    }

    [Fact]
    public void Biases_do_not_decay()
    {
        var stepper = StepRule.Adam(0.5).Make(8);
        float[] parameters = [1, 1, 1, 1, 1, 1, 1, 1];
        stepper.Begin(0.01);
        stepper.Step(parameters, new float[8], 0, isWeight: false);
        Assert.All(parameters, value => Assert.Equal(1, value));
    }

    [Fact]
    public void Momentum_is_its_definition()
    {
        var (w, v) = (1.0, 0.0);
        float[] parameters = [1, 1, 1, 1, 1, 1, 1, 1];
        var stepper = StepRule.Momentum(0.9).Make(8);
        for (var t = 1; t <= 20; t++)
        {
            var gradient = Math.Sin(t) + 0.3;
            stepper.Begin(0.05);
            stepper.Step(parameters, Enumerable.Repeat((float)gradient, 8).ToArray(), 0, isWeight: true);
            v = 0.9 * v + gradient;
            w -= 0.05 * v;
        }
        Assert.Equal(w, parameters[3], 1e-5);
    }
}

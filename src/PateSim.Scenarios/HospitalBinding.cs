using System.Collections.Immutable;
using PateSim.Core.Components;
using PateSim.Learning;
using PateSim.Learning.Calibration;
using PateSim.Scenarios.Binding;
using PateSim.Simulation.Plan;

namespace PateSim.Scenarios;

/// <summary>From the section <c>hospitals</c> to what each hospital trains.</summary>
internal static class HospitalBinding
{
    private const string Shares = "shares", ByName = "by-name";

    /// <summary>The fleet; null where all hospitals train the same, or after raising problems.</summary>
    public static FleetPlan? Fleet(BoundSection hospitals, ProblemCollector problems)
    {
        var section = hospitals.Section("fleet");
        var slot = section.Slot("teachers");
        var teachers = slot.CreateAll(LearnerCatalogs.Teachers, problems);
        var (shares, names) = (section.Options.RealList(Shares), section.Options.TextList(ByName));
        if (slot.Chosen.IsEmpty)
        {
            if (!shares.IsEmpty)
                section.Report(problems, Shares, ProblemCodes.BadFleet, "The fleet has no teachers that could have shares.");
            if (!names.IsEmpty)
                section.Report(problems, ByName, ProblemCodes.BadFleet, "The fleet has no teachers that could be named.");
            return null;
        }
        if (!shares.IsEmpty && shares.Length != slot.Chosen.Length)
        {
            section.Report(problems, Shares, ProblemCodes.BadFleet, FormattableString.Invariant(
                $"There are {shares.Length} shares for {slot.Chosen.Length} kinds of teachers; write one for each."));
        }
        if (shares.Sum() > 1 + 1e-9)
        {
            section.Report(problems, Shares, ProblemCodes.BadFleet, FormattableString.Invariant(
                $"The shares sum to {shares.Sum():R}; at most 1 is possible."));
        }
        string[] kinds = [.. slot.Chosen.Select(c => c.Name), hospitals.Slot("teacher").Only.Name];
        return new FleetPlan(teachers, shares, [.. names.Select(Named).OfType<(string, string)>()]);

        (string Hospital, string Kind)? Named(string text)
        {
            var colon = text.LastIndexOf(':');
            var (hospital, kind) = colon < 0 ? (text, "") : (text[..colon].Trim(), text[(colon + 1)..].Trim());
            if (kinds.Contains(kind) && hospital.Length > 0) return (hospital, kind);
            section.Report(
                problems, ByName, ProblemCodes.BadFleet,
                $"'{text}' is not \"HOSPITAL: KIND\" with a kind of the fleet or of hospitals.teacher: "
                + string.Join(", ", kinds.Distinct()) + ".");
            return null;
        }
    }

    public static HospitalPlan Plan(BoundSection hospitals, Chosen<ILearner> teacher, FleetPlan? fleet)
    {
        var method = ScenarioSchema.CalibrationNamed(hospitals.Options.Text("calibration"));
        var share = hospitals.Options.Real("calibration-share");
        return new HospitalPlan(Calibrated(teacher), hospitals.Options.Real("quorum"))
        {
            Fleet = fleet is null ? null : fleet with { Teachers = [.. fleet.Teachers.Select(Calibrated)] },
        };

        Chosen<ILearner> Calibrated(Chosen<ILearner> learner) => method == CalibrationMethod.None
            ? learner
            : learner with { Instance = new CalibratedLearner(learner.Instance, method, share) };
    }
}

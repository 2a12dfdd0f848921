using PateSim.Core.Components;
using PateSim.Data.Federation;
using PateSim.Learning;
using PateSim.Simulation.Plan;

namespace PateSim.Simulation.Preparation;

/// <summary>Finds the learners that cannot take the dataset's records, before anything is trained.</summary>
internal static class LearnerShapes
{
    private const string Code = "PS2290";

    public static IEnumerable<ScenarioProblem> Problems(Scenario scenario, FederatedData data)
    {
        (string Path, Chosen<ILearner> Learner)[] parts =
        [
            ("hospitals.teacher.kind", scenario.Hospitals.Teacher),
            .. (scenario.Hospitals.Fleet?.Teachers ?? []).Select(teacher => ("hospitals.fleet.kinds", teacher)),
            ("student.kind", scenario.Student),
            ("pooled.kind", scenario.Pooled), ("theft.clone.kind", scenario.Theft.CloneLearner),
        ];
        foreach (var (path, learner) in parts)
        {
            if (learner.Instance is IShapeBoundLearner bound
                && bound.Reject(data.FeatureNames.Length, data.Public.ClassCount) is { } reason)
                yield return new ScenarioProblem(path, Code, reason);
        }
    }
}

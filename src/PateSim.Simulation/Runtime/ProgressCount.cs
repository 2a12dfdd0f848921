using PateSim.Simulation.Preparation;
using PateSim.Simulation.Results;

namespace PateSim.Simulation.Runtime;

/// <summary>Counts facts against what a run will bring.</summary>
/// <param name="Hospitals">Teachers expected.</param>
/// <param name="Clones">Clones expected.</param>
/// <param name="Rounds">Rounds of queries; labelling may end before the last.</param>
internal sealed record ProgressCount(
    int Hospitals, int Clones, int Rounds, int HospitalsDone, int ClonesDone, int RoundsDone, bool IsAnswered,
    bool HasStudent)
{
    public static ProgressCount Of(RunSetup setup) =>
        new(setup.Hospitals.Length, setup.ExpectedClones, setup.Rounds.Count, 0, 0, 0, false, false);

    public RunProgress Progress
    {
        get
        {
            // Votes and answers are cheap beside fits: each phase weighs as many units as it has fits.
            var units = Hospitals + Clones + 2.0;
            var answered = IsAnswered ? 1 : (double)RoundsDone / Rounds;
            var done = HospitalsDone + ClonesDone + answered + (HasStudent ? 1 : 0);
            var fraction = done / units;
            if (HospitalsDone < Hospitals) return new RunProgress("teachers", HospitalsDone, Hospitals, fraction);
            if (!IsAnswered) return new RunProgress("votes", RoundsDone, Rounds, fraction);
            if (!HasStudent && ClonesDone == 0) return new RunProgress("student", 0, 1, fraction);
            return new RunProgress("theft", ClonesDone, Math.Max(1, Clones), fraction);
        }
    }

    public ProgressCount With(RunFact fact) => fact switch
    {
        HospitalFact => this with { HospitalsDone = HospitalsDone + 1 },
        AnswersFact answers => this with { RoundsDone = RoundsDone + 1, IsAnswered = answers.IsLast },
        ModelFact { Accuracy.Model: AccuracyModels.Student } => this with { HasStudent = true },
        CloneFact => this with { ClonesDone = ClonesDone + 1 },
        _ => this,
    };
}

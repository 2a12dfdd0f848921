using PateSim.Core.Features;
using PateSim.Core.Randomness;
using PateSim.Learning;
using PateSim.Simulation.Protocol;
using PateSim.Simulation.Results;

namespace PateSim.Simulation.Preparation;

/// <summary>What one hospital has at its start: its own records, the public set, and how to train.</summary>
/// <param name="Records">The hospital's private records.</param>
/// <param name="PublicRecords">The de-identified public set, known to all.</param>
/// <param name="Test">The held-out set of the simulation: it measures, and is never trained on.</param>
/// <param name="Report">The report as it stands before training.</param>
/// <param name="Key">Address of the hospital's randomness.</param>
public sealed record HospitalSetup(
    RunId Run,
    int Index,
    LabelledData Records,
    PublicRecords PublicRecords,
    LabelledData Test,
    ILearner Learner,
    HospitalReport Report,
    RandomKey Key);

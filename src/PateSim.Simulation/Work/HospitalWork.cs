using System.Collections.Immutable;
using System.Runtime.InteropServices;
using PateSim.Learning;
using PateSim.Simulation.Preparation;
using PateSim.Simulation.Protocol;
using PateSim.Simulation.Results;

namespace PateSim.Simulation.Work;

/// <summary>Trains a hospital's teacher and, in simulation, measures it alone on the test set.</summary>
public sealed record FitTeacher(HospitalSetup Setup) : IWork
{
    public string Description => $"train the teacher of {Setup.Report.Name}";

    public IMessage Run(CancellationToken cancellation)
    {
        var context = new TrainingContext(Setup.Key.Derive("teacher"), 1, cancellation);
        var teacher = Setup.Learner.Fit(Setup.Records, context);
        return new TeacherFitted(teacher, Measurement.Of(teacher, Setup.Test, Setup.Key.Derive("metrics")));
    }
}

/// <summary>Result of <see cref="FitTeacher"/>; it never leaves the hospital.</summary>
public sealed record TeacherFitted(IClassifier Teacher, Measurement Alone) : IMessage;

/// <summary>Lets the teacher cast its votes on a batch of public records.</summary>
public sealed record CountVotes(
    HospitalSetup Setup, IClassifier Teacher, int Batch, ImmutableArray<int> Records) : IWork
{
    public string Description => $"cast the votes of {Setup.Report.Name}";

    public IMessage Run(CancellationToken cancellation)
    {
        var labels = new int[Records.Length];
        Teacher.Predict(Setup.PublicRecords.Select(Records), labels);
        var votes = Array.ConvertAll(labels, label => checked((byte)label));
        return new VotesReady(new HospitalProtocol.VotesCast(
            Setup.Run, Batch, Setup.Index, ImmutableCollectionsMarshal.AsImmutableArray(votes)));
    }
}

/// <summary>Result of <see cref="CountVotes"/>.</summary>
public sealed record VotesReady(HospitalProtocol.VotesCast Votes) : IMessage;

using System.Collections.Immutable;
using System.Globalization;
using PateSim.Core.Components;
using PateSim.Core.Features;
using PateSim.Core.Randomness;
using PateSim.Data.Federation;
using PateSim.Data.Reading;
using PateSim.Privacy.Accounting;
using PateSim.Privacy.Noise;
using PateSim.Simulation.Plan;
using PateSim.Simulation.Protocol;
using PateSim.Simulation.Results;
using PateSim.Simulation.Roles;
using PateSim.Theft.Attacks;
using PateSim.Theft.Gateways;
using PateSim.Theft.Victims;

namespace PateSim.Simulation.Preparation;

/// <summary>From a scenario to a run that can start: loads and splits the data, and finds what cannot be run.</summary>
public static class RunPreparation
{
    /// <summary>Votes travel as one byte.</summary>
    private const int MostClasses = 256;

    /// <exception cref="Core.InvalidInputException">A data file cannot be used.</exception>
    /// <exception cref="ScenarioException">Settings do not fit the data or each other.</exception>
    public static RunSetup Prepare(Scenario scenario, DataAccess access, CancellationToken cancellation)
    {
        var key = RandomKey.FromSeed(scenario.Seed);
        var data = LoadData(scenario, access, key.Derive("data"), cancellation);
        return Prepare(scenario, data, key);
    }

    /// <summary>The same for data at hand.</summary>
    public static RunSetup Prepare(Scenario scenario, FederatedData data, RandomKey key)
    {
        CheckCounts(scenario, data);
        var run = new RunId(scenario.Digest);
        var queries = ImmutableArray.CreateRange(Enumerable.Range(0, scenario.Aggregation.Queries));
        var pool = ImmutableArray.CreateRange(
            Enumerable.Range(scenario.Aggregation.Queries, data.Public.Count - scenario.Aggregation.Queries));
        var mechanism = scenario.Aggregation.Mechanism.Instance;
        var rounds = RoundPreparation.Rounds(scenario.Aggregation);
        var budget = BudgetPreparation.Filter(
            scenario.Privacy,
            mechanism.BeforeStudent.WorstCaseEvent(data.Public.ClassCount, data.Hospitals.Length));
        var publicRecords = new PublicRecords(data.Public.Features);
        var attacks = PlanAttacks(scenario, data, run, key.Derive("theft"), pool);
        var models = ImmutableSortedDictionary<ModelKind, ModelSetup>.Empty
            .Add(ModelKind.Student, Model(scenario.Student, ModelKind.Student, null))
            .Add(ModelKind.Pooled, Model(scenario.Pooled, ModelKind.Pooled, () => Pool(data)));
        var teachers = FleetPreparation.Assign(
            scenario.Hospitals, [.. data.Hospitals.Select(shard => shard.Name)], key.Derive("fleet"));
        var setup = new RunSetup(
            run, scenario, data, key,
            [.. data.Hospitals.Zip(teachers).Select(
                pair => Hospital(data, publicRecords, run, key, pair.First, pair.Second))],
            MinimumHospitals(scenario.Hospitals.Quorum, data.Hospitals.Length),
            queries,
            [.. queries.Select(row => data.PublicDigests[row])],
            pool,
            new AggregatorSetup(run, data.Public.ClassCount, mechanism, new SeededNoiseOrigin(key.Derive("noise"))),
            new LedgerSetup(run, data.Public.ClassCount, mechanism, budget),
            models,
            attacks,
            new Victim(VictimNames.None, null, data.Test.Labels),
            Warnings(data, attacks))
        {
            Rounds = rounds,
        };
        setup = setup with { Baselines = Baselines(setup) };
        return setup;

        ModelSetup Model(Chosen<Learning.ILearner> learner, ModelKind kind, Func<LabelledData>? pooled) => new(
            run, kind, learner.Instance, publicRecords, pooled, data.Test, Policy(attacks, kind),
            key.Derive(kind == ModelKind.Student ? "student" : "pooled"));
    }

    /// <summary>⌈quorum · hospitals⌉, at least 1.</summary>
    internal static int MinimumHospitals(double quorum, int hospitals) =>
        Math.Max(1, (int)Math.Ceiling(quorum * hospitals - 1e-9));

    /// <summary>The data alone, shared out as a run does, at the run's addresses of randomness.</summary>
    /// <exception cref="Core.InvalidInputException">A data file cannot be used.</exception>
    /// <exception cref="ScenarioException">Settings do not fit the data or each other.</exception>
    public static FederatedData PrepareData(Scenario scenario, DataAccess access, CancellationToken cancellation) =>
        LoadData(scenario, access, RandomKey.FromSeed(scenario.Seed).Derive("data"), cancellation);

    private static FederatedData LoadData(
        Scenario scenario, DataAccess access, RandomKey key, CancellationToken cancellation)
    {
        var plan = scenario.Data;
        var table = plan.Dataset.Instance.Load(access, key.Derive("dataset"), cancellation);
        var federation = new FederationPlan(
            plan.Dataset.Instance, plan.Split.Instance, plan.Partitioner.Instance, plan.Encoding)
        {
            PublicSource = plan.PublicSource,
            Deidentification = plan.Deidentification,
            Shifts = plan.Shifts,
            HospitalsPerPatient = scenario.Privacy.HospitalsPerPatient,
        };
        try
        {
            return FederationBuilder.Build(federation, table, access, key, cancellation);
        }
        catch (FederationException exception)
        {
            throw new ScenarioException(new ScenarioProblem(exception.Path, exception.Code, exception.Message));
        }
        catch (OptionException exception)
        {
            // Split and partitioner name one of their own options, or themselves when they do not fit the dataset.
            var (split, partitioner) = (plan.Split.Name, plan.Partitioner.Name);
            var path = exception.Option switch
            {
                "split" => "data.split.kind",
                "partitioner" => "data.partitioner.kind",
                var option when plan.Partitioner.Descriptor.Options.Any(o => o.Name == option) =>
                    $"data.partitioner.{partitioner}.{option}",
                var option => $"data.split.{split}.{option}",
            };
            throw new ScenarioException(new ScenarioProblem(path, "PS2201", exception.Message));
        }
    }

    private static void CheckCounts(Scenario scenario, FederatedData data)
    {
        var problems = new List<ScenarioProblem>();
        if (scenario.Aggregation.Queries > data.Public.Count)
        {
            problems.Add(new ScenarioProblem("aggregation.queries", "PS2202", Text(
                $"{scenario.Aggregation.Queries} queries are asked and the public set has {data.Public.Count} records; ")
                + "lower the queries or enlarge the public share."));
        }
        if (data.Public.ClassCount > MostClasses)
        {
            problems.Add(new ScenarioProblem("data.dataset", "PS2203", Text(
                $"The dataset has {data.Public.ClassCount} classes; at most {MostClasses} are possible.")));
        }
        if (problems.Count > 0) throw new ScenarioException(problems);
    }

    private static ImmutableArray<AttackSetup> PlanAttacks(
        Scenario scenario, FederatedData data, RunId run, RandomKey key, ImmutableArray<int> pool)
    {
        var clone = scenario.Theft.CloneLearner.Instance;
        var problems = scenario.Theft.Attacks
            .SelectMany(attack => attack.Instance.Validate(pool.Length, clone)
                .Select(o => new ScenarioProblem($"theft.attacks.{attack.Name}.{o.Option}", "PS2204", o.Message)))
            .ToList();
        if (problems.Count > 0) throw new ScenarioException(problems);

        ImmutableArray<VictimOffer> victims =
            [VictimOffer.Served(VictimNames.Student), VictimOffer.Served(VictimNames.Pooled)];
        // Who pays for true diagnoses needs a pool that has them.
        if (data.Certificate.PublicSet.LabelsKnown) victims = victims.Add(VictimOffer.NoVictim);
        var records = data.Public.Select(pool.AsSpan());
        return
        [
            .. scenario.Theft.Attacks.Select((attack, index) => new AttackSetup(
                run, index,
                TheftPlan.Create(
                    attack.Name, attack.Instance, victims, pool.Length, clone, key.Derive(attack.Name)),
                records.Features, new NoVictim(records.Labels, records.ClassCount), data.Test)),
        ];
    }

    /// <summary>The accounts that the thieves opened at a model's service.</summary>
    private static PredictionPolicy Policy(ImmutableArray<AttackSetup> attacks, ModelKind kind)
    {
        var victim = kind == ModelKind.Student ? VictimNames.Student : VictimNames.Pooled;
        return new PredictionPolicy(attacks
            .SelectMany(attack => attack.Plan.Campaigns)
            .Where(campaign => campaign.Victim == victim)
            .Select(campaign => campaign.Account())
            .DefaultIfEmpty(new ClientAccount(
                "nobody", Credential.Of("nobody knows this client"), Exposure.Label, 0)));
    }

    private static HospitalSetup Hospital(
        FederatedData data, PublicRecords publicRecords, RunId run, RandomKey key, HospitalShard shard,
        Chosen<Learning.ILearner> teacher)
    {
        var counts = new int[shard.Data.ClassCount];
        foreach (var label in shard.Data.Labels) counts[label]++;
        var report = new HospitalReport(
            shard.Id, shard.Name, shard.Data.Count, [.. counts], null, null, null)
        {
            Teacher = teacher.Name,
        };
        return new HospitalSetup(
            run, shard.Id, shard.Data, publicRecords, data.Test, teacher.Instance, report,
            key.Derive("hospital").Derive(shard.Id));
    }

    private static ImmutableArray<BaselineSetup> Baselines(RunSetup setup) =>
    [
        .. setup.Scenario.Baselines.Select((baseline, index) => new BaselineSetup(
            setup.Id, index, baseline, [.. setup.Data.Hospitals.Select(shard => shard.Data)], () => Pool(setup.Data),
            rounds => PrivacyReport.Headline(SpendingBuilder.Privacy(setup, rounds)), setup.Data.Test,
            setup.Key.Derive("baseline"))),
    ];

    /// <summary>All private records in one matrix, hospital after hospital.</summary>
    private static LabelledData Pool(FederatedData data)
    {
        var columns = data.Public.Features.Columns;
        var values = new float[data.Hospitals.Sum(h => h.Data.Count) * columns];
        var labels = ImmutableArray.CreateBuilder<int>();
        foreach (var shard in data.Hospitals)
        {
            shard.Data.Features.Values.CopyTo(values.AsSpan(labels.Count * columns));
            labels.AddRange(shard.Data.Labels);
        }
        return new LabelledData(
            new FeatureMatrix(labels.Count, columns, values), labels.ToImmutable(), data.Public.ClassCount);
    }

    private static ImmutableArray<string> Warnings(FederatedData data, ImmutableArray<AttackSetup> attacks)
    {
        var warnings = ImmutableArray.CreateBuilder<string>();
        if (data.Encoding.CrossesHospitals) warnings.Add(data.Encoding.Statement);
        if (!data.Certificate.PublicSet.LabelsKnown)
        {
            warnings.Add(
                "The public set has no recorded diagnoses of these classes: the votes are not measured on it, and there "
                + "is no thief who pays for true diagnoses to compare with.");
        }
        warnings.AddRange(attacks.SelectMany(a => a.Plan.Omitted)
            .Where(omitted => omitted.Victim != VictimNames.None)
            .Select(omitted => omitted.Reason));
        return warnings.ToImmutable();
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

using PateSim.Core;
using PateSim.Core.Randomness;
using PateSim.Privacy.Accounting;
using PateSim.Privacy.Events;
using PateSim.Privacy.Ledger;
using PateSim.Privacy.Mechanisms;
using PateSim.Privacy.Noise;

namespace PateSim.Privacy.Tests.Ledger;

/// <summary>Rounds of queries whose savings buy more, and the files that say so.</summary>
public sealed class LedgerRoundTests
{
    private static readonly ConfidentArgmax Confident = new(60, 100, 40);
    private static readonly AccountingTarget Target = new(1e-5, Adjacency.PatientReplaced);

    private static List<LedgerRequest> Requests(int count, IAggregationMechanism? mechanism = null) =>
        [.. Enumerable.Range(0, count).Select(i => LedgerRequest.For("q" + i, mechanism ?? Confident, 3, 100))];

    /// <summary>Every third query is answered.</summary>
    private static (VoteAnswer Answer, PrivacyEvent Cost) Third(LedgerRequest request)
    {
        var answer = int.Parse(request.Query[1..], null) % 3 == 0 ? VoteAnswer.Of(1) : VoteAnswer.None;
        return (answer, Confident.Event([20, 50, 30], answer));
    }

    private static LedgerState Start(double epsilon) =>
        LedgerState.Start(new GaussianBudget(epsilon, 1e-5, Adjacency.PatientReplaced));

    [Fact]
    public void What_abstentions_save_buys_further_queries_of_the_same_round_until_the_budget_is_spent()
    {
        var (first, _, _, deferred) = LedgerWave.Reserve(Start(0.5), Requests(500));
        var atOnce = first.Open.Count;
        Assert.Equal(500 - atOnce, deferred.Length);
        Assert.Empty(first.Refusals);

        var (state, answers) = LedgerSession.AskRound(Start(0.5), Requests(500), new TransientJournal(), Third);
        Assert.Equal(state.ChargedQueries, answers.Count);
        Assert.InRange(state.ChargedQueries, 1.5 * atOnce, 499);
        Assert.Equal(500, state.ChargedQueries + state.Refusals.Count);
        Assert.False(state.Budget.IsExceeded);
        // Not one answer more would fit.
        Assert.True(state.Budget.Charge(Confident.WorstCaseEvent(3, 100)).IsExceeded);
        // In their order: what is refused stands behind all that was granted.
        Assert.Equal(state.ChargedQueries, state.Rows.TakeWhile(row => row.Charged).Count());
    }

    [Fact]
    public void A_mechanism_without_a_threshold_saves_nothing()
    {
        var gnmax = new NoisyArgmax(40, NoiseLaw.Gaussian);
        var (state, _) = LedgerSession.AskRound(
            Start(0.5), Requests(100, gnmax), new TransientJournal(),
            _ => (VoteAnswer.Of(0), gnmax.Event([50, 30, 20], VoteAnswer.Of(0))));
        var wave = LedgerWave.Reserve(Start(0.5), Requests(100, gnmax));
        Assert.Equal(wave.Granted.Length, state.ChargedQueries);
    }

    [Fact]
    public void Queries_of_earlier_rounds_keep_their_answer_and_are_not_sampled_again()
    {
        var (state, before) = LedgerSession.AskRound(Start(5), Requests(10), new TransientJournal(), Third);
        var samples = 0;
        var (after, again) = LedgerSession.AskRound(state, Requests(15), new TransientJournal(), request =>
        {
            samples++;
            return Third(request);
        });
        Assert.Equal(5, samples);
        Assert.Equal(15, after.Rows.Count);
        foreach (var (query, answer) in before) Assert.Equal(answer, again[query]);
    }

    [Fact]
    public void Every_reservation_of_a_wave_is_persisted_before_its_first_noise_and_every_answer_before_the_next_wave()
    {
        var steps = new List<string>();
        var journal = new Recording(record => steps.Add(record.GetType().Name[..4]));
        LedgerSession.AskRound(Start(0.3), Requests(30), journal, request =>
        {
            steps.Add("samp");
            return Third(request);
        });
        var text = string.Join(' ', steps);
        Assert.Matches("^((Rese )+(samp Answ )+){2,}(Refu ?)+$", text + " ");
    }

    public static TheoryData<string> Mechanisms() => ["lnmax", "lnmax-discrete", "gnmax", "gnmax-discrete", "confident",
        "confident-discrete", "interactive"];

    private static IAggregationMechanism Mechanism(string name) => name switch
    {
        "lnmax" => new NoisyArgmax(20),
        "lnmax-discrete" => new NoisyArgmax(20, NoiseLaw.DiscreteLaplace),
        "gnmax" => new NoisyArgmax(40, NoiseLaw.Gaussian),
        "gnmax-discrete" => new NoisyArgmax(40, NoiseLaw.DiscreteGaussian),
        "confident" => Confident,
        "confident-discrete" => new ConfidentArgmax(60, 100, 40, NoiseLaw.DiscreteGaussian),
        _ => new InteractiveArgmax(30.5, 100, 40, 0.5),
    };

    [Theory]
    [MemberData(nameof(Mechanisms))]
    public void A_ledger_file_holds_all_that_accounting_anew_needs(string name)
    {
        var mechanism = Mechanism(name);
        double[] student = mechanism.UsesStudent ? [0.2, 0.5, 0.3] : [];
        var noise = new SeededNoiseOrigin(RandomKey.FromSeed(2));
        int[] votes = [20, 50, 30];
        var (state, _) = LedgerSession.AskRound(
            LedgerState.Start(new UnlimitedBudget(Adjacency.PatientReplaced)), Requests(40, mechanism),
            new TransientJournal(), request =>
            {
                var answer = mechanism.Answer(votes, noise.Open(request.Query), student);
                return (answer, mechanism.Event(votes, answer, student));
            });

        var written = state.Rows.ConvertAll(row => row with { Noise = NoiseKind.OperatingSystem });
        var rows = LedgerCsv.Read(LedgerCsv.Write(written).Text, "ledger.csv");

        Assert.Equal(written, rows);
        Assert.All(rows, row => Assert.Equal(mechanism.WorstCaseEvent(3, 100), row.WorstCase));
        if (name.StartsWith("conf", StringComparison.Ordinal) || name == "interactive")
        {
            Assert.Contains(rows, row => row.Outcome == ChargeOutcome.Answered);
            Assert.Contains(rows, row => row.Outcome is ChargeOutcome.Abstained or ChargeOutcome.Confirmed);
        }
        foreach (var accountant in AccountantCatalog.Default.All.Select(component => component.With().Instance))
        {
            Assert.Equal(
                LedgerReport.Promised(accountant, state.Rows, Target).AsEnumerable(),
                LedgerReport.Promised(accountant, rows, Target));
            foreach (var reading in LedgerReport.Odometer(accountant, rows, Target))
            {
                var promised = LedgerReport.Promised(accountant, rows, Target).Single(e => e.Method == reading.Method);
                Assert.True(reading.Epsilon <= promised.Epsilon);
                Assert.Equal(!LedgerReport.MaySave(rows), reading.Releasable);
            }
        }
    }

    [Fact]
    public void Where_the_budget_ends_at_a_number_that_hung_on_the_answers_nothing_but_the_budget_is_promised()
    {
        var gdp = new GaussianDpAccountant();
        var (open, _) = LedgerSession.AskRound(Start(50), Requests(100), new TransientJournal(), Third);
        var (spent, _) = LedgerSession.AskRound(Start(0.5), Requests(500), new TransientJournal(), Third);
        var free = Assert.Single(LedgerReport.Promised(gdp, open.Rows, Target));
        var ended = Assert.Single(LedgerReport.Promised(gdp, spent.Rows, Target));
        Assert.True(free.Releasable);
        Assert.False(ended.Releasable);
        Assert.Contains("the budget itself is", ended.Note, StringComparison.Ordinal);
        // The odometer stands close below the budget, the worst case of what was granted above it.
        Assert.InRange(LedgerReport.Odometer(gdp, spent.Rows, Target).Single().Epsilon, 0.45, 0.5);
        Assert.True(ended.Epsilon > 0.5);

        var gnmax = new NoisyArgmax(40, NoiseLaw.Gaussian);
        var (counted, _) = LedgerSession.AskRound(
            Start(0.5), Requests(100, gnmax), new TransientJournal(),
            _ => (VoteAnswer.Of(0), gnmax.Event([50, 30, 20], VoteAnswer.Of(0))));
        Assert.NotEmpty(counted.Refusals);
        Assert.True(Assert.Single(LedgerReport.Promised(gdp, counted.Rows, Target)).Releasable);
    }

    [Theory]
    [InlineData(3, "cauchy", "noise_law")]
    [InlineData(4, "-1", "noise_scale")]
    [InlineData(4, "Infinity", "noise_scale")]
    [InlineData(5, "dice", "noise_origin")]
    [InlineData(6, "NaN", "threshold")]
    [InlineData(7, "", "threshold_sigma")]
    [InlineData(8, "1", "classes")]
    [InlineData(9, "0", "teachers")]
    [InlineData(10, "maybe", "outcome")]
    [InlineData(13, "false", "charged")]
    public void A_cell_that_is_not_what_its_column_holds_is_named(int column, string cell, string name)
    {
        var (state, _) = LedgerSession.AskRound(Start(5), Requests(1), new TransientJournal(), Third);
        var lines = LedgerCsv.Write(state.Rows).Text.Split('\n');
        var cells = lines[1].Split(',');
        cells[column] = cell;
        // With a hash that fits: the cell itself is wrong.
        var body = string.Join(',', cells[..^1]);
        lines[1] = body + "," + Convert.ToHexStringLower(
            System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(body)));
        var error = Assert.Throws<InvalidInputException>(() => LedgerCsv.Read(string.Join('\n', lines), "ledger.csv"));
        Assert.Equal(("PS3902", "ledger.csv(2)"), (error.Problems[0].Code, error.Problems[0].Place));
        Assert.StartsWith(name + " is '", error.Problems[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ledger_of_the_first_schema_is_called_so()
    {
        var error = Assert.Throws<InvalidInputException>(() => LedgerCsv.Read(
            "sequence,query,mechanism,noise_scale,per_answer_epsilon,cumulative_basic_epsilon,charged,previous_hash,hash\n",
            "ledger.csv"));
        Assert.Equal("PS3901", error.Problems[0].Code);
        Assert.Contains("results schema 1", error.Problems[0].Message, StringComparison.Ordinal);
    }

    private sealed class Recording(Action<LedgerRecord> append) : ILedgerJournal
    {
        public void Append(LedgerRecord record) => append(record);
    }
}

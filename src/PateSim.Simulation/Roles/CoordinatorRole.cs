using System.Collections.Immutable;
using PateSim.Simulation.Plan;
using PateSim.Simulation.Preparation;
using PateSim.Simulation.Protocol;
using PateSim.Simulation.Results;

namespace PateSim.Simulation.Roles;

/// <summary>
/// The phases of a run: teachers, votes in rounds, student, theft. It waits for every hospital by name, lets the quorum
/// rule decide in each round when some fail, and tells the recorder each fact before it seals the run.
/// </summary>
public sealed class CoordinatorRole : IRole
{
    private readonly RunSetup _setup;
    private readonly CoordinatorState _state;

    public CoordinatorRole(RunSetup setup)
        : this(setup, CoordinatorState.Initial)
    {
    }

    private CoordinatorRole(RunSetup setup, CoordinatorState state) => (_setup, _state) = (setup, state);

    public RoleId Id => RoleId.Coordinator;

    /// <inheritdoc/>
    /// <remarks>Facts that a turn adds to the state go to the recorder as they come, ahead of everything else.
    /// </remarks>
    public RoleTurn Receive(IMessage message)
    {
        var turn = Decide(message);
        var facts = ((CoordinatorRole)turn.Next)._state.Facts;
        if (facts.Count == _state.Facts.Count) return turn;
        var notes = facts.Skip(_state.Facts.Count)
            .Select(fact => new Envelope(RoleId.Recorder, new RecorderProtocol.Record(fact)));
        return turn with { Sends = [.. notes, .. turn.Sends] };
    }

    private RoleTurn Decide(IMessage message) => message switch
    {
        CoordinatorProtocol.BeginRun when _state.Phase == RunPhase.Waiting => Begin(),
        _ when _state.Phase is RunPhase.Waiting or RunPhase.Sealed => RoleTurn.Of(this),
        CoordinatorProtocol.CancelRun => Seal(RunStatus.Cancelled, "The run was cancelled."),
        CoordinatorProtocol.RoleLost lost => Lost(lost),
        IRunMessage other when other.Run != _setup.Id => RoleTurn.Of(this),
        HospitalProtocol.TeacherTrained trained => Reported(trained.Hospital, report => report with
        {
            Accuracy = trained.Alone?.Accuracy,
            BalancedAccuracy = trained.Alone?.BalancedAccuracy,
            Scores = trained.Alone?.Scores,
            Note = trained.Note,
        }),
        HospitalProtocol.TeacherFailed failed =>
            Reported(failed.Hospital, report => report with { Failure = failed.Reason }),
        AggregatorProtocol.QueriesAnswered answered => Answered(answered),
        AggregatorProtocol.QuorumMissed missed => Seal(
            RunStatus.Failed,
            $"{missed.Votes} hospitals voted, {missed.MinimumVotes} are needed. First reason: "
            + FirstReason(missed.Failures)),
        ModelProtocol.RoundPredicted predicted => Predicted(predicted),
        ModelProtocol.ModelTrained trained => Trained(trained),
        ModelProtocol.ModelFailed failed => Seal(
            RunStatus.Failed, $"The {RoleId.Model(failed.Model)} could not be trained. {failed.Reason}"),
        BaselineProtocol.BaselineEnded ended => Compared(ended),
        AttackProtocol.CloneMeasured measured => Cloned(measured.Entry),
        AttackProtocol.AttackEnded ended => Ended(ended),
        _ => RoleTurn.Unhandled(this),
    };

    private RoleTurn Begin()
    {
        var sends = ImmutableArray.CreateBuilder<Envelope>();
        // The pooled fit and the baselines are the longest single pieces of work, so they start first.
        sends.Add(new Envelope(RoleId.Model(ModelKind.Pooled), new ModelProtocol.TrainPooled(_setup.Id)));
        sends.AddRange(Compare(matchesPrivacy: false, []));
        foreach (var hospital in _setup.Hospitals)
            sends.Add(new Envelope(RoleId.Hospital(hospital.Index), new HospitalProtocol.TrainTeacher(_setup.Id)));
        return new RoleTurn(With(_state with { Phase = RunPhase.Teachers }), sends.ToImmutable(), [], []);
    }

    private RoleTurn Reported(int hospital, Func<HospitalReport, HospitalReport> outcome)
    {
        if (_state.Phase != RunPhase.Teachers || _state.Reports.ContainsKey(hospital)) return RoleTurn.Of(this);
        var report = outcome(_setup.Hospitals[hospital].Report);
        var state = _state.Note(new HospitalFact(report)) with { Reports = _state.Reports.Add(hospital, report) };
        if (state.Reports.Count < _setup.Hospitals.Length) return RoleTurn.Of(With(state));

        var trained = state.Reports.Values.Where(r => r.Failure is null).Select(r => r.Index).ToImmutableArray();
        if (trained.Length < _setup.MinimumHospitals)
        {
            var first = state.Reports.Values.First(r => r.Failure is not null);
            return With(state).Seal(
                RunStatus.Failed,
                $"{trained.Length} of {_setup.Hospitals.Length} hospitals have a teacher, the quorum is "
                + $"{_setup.MinimumHospitals}. First reason, {first.Name}: {first.Failure}");
        }
        return With(state).AskRound(0, []);
    }

    /// <summary>Calls for the votes of a round from every hospital that has a teacher and was not lost.</summary>
    /// <param name="predictions">What the student so far makes of the round's queries; empty without one.</param>
    private RoleTurn AskRound(int round, ImmutableArray<double> predictions)
    {
        var state = _state;
        foreach (var (hospital, reason) in _state.Lost)
        {
            if (state.Reports[hospital] is { Failure: null } known) state = Gone(state, known, reason);
        }
        var voters = state.Reports.Values.Where(r => r.Failure is null).Select(r => r.Index).ToImmutableArray();
        var (first, length) = (_setup.Rounds.First(round), _setup.Rounds.Length(round));
        var sends = ImmutableArray.CreateBuilder<Envelope>(voters.Length + 1);
        sends.Add(new Envelope(RoleId.Aggregator, new AggregatorProtocol.CollectVotes(
            _setup.Id, round, voters, _setup.MinimumHospitals, _setup.QueryIdentities.Slice(first, length))
        {
            StudentProbabilities = predictions,
        }));
        var records = Records(round);
        foreach (var index in voters)
            sends.Add(new Envelope(RoleId.Hospital(index), new HospitalProtocol.CastVotes(_setup.Id, round, records)));
        state = state with { Phase = RunPhase.Votes, Round = round, Predictions = predictions };
        return RoleTurn.Of(With(state), sends.MoveToImmutable());
    }

    /// <summary>Positions in the public set of a round's queries.</summary>
    private ImmutableArray<int> Records(int round) => _setup.Rounds.Count == 1
        ? _setup.Queries
        : _setup.Queries.Slice(_setup.Rounds.First(round), _setup.Rounds.Length(round));

    private RoleTurn Answered(AggregatorProtocol.QueriesAnswered answered)
    {
        if (_state.Phase != RunPhase.Votes || answered.Batch != _state.Round) return RoleTurn.Of(this);
        var first = _setup.Rounds.First(_state.Round);
        var refused = answered.Answers.Any(a => a.Answer is null);
        var rule = _setup.Scenario.Privacy.Budget?.OnExhaustion;
        var isLast = _state.Round == _setup.Rounds.Count - 1
            || (refused && rule is ExhaustionRule.Fail or ExhaustionRule.StopLabelling);
        var fact = new AnswersFact(
            _state.Round, isLast, [.. answered.Answers.Select(a => a with { Position = first + a.Position })],
            answered.Charges, answered.Failures, answered.Ballots, _state.Predictions);
        var next = With(_state.Note(fact));
        return isLast ? next.EndLabelling() : next.NextRound();
    }

    private RoleTurn NextRound()
    {
        var round = _state.Round + 1;
        if (!_setup.Aggregator.Mechanism.UsesStudent) return AskRound(round, []);
        var labelled = Labelled();
        if (labelled.IsEmpty)
        {
            return Seal(RunStatus.Failed, FormattableString.Invariant(
                $"No query of round {_state.Round + 1} got a label, so there is no student that {_setup.Aggregator.Mechanism.Name} ")
                + "could look at in the next: lower first-threshold, add hospitals, or ask more queries per round.");
        }
        return RoleTurn.Of(
            With(_state with { Phase = RunPhase.Learning }),
            new Envelope(RoleId.Model(ModelKind.Student), new ModelProtocol.PredictRound(
                _setup.Id, round, [.. labelled.Select(a => _setup.Queries[a.Position])],
                [.. labelled.Select(a => a.Label!.Value)], Records(round))));
    }

    private RoleTurn Predicted(ModelProtocol.RoundPredicted predicted) =>
        _state.Phase == RunPhase.Learning && predicted.Round == _state.Round + 1
            ? AskRound(predicted.Round, predicted.Probabilities)
            : RoleTurn.Of(this);

    private ImmutableArray<QueryAnswer> Labelled() => [.. _state.Answers.Where(a => a.Label is not null)];

    private RoleTurn EndLabelling()
    {
        var (labelled, answers) = (Labelled(), _state.Answers.ToList());
        var next = With(_state with { Phase = RunPhase.Models });
        var refused = answers.Count(a => a.Answer is null);
        if (labelled.Length == 0)
        {
            var silent = answers.Count - refused;
            return next.Seal(RunStatus.Failed, FormattableString.Invariant(
                $"No query got a label, so there is nothing to train on: the privacy budget did not allow {refused}, ")
                + FormattableString.Invariant($"and at {silent} the teachers' agreement was below the threshold."));
        }
        if (refused > 0 && _setup.Scenario.Privacy.Budget is { OnExhaustion: ExhaustionRule.Fail } budget)
        {
            return next.Seal(RunStatus.Failed, FormattableString.Invariant(
                $"The privacy budget of epsilon {budget.Epsilon:R} was spent after {answers.Count - refused} of ")
                + FormattableString.Invariant(
                    $"{_setup.Queries.Length} queries, and privacy.on-exhaustion says that the run then fails. ")
                + "Ask fewer queries, add noise, or allow more.");
        }
        var train = new Envelope(RoleId.Model(ModelKind.Student), new ModelProtocol.TrainStudent(
            _setup.Id,
            [.. labelled.Select(a => _setup.Queries[a.Position])],
            [.. labelled.Select(a => a.Label!.Value)]));
        var rounds = _state.Facts.OfType<AnswersFact>().ToImmutableArray();
        return next.BeginAttacks([train, .. Compare(matchesPrivacy: true, rounds)], _setup.NoVictim);
    }

    private RoleTurn Trained(ModelProtocol.ModelTrained trained)
    {
        if (_state.Victims.ContainsKey(trained.Model)) return RoleTurn.Of(this);
        var victim = new Victim(trained.Accuracy.Model, trained.Model, trained.TestPredictions);
        return With(_state.Note(new ModelFact(trained.Accuracy)) with
        {
            Victims = _state.Victims.Add(trained.Model, victim),
        }).BeginAttacks([], null);
    }

    /// <summary>Sends the thieves against every victim that stands and was not attacked yet. They wait until the votes
    /// are counted, so that the way to the student stays free.</summary>
    private RoleTurn BeginAttacks(ImmutableArray<Envelope> before, Victim? extra)
    {
        if (_state.Phase != RunPhase.Models) return RoleTurn.Of(this, before);
        var victims = _state.Victims.Values.Where(v => !_state.Attacked.Contains(v.Name)).ToList();
        if (extra is not null) victims.Insert(0, extra);
        var sends = before.ToBuilder();
        foreach (var victim in victims)
        {
            for (var attack = 0; attack < _setup.Attacks.Length; attack++)
                sends.Add(new Envelope(RoleId.Attacker(attack), new AttackProtocol.BeginAttack(_setup.Id, victim)));
        }
        var next = With(_state with { Attacked = _state.Attacked.Union(victims.Select(v => v.Name)) });
        return next.SealIfDone(sends.ToImmutable());
    }

    /// <summary>Has the baselines trained that need the answers, or those that do not.</summary>
    private IEnumerable<Envelope> Compare(bool matchesPrivacy, ImmutableArray<AnswersFact> rounds) =>
        _setup.Baselines.Where(baseline => baseline.Baseline.Instance.MatchesPrivacy == matchesPrivacy)
            .Select(baseline => new Envelope(
                RoleId.Baseline(baseline.Index), new BaselineProtocol.TrainBaseline(_setup.Id, rounds)));

    private RoleTurn Compared(BaselineProtocol.BaselineEnded ended) => _state.EndedBaselines.Contains(ended.Baseline)
        ? RoleTurn.Of(this)
        : With(_state.Note(new BaselineFact(ended.Report, ended.Accuracy)) with
        {
            EndedBaselines = _state.EndedBaselines.Add(ended.Baseline),
        }).SealIfDone([]);

    private RoleTurn Cloned(TheftEntry entry) => RoleTurn.Of(With(_state.NoteClones([entry])));

    private RoleTurn Ended(AttackProtocol.AttackEnded ended)
    {
        if (_state.EndedAttacks.Contains((ended.Attack, ended.Victim))) return RoleTurn.Of(this);
        // A clone's own message may come late, so the end of the attack names all of them.
        var next = With(_state.NoteClones(ended.Entries) with
        {
            EndedAttacks = _state.EndedAttacks.Add((ended.Attack, ended.Victim)),
        });
        return ended.Failure is null
            ? next.SealIfDone([])
            : next.Seal(RunStatus.Failed, $"The attack on {ended.Victim} could not go on. {ended.Failure}");
    }

    private RoleTurn SealIfDone(ImmutableArray<Envelope> before)
    {
        var victims = 1 + Enum.GetValues<ModelKind>().Length;
        var done = _state.Attacked.Count == victims
            && _state.EndedAttacks.Count == victims * _setup.Attacks.Length
            && _state.EndedBaselines.Count == _setup.Baselines.Length;
        if (!done) return RoleTurn.Of(this, before);
        var turn = Seal(RunStatus.Completed, null);
        return turn with { Sends = [.. before, .. turn.Sends] };
    }

    private RoleTurn Lost(CoordinatorProtocol.RoleLost lost)
    {
        if (lost.Role.Kind != RoleKind.Hospital)
            return Seal(RunStatus.Failed, $"The {lost.Role} was lost: {lost.Reason}");
        var hospital = lost.Role.Index;
        return _state.Phase switch
        {
            RunPhase.Teachers when _state.Reports.TryGetValue(hospital, out var known) => Withdraw(known, lost.Reason),
            RunPhase.Teachers => Reported(hospital, report => report with { Failure = lost.Reason }),
            RunPhase.Votes => RoleTurn.Of(
                With(Missing(hospital, lost.Reason)),
                new Envelope(RoleId.Aggregator, new HospitalProtocol.VotesRefused(
                    _setup.Id, _state.Round, hospital, lost.Reason))),
            RunPhase.Learning => RoleTurn.Of(With(Missing(hospital, lost.Reason))),
            _ => RoleTurn.Of(this),
        };
    }

    /// <summary>The first word on a lost hospital counts.</summary>
    private CoordinatorState Missing(int hospital, string reason) => _state.Lost.ContainsKey(hospital)
        ? _state
        : _state with { Lost = _state.Lost.Add(hospital, reason) };

    /// <summary>A hospital that had its teacher is gone before the vote: it will not be asked.</summary>
    private RoleTurn Withdraw(HospitalReport report, string reason) => report.Failure is null
        ? RoleTurn.Of(With(Gone(_state, report, reason)))
        : RoleTurn.Of(this);

    private static CoordinatorState Gone(CoordinatorState state, HospitalReport report, string reason)
    {
        var lost = report with { Failure = reason };
        return state.Note(new HospitalFact(lost)) with { Reports = state.Reports.SetItem(report.Index, lost) };
    }

    private RoleTurn Seal(RunStatus status, string? reason) => RoleTurn.Of(
        With(_state with { Phase = RunPhase.Sealed }),
        new Envelope(RoleId.Recorder, new RecorderProtocol.Seal(status, reason, [.. _state.Facts])));

    private CoordinatorRole With(CoordinatorState state) => new(_setup, state);

    private static string FirstReason(ImmutableArray<VotingFailure> failures) =>
        failures.IsEmpty ? "none was given" : $"hospital-{failures[0].Hospital}: {failures[0].Reason}";
}

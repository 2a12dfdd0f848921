using System.Buffers;
using System.Runtime.InteropServices;
using PateSim.Core.Features;
using PateSim.Learning;

namespace PateSim.Theft.Gateways;

/// <summary>
/// The prediction service as a pure function: authenticate → complete records → quota → memoised answer → predict →
/// exposure filter → log. What fails a check is refused before anything behind that check is touched.
/// </summary>
/// <remarks>
/// <para>One query is one record: a batch of n costs n, whether its answers are new or memoised. A batch larger than
/// what is left of a budget is refused whole, with nothing answered and nothing charged: a client never has to find out
/// which of its records were answered.</para>
/// <para>A client's replies, log and usage depend on its own requests and their order only, not on when other clients
/// ask; a group budget is the one thing that its members share.</para>
/// </remarks>
/// <threadsafety>Immutable; the state is passed in and out.</threadsafety>
public sealed class Gateway
{
    private readonly IClassifier _model;

    public Gateway(PredictionPolicy policy, IClassifier model) => (Policy, _model) = (policy, model);

    public PredictionPolicy Policy { get; }

    /// <summary>The state before the first request.</summary>
    public GatewayState Start() => new(AnswerMemo.Empty(_model.ClassCount));

    /// <summary>Answers or refuses a request.</summary>
    /// <param name="state">From <see cref="Start"/> or an earlier decision of this gateway.</param>
    /// <exception cref="InvalidOperationException">The model gave something that is not a probability; the state passed
    /// in stays good and nothing is charged.</exception>
    public GatewayDecision Decide(GatewayState state, PredictionRequest request)
    {
        if (Authenticate(request) is not { } account)
        {
            var reply = new PredictionsRefused(new Unauthenticated());
            return new GatewayDecision(
                state with { UnauthenticatedRequests = state.UnauthenticatedRequests + 1 }, reply,
                new GatewayLog(request.Client, 0, [], reply));
        }
        var refusal = CheckRecords(request) ?? CheckQuota(state, account, request.Rows);
        return refusal is null ? Answer(state, account, request) : Refuse(state, account, refusal);
    }

    private ClientAccount? Authenticate(PredictionRequest request) =>
        Policy.Accounts.TryGetValue(request.Client, out var account) && account.Credential.Equals(request.Credential)
            ? account
            : null;

    private Refusal? CheckRecords(PredictionRequest request)
    {
        var (rows, columns) = (request.Rows, request.Columns);
        var values = request.Values.Span;
        if (rows < 1 || columns < 1 || values.Length != (long)rows * columns)
            return new MalformedBatch(rows, columns, values.Length);
        if (columns != _model.FeatureCount) return new WrongFeatureCount(_model.FeatureCount, columns);
        for (var i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i])) return new IncompleteRecord(i / columns, i % columns, values[i]);
        }
        return null;
    }

    private Refusal? CheckQuota(GatewayState state, ClientAccount account, int requested)
    {
        var remaining = account.QueryBudget - state.UsageOf(account.Id).Answered;
        if (requested > remaining) return new BudgetExhausted(requested, remaining, account.QueryBudget);
        if (account.Group is not { } group) return null;
        var remainingOfGroup = Policy.GroupBudgets[group] - state.AnsweredOfGroup(group);
        return requested > remainingOfGroup
            ? new GroupBudgetExhausted(group, requested, remainingOfGroup, Policy.GroupBudgets[group])
            : null;
    }

    private static GatewayDecision Refuse(GatewayState state, ClientAccount account, Refusal refusal)
    {
        var usage = state.UsageOf(account.Id);
        var reply = new PredictionsRefused(refusal);
        var counted = usage with { RefusedRequests = usage.RefusedRequests + 1 };
        return new GatewayDecision(
            state with { Usage = state.Usage.SetItem(account.Id, counted) }, reply,
            new GatewayLog(account.Id, usage.Answered, [], reply));
    }

    private GatewayDecision Answer(GatewayState state, ClientAccount account, PredictionRequest request)
    {
        var inputs = Hash(request);
        var entries = new int[request.Rows];
        if (Policy.MemoiseAnswers)
        {
            var memo = state.Memo.Answer(
                inputs, entries, (rows, probabilities) => Predict(request, rows, probabilities));
            return Charge(
                state with { Memo = memo }, account, Expose(account.Exposure, memo.Probabilities, entries), inputs);
        }
        for (var i = 0; i < entries.Length; i++) entries[i] = i;
        var fresh = new float[checked(request.Rows * _model.ClassCount)];
        Predict(request, entries, fresh);
        return Charge(state, account, Expose(account.Exposure, fresh, entries), inputs);
    }

    private static InputHash[] Hash(PredictionRequest request)
    {
        var inputs = new InputHash[request.Rows];
        var scratch = ArrayPool<byte>.Shared.Rent(4 * request.Columns);
        var values = request.Values.Span;
        for (var i = 0; i < inputs.Length; i++)
            inputs[i] = InputHash.Of(values.Slice(i * request.Columns, request.Columns), scratch);
        ArrayPool<byte>.Shared.Return(scratch, clearArray: true);
        return inputs;
    }

    // The model sees what was hashed, −0 as 0, so that the answer cannot depend on which of two equal records came
    // first.
    private void Predict(PredictionRequest request, ReadOnlySpan<int> rows, Span<float> probabilities)
    {
        var columns = request.Columns;
        var values = GC.AllocateUninitializedArray<float>(rows.Length * columns);
        for (var i = 0; i < rows.Length; i++)
        {
            var record = request.Values.Span.Slice(rows[i] * columns, columns);
            for (var j = 0; j < columns; j++) values[i * columns + j] = InputHash.WithoutNegativeZero(record[j]);
        }
        _model.Probabilities(new FeatureMatrix(rows.Length, columns, values), probabilities);
        foreach (var probability in probabilities)
        {
            if (!(probability is >= 0 and <= 1.001f))
                throw new InvalidOperationException(
                    $"The model gave {probability} for a probability; nothing is answered.");
        }
    }

    // Each row is filtered by itself: what one client sees of a record cannot depend on the rest of its batch.
    private Answers Expose(Exposure exposure, ReadOnlySpan<float> full, ReadOnlySpan<int> entries)
    {
        var classes = _model.ClassCount;
        var labels = new int[entries.Length];
        var revealed = exposure.RevealsProbabilities ? new float[checked(entries.Length * classes)] : [];
        for (var i = 0; i < entries.Length; i++)
        {
            var probabilities = full.Slice(entries[i] * classes, classes);
            labels[i] = Argmax.Of(probabilities);
            if (exposure.RevealsProbabilities)
                exposure.Reveal(probabilities, revealed.AsSpan(i * classes, classes));
        }
        return new Answers(exposure, ImmutableCollectionsMarshal.AsImmutableArray(labels), revealed, classes);
    }

    private GatewayDecision Charge(
        GatewayState state, ClientAccount account, Answers answers, InputHash[] inputs)
    {
        var usage = state.UsageOf(account.Id);
        var answered = usage.Answered + answers.Count;
        var remaining = account.QueryBudget - answered;
        var next = state with { Usage = state.Usage.SetItem(account.Id, usage with { Answered = answered }) };
        if (account.Group is { } group)
        {
            var ofGroup = state.AnsweredOfGroup(group) + answers.Count;
            next = next with { GroupAnswered = next.GroupAnswered.SetItem(group, ofGroup) };
            remaining = Math.Min(remaining, Policy.GroupBudgets[group] - ofGroup);
        }
        var reply = new PredictionsMade(answers, remaining);
        var log = new GatewayLog(
            account.Id, usage.Answered, ImmutableCollectionsMarshal.AsImmutableArray(inputs), reply);
        return new GatewayDecision(next, reply, log);
    }
}

/// <summary>What the service becomes, what it says, and what it writes down.</summary>
public sealed record GatewayDecision(GatewayState State, PredictionReply Reply, GatewayLog Log);

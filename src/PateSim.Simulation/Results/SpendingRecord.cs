using System.Collections.Immutable;
using PateSim.Privacy.Accounting;
using PateSim.Privacy.Events;

namespace PateSim.Simulation.Results;

/// <summary>What labelling really cost: the realised ledger, the filter that held it, and the odometer.</summary>
/// <param name="Rounds">Rounds planned.</param>
/// <param name="RoundsAsked">Rounds that ended with answers.</param>
/// <param name="Charged">Distinct queries charged.</param>
/// <param name="Answered">Of them: the teachers' noisy winner was released.</param>
/// <param name="Confirmed">Of them: the student's own label stood, and the check alone was charged.</param>
/// <param name="Abstained">Of them: no answer, and the check alone was charged.</param>
/// <param name="Refused">Distinct queries that the budget did not pay for.</param>
/// <param name="NotAsked">Queries of rounds that were not asked any more.</param>
/// <param name="Odometer">ε of what was really charged, by every accountant that needs no votes.</param>
public sealed record SpendingRecord(
    int Rounds,
    int RoundsAsked,
    int Charged,
    int Answered,
    int Confirmed,
    int Abstained,
    int Refused,
    int NotAsked,
    BudgetRecord? Budget,
    ImmutableArray<EpsilonEntry> Odometer,
    IndividualRecord? Individual);

/// <summary>The filter of <c>privacy.budget</c>.</summary>
/// <param name="Epsilon">As written.</param>
/// <param name="Delta">δ it holds at; 0 for pure ε.</param>
/// <param name="Measure">As written: pure-epsilon, gdp or rdp.</param>
/// <param name="OnExhaustion">As written: fewer-labels, stop-labelling or fail.</param>
/// <param name="Quantity">What the filter counts, in words, such as "Gaussian mu".</param>
/// <param name="Limit">The budget in that quantity.</param>
/// <param name="Spent">What was really charged of it.</param>
public sealed record BudgetRecord(
    double Epsilon, double Delta, string Measure, string OnExhaustion, string Quantity, double Limit, double Spent);

/// <summary>What each hospital lost by individual accounting; private. The figures by hospital are those of
/// <see cref="HospitalReport.IndividualEpsilon"/>.</summary>
/// <param name="Delta">δ of every figure.</param>
/// <param name="Adjacency">One hospital's data replaced.</param>
/// <param name="Orders">Rényi orders, fixed beforehand.</param>
/// <param name="Smallest">ε of the hospital that lost least.</param>
/// <param name="Largest">ε of the hospital that lost most.</param>
public sealed record IndividualRecord(
    double Delta, Adjacency Adjacency, ImmutableArray<double> Orders, double Smallest, double Median, double Largest);

using PateSim.Privacy.Events;
using PateSim.Privacy.Mechanisms;
using PateSim.Simulation.Plan;
using PateSim.Simulation.Preparation;
using PateSim.Simulation.Protocol;
using PateSim.Simulation.Roles;
using PateSim.Simulation.Tests.Support;

namespace PateSim.Simulation.Tests.Roles;

public class PrivacyLedgerRoleTests
{
    // Scale 2: one answer costs 1, and the budget holds two.
    private static readonly RunSetup Setup = TestRun.Setup(scale: 2, budget: new BudgetPlan(2));

    [Fact]
    public void Grants_up_to_the_budget_and_keeps_what_was_settled()
    {
        var (reserved, ledger) = Step(
            new PrivacyLedgerRole(Setup.Ledger), new LedgerProtocol.ReserveCharges(Setup.Id, 0, 0, ["a", "b", "c"], 7, false));
        var granted = Assert.IsType<LedgerProtocol.ChargesReserved>(reserved);
        Assert.Equal(["a", "b"], granted.Granted.Order());

        Assert.Equal(["c"], granted.Deferred.AsEnumerable());

        var (_, settled) = Step(ledger, new LedgerProtocol.SettleCharges(Setup.Id, 0, 0, [Settle("a"), Settle("b")]));
        var (second, refusing) = Step(
            settled, new LedgerProtocol.ReserveCharges(Setup.Id, 0, 1, ["c"], 7, false));
        Assert.Empty(Assert.IsType<LedgerProtocol.ChargesReserved>(second).Granted);
        var (last, _) = Step(refusing, new LedgerProtocol.SettleCharges(Setup.Id, 0, 1, []));
        var rows = Assert.IsType<LedgerProtocol.ChargesSettled>(last).Rows;
        Assert.Equal(2, rows.Count(row => row.Charged));
        Assert.Equal("c", Assert.Single(rows, row => !row.Charged).Query);
    }

    [Fact]
    public void Reserving_a_batch_again_reserves_nothing()
    {
        var command = new LedgerProtocol.ReserveCharges(Setup.Id, 0, 0, ["a"], 7, false);
        var (_, ledger) = Step(new PrivacyLedgerRole(Setup.Ledger), command);

        Assert.Empty(ledger.Receive(command).Sends);
    }

    [Fact]
    public void What_was_not_reserved_cannot_be_settled()
    {
        var (_, ledger) = Step(
            new PrivacyLedgerRole(Setup.Ledger), new LedgerProtocol.ReserveCharges(Setup.Id, 0, 0, ["a"], 7, false));

        var (settled, _) = Step(ledger, new LedgerProtocol.SettleCharges(Setup.Id, 0, 0, [Settle("a"), Settle("stranger")]));

        Assert.Equal(["a"], Assert.IsType<LedgerProtocol.ChargesSettled>(settled).Rows.Select(row => row.Query));
    }

    private static LedgerProtocol.Settlement Settle(string query) =>
        new(query, VoteAnswer.Of(0), new NoisyArgmaxEvent(NoiseLaw.Laplace, 2, TestRun.Classes, 7));

    private static (IMessage Sent, IRole Next) Step(IRole role, IMessage message)
    {
        var turn = role.Receive(message);
        return (Assert.Single(turn.Sends).Message, turn.Next);
    }
}

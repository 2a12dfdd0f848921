using System.Text.Json;
using PateSim.Simulation.Results;

namespace PateSim.Reporting.Files;

/// <summary>What labelling really cost, as <c>summary.json</c> has it.</summary>
internal static class SpendingJson
{
    public static void Write(Utf8JsonWriter json, SpendingRecord? spending)
    {
        if (spending is null)
        {
            json.WriteNull("spending");
            return;
        }
        json.WriteStartObject("spending");
        json.WriteNumber("rounds", spending.Rounds);
        json.WriteNumber("roundsAsked", spending.RoundsAsked);
        json.WriteNumber("charged", spending.Charged);
        json.WriteNumber("answered", spending.Answered);
        json.WriteNumber("confirmed", spending.Confirmed);
        json.WriteNumber("abstained", spending.Abstained);
        json.WriteNumber("refused", spending.Refused);
        json.WriteNumber("notAsked", spending.NotAsked);
        Budget(json, spending.Budget);
        json.Objects("odometer", spending.Odometer, JsonText.Epsilon);
        Individual(json, spending.Individual);
        json.WriteEndObject();
    }

    private static void Budget(Utf8JsonWriter json, BudgetRecord? budget)
    {
        if (budget is null)
        {
            json.WriteNull("budget");
            return;
        }
        json.WriteStartObject("budget");
        json.Real("epsilon", budget.Epsilon);
        json.Real("delta", budget.Delta);
        json.WriteString("measure", budget.Measure);
        json.WriteString("onExhaustion", budget.OnExhaustion);
        json.WriteString("quantity", budget.Quantity);
        json.Real("limit", budget.Limit);
        json.Real("spent", budget.Spent);
        json.WriteEndObject();
    }

    private static void Individual(Utf8JsonWriter json, IndividualRecord? individual)
    {
        if (individual is null)
        {
            json.WriteNull("individual");
            return;
        }
        json.WriteStartObject("individual");
        json.Real("smallest", individual.Smallest);
        json.Real("median", individual.Median);
        json.Real("largest", individual.Largest);
        json.Real("delta", individual.Delta);
        json.WriteString("adjacency", individual.Adjacency.Name);
        json.WriteBoolean("dataDependent", true);
        json.WriteBoolean("releasable", false);
        json.WriteStartArray("orders");
        foreach (var order in individual.Orders) json.WriteNumberValue(order);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}

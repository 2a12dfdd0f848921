using System.Globalization;

namespace PateSim.Privacy.Events;

/// <summary>Events in one word, for ledgers: <c>argmax:Laplace:20:10:250</c> (law, scale, classes, teachers),
/// <c>threshold:Gaussian:150:200:250</c> (law, scale, threshold, teachers), composed ones joined by <c>+</c>, and
/// <c>none</c> for an empty composition. Private data is never written.</summary>
public static class PrivacyEventText
{
    /// <exception cref="ArgumentException">The event is unknown.</exception>
    public static string Write(PrivacyEvent privacyEvent) => privacyEvent switch
    {
        NoisyArgmaxEvent e => FormattableString.Invariant(
            $"argmax:{e.Law}:{e.NoiseScale:R}:{e.ClassCount}:{e.TeacherCount}"),
        NoisyThresholdEvent e => FormattableString.Invariant(
            $"threshold:{e.Law}:{e.NoiseScale:R}:{e.Threshold:R}:{e.TeacherCount}"),
        ComposedEvent { Events.IsEmpty: true } => "none",
        ComposedEvent e when e.Events.All(part => part is not ComposedEvent) =>
            string.Join('+', e.Events.Select(Write)),
        _ => throw new ArgumentException($"No text for {privacyEvent}.", nameof(privacyEvent)),
    };

    /// <exception cref="FormatException">The text is no event.</exception>
    public static PrivacyEvent Read(string text)
    {
        if (text == "none") return new ComposedEvent([]);
        var parts = text.Split('+');
        return parts.Length == 1 ? ReadOne(text) : new ComposedEvent([.. parts.Select(ReadOne)]);
    }

    private static PrivacyEvent ReadOne(string text)
    {
        var cells = text.Split(':');
        if (cells.Length != 5 || !Enum.TryParse<NoiseLaw>(cells[1], out var law) || !Enum.IsDefined(law))
            throw new FormatException($"'{text}' is no privacy event.");
        var culture = CultureInfo.InvariantCulture;
        var scale = double.Parse(cells[2], culture);
        return cells[0] switch
        {
            "argmax" => new NoisyArgmaxEvent(law, scale, int.Parse(cells[3], culture), int.Parse(cells[4], culture)),
            "threshold" => new NoisyThresholdEvent(
                law, scale, double.Parse(cells[3], culture), int.Parse(cells[4], culture)),
            _ => throw new FormatException($"'{cells[0]}' is no kind of privacy event."),
        };
    }
}

using System.Collections.Immutable;
using static PateSim.Data.Datasets.MeasurementScale;

namespace PateSim.Data.Datasets;

/// <summary>The constants of the generated population, in the order of docs/datasets/synthetic-clinics.md.</summary>
internal static class SyntheticTables
{
    public static readonly ImmutableArray<(string Name, double Prevalence)> Diagnoses =
    [
        ("heart-failure", .22), ("copd-exacerbation", .20), ("pneumonia", .22),
        ("pulmonary-embolism", .11), ("asthma", .14), ("panic-attack", .11),
    ];

    // Effects: heart failure, COPD, pneumonia, pulmonary embolism, asthma, panic attack.
    public static readonly ImmutableArray<SyntheticMeasurement> Measurements =
    [
        new("age", "age", "years", 18, 98, AdultAge, .2, .9, 1, true, [.9, .6, .2, 0, -.9, -.8]),
        new("systolic-pressure", "systolic blood pressure", "mm Hg", 75, 225, Exponential, 4.87, .16, 1, true,
            [.3, .1, -.4, -.4, 0, .3]),
        new("heart-rate", "heart rate", "beats per minute", 45, 175, Exponential, 4.52, .19, 1, true,
            [0, .1, .3, .6, .4, .2]),
        new("respiratory-rate", "respiratory rate", "breaths per minute", 10, 45, Exponential, 3.05, .2, 1, true,
            [.1, .3, .3, .3, .3, -.2]),
        new("oxygen-saturation", "oxygen saturation without oxygen", "%", 70, 100, Saturation, 1.7, .55, 1, true,
            [-.3, -.8, -.5, -.4, 0, 1]),
        new("temperature", "body temperature", "°C", 34.5, 40.5, Linear, 37.1, .7, .1, true,
            [-.3, -.1, 1, .1, -.2, -.3]),
        new("log-crp", "log10 of C-reactive protein", "log10 mg/l", -1, 3, Linear, 1.1, .6, .01, false,
            [-.2, .1, 1.1, .3, -.4, -.7]),
        new("white-cells", "white blood cells", "10⁹/l", 2.5, 32, Exponential, 2.2, .35, .1, false,
            [-.3, .3, .8, .1, .1, -.3]),
        new("log-nt-probnp", "log10 of NT-proBNP", "log10 ng/l", 0, 5, Linear, 2.5, .7, .01, false,
            [1.3, .1, 0, .4, -.7, -.8]),
        new("log-d-dimer", "log10 of D-dimer", "log10 µg/l", 1.3, 4.3, Linear, 2.7, .45, .01, false,
            [.1, -.1, .3, 1.3, -.4, -.5]),
        new("log-troponin", "log10 of high-sensitivity troponin", "log10 ng/l", -.5, 2.7, Linear, 1, .45, .01, false,
            [.7, 0, 0, .6, -.4, -.4]),
        new("carbon-dioxide", "arterial carbon dioxide pressure", "kPa", 2.8, 10, Exponential, 1.67, .17, .1, false,
            [-.1, 1, -.1, -.5, .1, -.7]),
        new("peak-flow", "peak expiratory flow", "% of predicted", 18, 200, Exponential, 4.13, .33, 1, false,
            [.1, -.8, .1, .3, -.7, .9]),
        new("haemoglobin", "haemoglobin", "g/l", 70, 200, Linear, 134, 17, 1, false, [-.4, .3, -.2, 0, .2, .2]),
        new("log-creatinine", "log10 of creatinine", "log10 µmol/l", 1.3, 2.6, Linear, 1.93, .17, .01, false,
            [.6, 0, .2, 0, -.4, -.3]),
    ];

    public static readonly ImmutableArray<SyntheticFinding> Findings =
    [
        new("sex", "sex as recorded", ["female", "male"], true, [0, 0],
            [[0, .2], [0, .3], [0, .1], [0, -.1], [0, -.4], [0, -.6]]),
        new("smoking", "smoking", ["never", "former", "current"], true, [.4, .2, 0],
            [[0, .2, -.2], [-1.6, .3, .7], [0, 0, .1], [.1, 0, -.1], [.3, -.1, -.3], [.2, -.3, .1]]),
        new("onset", "time since the onset", ["hours", "days", "weeks"], true, [0, .3, -.4],
            [[-.3, .1, .5], [-.6, .4, .2], [-.8, .8, -.3], [.7, .1, -.4], [.5, .1, -.5], [1.4, -.6, -.8]]),
        new("wheeze", "wheeze on auscultation", ["none", "mild", "marked"], true, [.6, 0, -.8],
            [[.1, .1, -.4], [-.8, .5, .8], [.3, 0, -.5], [.6, -.3, -.8], [-1.2, .4, 1.2], [.9, -.5, -1]]),
        new("sputum", "sputum", ["none", "clear", "purulent"], true, [.4, .2, -.5],
            [[.1, .3, -.6], [-.6, .4, .5], [-.7, -.1, 1.1], [.5, -.1, -.6], [.1, .3, -.4], [.9, -.4, -1]]),
        new("leg-swelling", "swelling of the legs", ["none", "one-sided", "both-sided"], true, [.9, -1, -.6],
            [[-.9, -.1, 1.2], [.1, -.2, .1], [.2, -.1, -.2], [-.5, 1.3, -.1], [.5, -.3, -.6], [.6, -.3, -.8]]),
        new("chest-image", "chest X-ray", ["clear", "infiltrate", "congestion", "hyperinflation"], false,
            [.6, -.3, -.4, -.5],
            [[-.7, -.1, 1.4, -.6], [-.3, -.1, -.4, 1.3], [-.9, 1.5, -.2, -.4], [.5, .2, -.4, -.4], [.4, -.5, -.6, .6],
             [1.1, -.8, -.8, -.3]]),
    ];
}

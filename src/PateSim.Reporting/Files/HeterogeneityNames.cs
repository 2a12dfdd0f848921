using PateSim.Data.Federation;

namespace PateSim.Reporting.Files;

/// <summary>The measures of heterogeneity as results name them; docs/splits.md defines them.</summary>
public static class HeterogeneityNames
{
    public static IEnumerable<(string Name, double Value)> Of(Heterogeneity measures) =>
    [
        ("meanLabelDivergence", measures.MeanLabelDivergence),
        ("largestLabelDivergence", measures.LargestLabelDivergence),
        ("labelInformation", measures.LabelInformation),
        ("labelInformationIfAlike", measures.LabelInformationIfAlike),
        ("sizeGini", measures.SizeGini),
        ("effectiveHospitals", measures.EffectiveHospitals),
        ("meanClasses", measures.MeanClasses),
        ("smallestHospital", measures.SmallestHospital),
        ("medianHospital", measures.MedianHospital),
        ("largestHospital", measures.LargestHospital),
    ];
}

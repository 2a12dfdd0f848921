using System.Collections.Immutable;
using PateSim.Core.Features;

namespace PateSim.Learning.Saving;

/// <summary>A trained classifier with all that is needed to use it elsewhere.</summary>
/// <param name="Learner">Name of the component that trained it, such as "mlp".</param>
/// <param name="Features">Names of the features in their order, length d.</param>
/// <param name="Classes">Names of the classes, length c.</param>
/// <param name="Encoding">From raw records to the features; null where the features were made elsewhere.</param>
public sealed record SavedModel(
    IClassifier Classifier, string Learner, ImmutableArray<string> Features, ImmutableArray<string> Classes,
    RecordEncoding? Encoding)
{
    /// <summary>Whether a classifier is of a kind that can be saved and exported.</summary>
    public static bool CanSave(IClassifier classifier) => ModelContent.IsKnown(classifier);

    /// <summary>Class probabilities of raw records, shape [n, c].</summary>
    /// <exception cref="Core.InvalidInputException">A record does not fit the encoding.</exception>
    /// <exception cref="InvalidOperationException">The model was saved without its encoding.</exception>
    public float[] Probabilities(IReadOnlyList<IReadOnlyDictionary<string, string>> records)
    {
        if (Encoding is null) throw new InvalidOperationException("The model was saved without the encoding of records.");
        var features = Encoding.Encode(records);
        var probabilities = new float[features.Rows * Classes.Length];
        Classifier.Probabilities(features, probabilities);
        return probabilities;
    }
}

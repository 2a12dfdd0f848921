namespace PateSim.Learning.Networks;

/// <summary>Paragraphs that the descriptions of several learners share.</summary>
internal static class NetworkTexts
{
    public const string Body =
        "A hidden layer is: weights, normalisation, activation, dropout. GELU is ½z(1 + tanh(√(2/π)(z + 0.044715 z³))). "
        + "Batch normalisation uses the batch's statistics in training (ε = 1e-5) and otherwise running averages: the "
        + "plain average over the first ten batches, then a tenth of each new one; it needs batches of some records. Layer "
        + "normalisation scales each record over its units. Dropout keeps a unit with probability 1 − p, divided by "
        + "1 − p, in steps of 1/65,536.";

    public const string Rates =
        "The step size of epoch e is η times a factor: (e + 1)/(w + 1) in the w epochs of warm-up; after them 1, half a "
        + "cosine from 1 down towards 0 at the last epoch, or step-factor to the number of whole step-epochs gone.";
}

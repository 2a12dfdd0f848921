namespace PateSim.Learning.Calibration;

/// <summary>How probabilities are brought to mean what they say.</summary>
public enum CalibrationMethod
{
    /// <summary>They stay as the learner gives them.</summary>
    None,

    /// <summary>qₖ ∝ pₖ^(1/T): one number T for all classes, which changes no answer.</summary>
    Temperature,

    /// <summary>q = 1/(1 + e^{A s + B}) of the logit s, each class against the rest; may change answers.</summary>
    Platt,
}

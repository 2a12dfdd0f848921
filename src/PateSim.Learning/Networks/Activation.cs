namespace PateSim.Learning.Networks;

/// <summary>What a hidden unit does with its input z.</summary>
internal enum Activation
{
    /// <summary>max(z, 0)</summary>
    Relu,

    /// <summary>½z(1 + tanh(√(2/π)(z + 0.044715 z³))), the usual approximation of z·Φ(z).</summary>
    Gelu,

    /// <summary>tanh z</summary>
    Tanh,
}

/// <summary>How the inputs of an activation are brought to comparable scale.</summary>
internal enum Normalisation
{
    None,

    /// <summary>Each unit over the records of a batch.</summary>
    Batch,

    /// <summary>Each record over its units.</summary>
    Layer,
}

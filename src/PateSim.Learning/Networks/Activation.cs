namespace PateSim.Learning.Networks;

/// <summary>What a hidden unit does with its input z.</summary>
internal enum Activation
{
    /// <summary>max(z, 0)</summary>
    Relu,

    /// <summary>tanh z</summary>
    Tanh,
}

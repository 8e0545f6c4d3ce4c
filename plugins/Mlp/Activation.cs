namespace PluginGan.Plugins.Mlp;

/// <summary>What follows each hidden layer.</summary>
public enum Activation
{
    /// <summary>max(x, 0).</summary>
    Relu,

    /// <summary>max(x, 0.2 x).</summary>
    LeakyRelu,

    /// <summary>The greatest of several linear layers (arXiv:1302.4389).</summary>
    Maxout,
}

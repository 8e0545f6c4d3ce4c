using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginGan.Plugins.Mlp;

/// <summary>Options of <c>mlp</c>. The defaults are the networks of PacGAN's table of mixtures (arXiv:1712.04086), but for the discriminator's maxout.</summary>
public sealed class MlpOptions
{
    /// <summary>The generator's hidden widths.</summary>
    [Range(1, 65536)]
    [Description("The widths of the generator's hidden layers from the latent on; may be empty.")]
    public int[] GeneratorWidths { get; set; } = [400, 400, 400, 400];

    /// <summary>What follows the generator's hidden layers.</summary>
    [Description("What follows each hidden layer of the generator: relu, leakyRelu (slope 0.2) or maxout (arXiv:1302.4389).")]
    public Activation GeneratorActivation { get; set; } = Activation.Relu;

    /// <summary>Whether the generator's hidden layers are batch-normalised.</summary>
    [Description("Batch normalisation between each hidden layer of the generator and its activation.")]
    public bool GeneratorBatchNorm { get; set; } = true;

    /// <summary>The discriminator's hidden widths.</summary>
    [Range(1, 65536)]
    [Description("The widths of the discriminator's hidden layers from the sample on; may be empty.")]
    public int[] DiscriminatorWidths { get; set; } = [200, 200, 200];

    /// <summary>What follows the discriminator's hidden layers.</summary>
    [Description("What follows each hidden layer of the discriminator: relu, leakyRelu (slope 0.2) or maxout (arXiv:1302.4389).")]
    public Activation DiscriminatorActivation { get; set; } = Activation.LeakyRelu;

    /// <summary>The linear layers that each maxout layer takes the greatest of.</summary>
    [Range(1, 1024)]
    [Description("The linear pieces of a maxout layer: its weights are as many times those of another layer of its width.")]
    public int Pieces { get; set; } = 5;

    /// <summary>How many sines and as many cosines of a sample the discriminator sees beside it; 0 for none.</summary>
    [Range(0, 65536)]
    [Description("How many sines, and as many cosines, of each sample the discriminator sees beside it (Fourier features, arXiv:2006.10739): modes that are narrow beside the distance between them are found much sooner; 0 for none.")]
    public int Frequencies { get; set; }

    /// <summary>The lowest of their frequencies.</summary>
    [Range(1e-6, 1e6)]
    [Description("The lowest of these frequencies, in radians by unit of the data: about 1 by the extent of the data.")]
    public double LowestFrequency { get; set; } = 1;

    /// <summary>The highest of their frequencies.</summary>
    [Range(1e-6, 1e6)]
    [Description("The highest of these frequencies, in radians by unit of the data: about 1 by the deviation of the narrowest mode. Between the two they go in equal ratios.")]
    public double HighestFrequency { get; set; } = 10;

    /// <summary>The size of the latent without its code.</summary>
    [Range(0, 65536)]
    [Description("How many values of latentDistribution a sample is made from.")]
    public int Latent { get; set; } = 2;

    /// <summary>What these values are drawn from.</summary>
    [Description("What the latent is drawn from: normal (standard) or uniform (-1 to 1).")]
    public LatentDistribution LatentDistribution { get; set; } = LatentDistribution.Normal;

    /// <summary>What these values are multiplied by before the first layer.</summary>
    [Range(1e-6, 1e6)]
    [Description("What these values are multiplied by before the first layer: well below 1 they are learned more slowly than the code beside them, so that this says where a sample lies and they how it is spread there.")]
    public double LatentScale { get; set; } = 1;

    /// <summary>The categories of the code; 0 for none.</summary>
    [Range(0, 65536)]
    [Description("A one-hot choice of so many categories behind the latent (the code of InfoGAN, arXiv:1606.03657); 0 for none.")]
    public int Categorical { get; set; }

    /// <summary>The uniform values of the code; 0 for none.</summary>
    [Range(0, 65536)]
    [Description("So many uniform values (-1 to 1) behind the latent and the categories (the code of InfoGAN, arXiv:1606.03657); 0 for none.")]
    public int Continuous { get; set; }

    /// <summary>Whether the model is told the classes.</summary>
    [Description("Makes both networks class-conditional: the class is a further, one-hot input of each (arXiv:1411.1784). Needs labelled data.")]
    public bool Conditional { get; set; }

    /// <summary>The standard deviation of the initial weights; 0 for PyTorch's default.</summary>
    [Range(0.0, 100.0)]
    [Description("Initial weights are normal with this standard deviation and initial biases 0; 0 takes PyTorch's default for linear layers instead, uniform within 1/sqrt(inputs).")]
    public double Deviation { get; set; }
}

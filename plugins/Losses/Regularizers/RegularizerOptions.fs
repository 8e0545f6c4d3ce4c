namespace PluginGan.Plugins.Losses

open System.ComponentModel
open System.ComponentModel.DataAnnotations

type GradientPenaltyOptions() =
    [<Range(0.0, 1000.0)>]
    [<Description("The gradient norm that the penalty pulls towards.")>]
    member val Target = 1.0 with get, set

type DraganOptions() =
    [<Range(0.0, 1000.0)>]
    [<Description("The gradient norm that the penalty pulls towards.")>]
    member val Target = 1.0 with get, set

    [<Range(0.0, 100.0, MinimumIsExclusive = true)>]
    [<Description("How far from the data the penalty looks: the greatest perturbation, in standard deviations of the batch.")>]
    member val Reach = 0.5 with get, set

type WeightClippingOptions() =
    [<Range(0.0, 1000.0, MinimumIsExclusive = true)>]
    [<Description("Every weight of the discriminator is kept between minus and plus this.")>]
    member val Limit = 0.01 with get, set

type LeCamOptions() =
    [<Range(0.0, 1.0, MaximumIsExclusive = true)>]
    [<Description("The share that the moving averages of the logits keep in each update.")>]
    member val Decay = 0.99 with get, set

type ConsistencyOptions() =
    [<Description("Whether images are mirrored, each with probability 1/2. Turn it off where left and right mean something, as in digits.")>]
    member val Flip = true with get, set

    [<Range(0.0, 0.5)>]
    [<Description("The furthest that an image is moved up, down, left or right, as a share of its height or width.")>]
    member val Shift = 0.125 with get, set

type BalancedConsistencyOptions() =
    inherit ConsistencyOptions()

    [<Range(0.0, 1000.0)>]
    [<Description("The weight of the term on real samples, multiplied by the regularizer's weight.")>]
    member val RealWeight = 1.0 with get, set

    [<Range(0.0, 1000.0)>]
    [<Description("The weight of the term on generated samples, multiplied by the regularizer's weight.")>]
    member val FakeWeight = 1.0 with get, set

/// In which space means are compared.
type DistanceSpace =
    /// The samples themselves: no discriminator is needed.
    | Samples = 0
    /// The discriminator's head "features".
    | Features = 1

/// How the gap between two means is measured.
type DistanceMetric =
    | Euclidean = 0
    /// In units of the spread of the real batch in each direction.
    | Mahalanobis = 1

type MeanDistanceOptions() =
    [<Description("What is compared: samples, or the features that the discriminator sees in them (head 'features').")>]
    member val Space = DistanceSpace.Samples with get, set

    [<Description("euclidean, or mahalanobis: in units of the spread of the real batch in each direction, by its shrunk covariance.")>]
    member val Metric = DistanceMetric.Euclidean with get, set

type PathLengthOptions() =
    [<Range(0.0, 1.0, MaximumIsExclusive = true)>]
    [<Description("The share that the moving average of the path lengths, the target, keeps in each update.")>]
    member val Decay = 0.99 with get, set

    [<Range(1, 1024)>]
    [<Description("The penalty is computed on the batch size divided by this, to save time and memory.")>]
    member val BatchShrink = 2 with get, set

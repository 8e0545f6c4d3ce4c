using TorchSharp;
using static PluginGan.Scalars;
using static TorchSharp.torch;

namespace PluginGan.Plugins.CycleGan;

/// <summary>
/// Generated images of earlier iterations for a discriminator (arXiv:1612.07828, section 2.3, as CycleGAN uses it, arXiv:1703.10593, section 4): the first images fill the pool and are shown as they come; of the later ones every
/// second, by chance, takes the place of a stored one, which is shown instead of it. A batch is exchanged as if its images came one after the other, but at once and on the device, which nothing waits for.
/// </summary>
internal sealed class ImagePool : nn.Module
{
    private static readonly Scalar One = 1L;
    private static readonly Scalar First = 0L;
    private static readonly Scalar Nowhere = -1L;

    private readonly long size;
    private readonly Scalar full;
    private readonly Tensor images;
    private readonly Tensor seen;

    /// <param name="size">How many images it holds, at least 1.</param>
    /// <param name="shape">The shape of one.</param>
    public ImagePool(int size, IReadOnlyList<long> shape)
        : base(nameof(ImagePool))
    {
        (this.size, full) = (size, (long)size);
        images = zeros([size, .. shape]);
        seen = zeros([], ScalarType.Int64);
        RegisterComponents();
        images.DetachFromDisposeScope();
        seen.DetachFromDisposeScope();
    }

    /// <summary>Hands in new images, [N, ...], and takes as many out, without gradients. Draws from <see cref="Draws"/>.</summary>
    public Tensor Exchange(Tensor batch)
    {
        var (count, device) = (batch.shape[0], batch.device);
        return Exchange(batch, Draws.Integers(count, [], size, device), Draws.Uniform(count, [], device).lt(Scalars.Half));
    }

    /// <summary>The same with what is drawn given.</summary>
    /// <param name="batch">[N, ...].</param>
    /// <param name="drawn">A place in the pool for each image, int64 [N].</param>
    /// <param name="chosen">Whether an image is exchanged once the pool is full, bool [N].</param>
    public Tensor Exchange(Tensor batch, Tensor drawn, Tensor chosen)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var incoming = batch.detach().to(images.dtype);
        var number = Numbers(batch.shape[0], batch.device);
        var position = number.add(seen, One);
        var filling = position.lt(full);
        var place = where(filling, position, drawn);
        var stays = filling.logical_or(chosen);

        // Whichever image of this batch was the last to be stored in a place before the i-th came to it.
        var sameBefore = place.unsqueeze(1).eq(place.unsqueeze(0)).logical_and(stays).tril(-1);
        var stored = Chosen(sameBefore, number, incoming, images.index_select(0, place));
        var leaves = Along(chosen.logical_and(filling.logical_not()), incoming);
        var outgoing = where(leaves, stored, incoming).MoveToOuterDisposeScope();

        // And the last one of all in each place is what the pool keeps.
        images.copy_(Chosen(Numbers(size, batch.device).unsqueeze(1).eq(place.unsqueeze(0)).logical_and(stays), number, incoming, images));
        using Scalar more = batch.shape[0];
        seen.add_(more, One);
        return outgoing;
    }

    // For each row of [M, N] the last image of the batch that is marked in it, and where there is none, what is otherwise there: [M, ...].
    private static Tensor Chosen(Tensor marked, Tensor number, Tensor batch, Tensor otherwise)
    {
        var last = number.unsqueeze(0).masked_fill(marked.logical_not(), Nowhere).amax([1]);
        return where(Along(last.ge(First), batch), batch.index_select(0, last.clamp_min(First)), otherwise);
    }

    // 0 to count - 1. TorchSharp's arange makes Scalars that are garbage at once.
    private static Tensor Numbers(long count, Device device) => ones([count], ScalarType.Int64, device).cumsum(0).sub(One);

    // [N] as [N, 1, ...]
    private static Tensor Along(Tensor flags, Tensor images) => flags.reshape([-1, .. Enumerable.Repeat(1L, (int)images.dim() - 1)]);
}

using System.Threading.Channels;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>Reads batches ahead on another thread. What counts as consumed is what was handed out, not what was read ahead.</summary>
internal sealed class StreamingSource(Dataset dataset, ulong seed, Device device) : BatchSource(dataset, seed, device)
{
    private const int ReadAhead = 3;

    private CancellationTokenSource stop = new();
    private Channel<Batch>? batches;
    private Task reading = Task.CompletedTask;
    private int size;

    public override bool ReadsAhead => true;

    public override Batch Next(int count)
    {
        if (batches is null || count != size)
            Start(count);
        using var stored = Receive();
        using var scope = NewDisposeScope();
        var batch = Scaling.Scale(stored, Spec, Device);
        batch.Samples.MoveToOuterDisposeScope();
        batch.Condition?.MoveToOuterDisposeScope();
        Consumed += count;
        return batch;
    }

    public override void Resume(long consumed)
    {
        Halt();
        base.Resume(consumed);
    }

    public override void Dispose()
    {
        Halt();
        stop.Dispose();
    }

    private Batch Receive()
    {
        try
        {
            return batches!.Reader.ReadAsync().AsTask().GetAwaiter().GetResult();
        }
        catch (ChannelClosedException closed) when (closed.InnerException is { } cause)
        {
            throw cause is OperationCanceledException ? cause : cause is ComponentException known ? new ComponentException(known.Message, known) : new IOException($"reading the data failed: {cause.Message}", cause);
        }
    }

    private void Start(int count)
    {
        Halt();
        size = count;
        var channel = Channel.CreateBounded<Batch>(ReadAhead);
        batches = channel;
        var (position, token) = (Consumed, stop.Token);
        reading = Task.Run(() => ReadAll(channel.Writer, position, count, token), CancellationToken.None);
    }

    private async Task ReadAll(ChannelWriter<Batch> writer, long position, int count, CancellationToken token)
    {
        try
        {
            using var order = new ShuffledOrder(Dataset.Count, Seed, CPU);
            while (!token.IsCancellationRequested)
            {
                var batch = Read(order, position, count);
                try
                {
                    await writer.WriteAsync(batch, token).ConfigureAwait(false);
                }
                catch (OperationCanceledException)
                {
                    batch.Dispose();
                }
                position += count;
            }
            writer.Complete();
        }
        catch (Exception error)
        {
            writer.Complete(error);
        }
    }

    private Batch Read(ShuffledOrder order, long position, int count)
    {
        using var scope = NewDisposeScope();
        var seed = Seeds.Of(Seed, "read", position);
        var batch = Dataset is IDrawsBatches draws ? draws.Draw(count, seed) : Dataset.Read(order.Take(position, count).data<long>().ToArray(), seed);
        return new Batch(Keep(batch.Samples), batch.Condition is { } condition ? Keep(condition) : null);
    }

    // Pinned where a GPU is to fetch it: only then does the copy run beside the training.
    private Tensor Keep(Tensor tensor) => (Device.type == DeviceType.CUDA ? tensor.pin_memory() : tensor).DetachFromDisposeScope();

    private void Halt()
    {
        stop.Cancel();
        while (batches is not null && (!reading.IsCompleted || batches.Reader.TryPeek(out _)))
        {
            if (batches.Reader.TryRead(out var unused))
                unused.Dispose();
            else
                reading.Wait(TimeSpan.FromMilliseconds(1));
        }
        batches = null;
        stop.Dispose();
        stop = new CancellationTokenSource();
    }
}

using System.Net;
using System.Net.Http.Headers;

namespace PluginGan.Plugins.Mnist.Collections;

/// <summary>Fetches files over HTTP, and resumes what was interrupted.</summary>
internal sealed class Download(IProgress<ComponentProgress>? progress, CancellationToken cancellation) : IDisposable
{
    private const int Attempts = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient client = new() { Timeout = Patience };

    /// <summary>Completes <paramref name="partial"/>, which may hold the beginning of the file from an earlier attempt.</summary>
    /// <exception cref="HttpRequestException">The server cannot be reached or refuses.</exception>
    /// <exception cref="IOException">The transfer broke off repeatedly, or the disk refuses; what came is kept.</exception>
    public async Task FetchAsync(Uri source, string partial)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await ContinueAsync(source, partial);
                return;
            }
            catch (IOException) when (attempt < Attempts)
            {
                // Broken off: the next attempt goes on where this one ended.
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private async Task ContinueAsync(Uri source, string partial)
    {
        var held = File.Exists(partial) ? new FileInfo(partial).Length : 0;
        using var request = new HttpRequestMessage(HttpMethod.Get, source);
        if (held > 0)
            request.Headers.Range = new RangeHeaderValue(held, null);

        using var response = await WithinPatience(token => client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token));
        if (held > 0 && response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
            return; // Nothing is left to fetch; whether the file is right is for the caller to verify.
        response.EnsureSuccessStatusCode();

        // A server may answer with the whole file though the rest was asked for.
        var from = response.Content.Headers.ContentRange?.From ?? 0;
        if (from != held && from > 0)
            throw new HttpRequestException($"the bytes from {held} were asked for, but those from {from} came");
        await using var file = new FileStream(partial, from > 0 ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.None);
        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        var total = from + response.Content.Headers.ContentLength;
        var buffer = new byte[1 << 16];
        while (await WithinPatience(token => body.ReadAsync(buffer, token).AsTask()) is var read and > 0)
        {
            await file.WriteAsync(buffer.AsMemory(0, read), cancellation);
            progress?.Report(new ComponentProgress($"downloading {Path.GetFileName(source.LocalPath)}", file.Length, total));
        }
    }

    /// <summary>A server that stays silent for too long counts as a transfer that broke off.</summary>
    private async Task<T> WithinPatience<T>(Func<CancellationToken, Task<T>> work)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(Patience);
        try
        {
            return await work(deadline.Token);
        }
        catch (OperationCanceledException error) when (!cancellation.IsCancellationRequested)
        {
            throw new IOException($"the server stayed silent for {Patience.TotalSeconds:0} seconds", error);
        }
    }
}

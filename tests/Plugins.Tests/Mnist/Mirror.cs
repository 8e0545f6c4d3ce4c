using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace PluginGan.Plugins.Tests.Mnist;

/// <summary>A web server on the loopback that serves files with ranges, and breaks off where it is told to.</summary>
internal sealed class Mirror : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly Task serving;

    public Mirror()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/data/");
        }
        listener.Prefixes.Add(Address.AbsoluteUri);
        listener.Start();
        serving = Task.Run(Serve);
    }

    public Uri Address { get; }

    public Dictionary<string, byte[]> Files { get; } = [];

    /// <summary>The next transfers end after so many bytes each.</summary>
    public ConcurrentQueue<int> BreakOffs { get; } = [];

    public bool IgnoresRanges { get; set; }

    /// <summary>File name and range of each request.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    public void Dispose()
    {
        listener.Close();
        // Closing does not always end a request that is waited for; the test is over all the same.
        serving.Wait(TimeSpan.FromSeconds(2));
    }

    private async Task Serve()
    {
        while (listener.IsListening)
        {
            try
            {
                await Answer(await listener.GetContextAsync());
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                // Closed, or the client went away.
            }
        }
    }

    private async Task Answer(HttpListenerContext exchange)
    {
        var name = exchange.Request.Url!.Segments[^1];
        var range = exchange.Request.Headers["Range"];
        Requests.Enqueue($"{name} {range}".Trim());
        var response = exchange.Response;
        if (!Files.TryGetValue(name, out var content))
        {
            response.StatusCode = 404;
            response.Close();
            return;
        }
        var from = range is null || IgnoresRanges ? 0 : int.Parse(range["bytes=".Length..^1]);
        if (from >= content.Length)
        {
            response.StatusCode = 416;
            response.Close();
            return;
        }
        if (from > 0)
        {
            response.StatusCode = 206;
            response.Headers["Content-Range"] = $"bytes {from}-{content.Length - 1}/{content.Length}";
        }
        response.ContentLength64 = content.Length - from;
        var breaksOff = BreakOffs.TryDequeue(out var end);
        await response.OutputStream.WriteAsync(content.AsMemory(from, breaksOff ? end : content.Length - from));
        await response.OutputStream.FlushAsync();
        if (breaksOff)
            response.Abort();
        else
            response.Close();
    }
}

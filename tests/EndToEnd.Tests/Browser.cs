using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace PluginGan.EndToEnd.Tests;

/// <summary>A headless Chromium with one page, driven by the DevTools protocol. It notes whatever the page complains of and asks for.</summary>
internal sealed partial class Browser : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo profile = Directory.CreateTempSubdirectory("plugingan-browser-");
    private readonly Process process;
    private readonly ClientWebSocket socket = new();
    private int asked;

    private Browser(Process process) => this.process = process;

    /// <summary>Messages of the console, errors, refusals of the page's policy and dialogs.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>The addresses that were asked for, without those that hold their content themselves.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Opens a file. The test is ignored where there is no Chromium.</summary>
    public static Browser Open(string file, int width = 1280, int height = 900, string scheme = "light")
    {
        var program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
        if (program is null)
            Assert.Ignore("there is no Chromium on this machine");
        var browser = Start(program!);
        try
        {
            browser.Connect();
            foreach (var domain in (string[])["Page", "Runtime", "Log", "Network"])
                browser.Ask($"{domain}.enable");
            browser.Ask("Emulation.setDeviceMetricsOverride", new { width, height, deviceScaleFactor = 1, mobile = width < 600 });
            browser.Ask("Emulation.setEmulatedMedia", new { features = new[] { new { name = "prefers-color-scheme", value = scheme } } });
            browser.Ask("Page.navigate", new { url = new Uri(file).AbsoluteUri });
            browser.Until("document.readyState === 'complete'");
            return browser;
        }
        catch
        {
            browser.Dispose();
            throw;
        }
    }

    /// <summary>The value of an expression within the page.</summary>
    public T Value<T>(string expression)
    {
        var result = Ask("Runtime.evaluate", new { expression, returnByValue = true, awaitPromise = true });
        return result["exceptionDetails"] is { } error
            ? throw new AssertionException($"{expression}: {error["exception"]?["description"]}")
            : result["result"]!["value"].Deserialize<T>()!;
    }

    /// <summary>Waits for what the page does in its own time.</summary>
    public void Until(string condition)
    {
        for (var waiting = Stopwatch.StartNew(); !Value<bool>(condition); Thread.Sleep(20))
            if (waiting.Elapsed > Patience)
                throw new AssertionException($"never came true: {condition}");
    }

    public void Click(string selector) => Value<bool>($"(document.querySelector({JsonSerializer.Serialize(selector)}).click(), true)");

    /// <summary>What a mouse does at a point of the window.</summary>
    public void Mouse(string type, double x, double y, int clicks = 1) =>
        Ask("Input.dispatchMouseEvent", new { type, x, y, button = type == "mouseMoved" ? "none" : "left", buttons = type == "mouseReleased" ? 0 : 1, clickCount = clicks });

    public void Press(string key)
    {
        Ask("Input.dispatchKeyEvent", new { type = "keyDown", key, code = key });
        Ask("Input.dispatchKeyEvent", new { type = "keyUp", key, code = key });
    }

    /// <summary>The window as a PNG file.</summary>
    public byte[] Screenshot() => Convert.FromBase64String(Ask("Page.captureScreenshot")["data"]!.GetValue<string>());

    public void Dispose()
    {
        socket.Dispose();
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
        profile.Delete(recursive: true);
    }

    private static Browser Start(string program)
    {
        var process = new Process { StartInfo = new ProcessStartInfo(program) { RedirectStandardError = true, RedirectStandardOutput = true } };
        var browser = new Browser(process);
        foreach (var argument in (string[])["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--remote-debugging-port=0", $"--user-data-dir={browser.profile.FullName}", "about:blank"])
            process.StartInfo.ArgumentList.Add(argument);
        process.OutputDataReceived += (_, _) => { };
        process.Start();
        process.BeginOutputReadLine();
        return browser;
    }

    private void Connect()
    {
        var port = "";
        while (process.StandardError.ReadLine() is { } line)
            if (Listening().Match(line) is { Success: true } found)
            {
                port = found.Groups[1].Value;
                break;
            }
        // What it writes from now on must not fill the pipe.
        _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null);
        using var client = new HttpClient();
        var pages = JsonNode.Parse(client.GetStringAsync(new Uri($"http://127.0.0.1:{port}/json")).GetAwaiter().GetResult())!.AsArray();
        var address = pages.First(page => page!["type"]!.GetValue<string>() == "page")!["webSocketDebuggerUrl"]!.GetValue<string>();
        using var patience = new CancellationTokenSource(Patience);
        socket.ConnectAsync(new Uri(address), patience.Token).GetAwaiter().GetResult();
    }

    private JsonNode Ask(string method, object? parameters = null)
    {
        var number = ++asked;
        using var patience = new CancellationTokenSource(Patience);
        socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(new { id = number, method, @params = parameters ?? new { } }), WebSocketMessageType.Text, true, patience.Token).GetAwaiter().GetResult();
        while (true)
        {
            var message = Receive(patience.Token);
            if (message["id"]?.GetValue<int>() == number)
                return message["result"] ?? throw new AssertionException($"{method}: {message["error"]}");
            Note(message);
        }
    }

    private JsonNode Receive(CancellationToken patience)
    {
        using var whole = new MemoryStream();
        var buffer = new byte[1 << 16];
        while (true)
        {
            var part = socket.ReceiveAsync(buffer, patience).GetAwaiter().GetResult();
            whole.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
                return JsonNode.Parse(whole.ToArray())!;
        }
    }

    private void Note(JsonNode message)
    {
        switch (message["method"]?.GetValue<string>())
        {
            case "Runtime.consoleAPICalled" or "Runtime.exceptionThrown" or "Log.entryAdded" or "Page.javascriptDialogOpening":
                Complaints.Add(message["params"]!.ToJsonString());
                break;
            case "Network.requestWillBeSent" when message["params"]!["request"]!["url"]!.GetValue<string>() is var address && !address.StartsWith("data:", StringComparison.Ordinal):
                Requests.Add(address);
                break;
        }
    }

    [GeneratedRegex(@"DevTools listening on ws://127\.0\.0\.1:(\d+)/")]
    private static partial Regex Listening();
}

using PluginGan.Training;

namespace PluginGan.Host.Reports.Sections;

/// <summary>Where everything comes from.</summary>
internal static class ProvenanceSection
{
    public static Html Of(ReportContent content) => Html.Of($"""
        <p class="statement">The generated samples in this report are synthetic: they were made by a trained model. Digital source type
        <code>trainedAlgorithmicMedia</code> of the IPTC vocabulary (cv.iptc.org/newscodes/digitalsourcetype). Real samples are shown for comparison.</p>
        {(content.Manifest is { } manifest ? Of(manifest, content) : Html.Empty)}
        <h3>Files of the run</h3>
        <div class="wide"><table><thead><tr><th scope="col">File</th><th scope="col" class="number">Size</th><th scope="col">SHA-256</th></tr></thead>
        <tbody>{content.Files.Select(file => Html.Of($"""<tr><th scope="row">{file.Name}</th><td class="number">{ByteText.Of(file.Bytes)}</td><td><code>{file.Sha256}</code></td></tr>"""))}</tbody></table></div>
        {(content.Notes.Count == 0 ? Html.Empty : Html.Of($"""<h3>Not on this page</h3><ul>{content.Notes.Select(note => Html.Of($"<li>{note}</li>"))}</ul>"""))}
        """);

    private static Html Of(RunManifest manifest, ReportContent content) => Html.Of($"""
        <dl class="facts">{Facts(manifest, content).Select(fact => Html.Of($"""<div><dt>{fact.Name}</dt><dd>{fact.Value}</dd></div>"""))}</dl>
        <h3>Command</h3>
        <div class="code"><button type="button" class="copy" data-copy="command-text" hidden>Copy</button><pre id="command-text" tabindex="0" aria-label="Command">{manifest.Command}</pre></div>
        <h3>Plugins</h3>
        <div class="wide"><table><thead><tr><th scope="col">Plugin</th><th scope="col">Version</th><th scope="col">SHA-256 of its files</th></tr></thead>
        <tbody>{manifest.Plugins.Select(plugin => Html.Of($"""<tr><th scope="row">{plugin.Name}</th><td><code>{plugin.Version}</code></td><td><code>{plugin.Sha256}</code></td></tr>"""))}</tbody></table></div>
        """);

    private static IEnumerable<(string Name, string Value)> Facts(RunManifest manifest, ReportContent content)
    {
        yield return ("PluginGan", manifest.Version);
        yield return ("Torch", manifest.Torch);
        yield return ("Machine", manifest.Machine);
        yield return ("Device", $"{manifest.Device}, {manifest.Threads} {(manifest.Threads == 1 ? "thread" : "threads")}");
        yield return ("Created", Texts.Time(manifest.Created));
        if (content.Summary.LastEvent is { } last)
            yield return ("Last event", Texts.Time(last));
        if (content.Recipe.Seed is { } seed)
            yield return ("Seed", $"{seed}, draws of version {manifest.Draws}");
        yield return ("Data", $"{manifest.Data.Sample}");
        if (manifest.Fingerprint is { } data)
        {
            var files = data.Files == 0 ? "" : $" in {Texts.Count(data.Files)} files, {ByteText.Of(data.Bytes)}";
            var hash = data.Sha256 is { } sha256 ? $", SHA-256 {sha256}" : "";
            yield return ("Training data", $"{Texts.Count(data.Count)} samples{files}{hash}");
        }
        if (content.Summary.Checkpoint is { } checkpoint)
            yield return ("Last checkpoint", $"iteration {Texts.Count(checkpoint)}");
    }
}

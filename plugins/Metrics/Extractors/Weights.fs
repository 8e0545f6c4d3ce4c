namespace PluginGan.Plugins.Metrics

open System
open System.IO
open System.Security.Cryptography
open PluginGan
open TorchSharp

/// What tells the weights of one extractor from those of another.
module internal Weights =

    /// The SHA-256 of a network's state dictionary as safetensors, in lower-case hexadecimal.
    let fingerprint (network: torch.nn.Module) =
        use stream = new MemoryStream()
        Safetensors.Write(stream, network.state_dict ())
        stream.ToArray() |> SHA256.HashData |> Convert.ToHexStringLower

namespace PluginGan.Plugins.Metrics

open System
open System.ComponentModel
open System.ComponentModel.DataAnnotations
open System.IO
open System.Runtime.InteropServices
open System.Security.Cryptography
open PluginGan
open TorchSharp

/// The values of pixels that a network was trained on.
type PixelRange =
    /// -1 to 1.
    | Signed = 0
    /// 0 to 1.
    | Unit = 1
    /// 0 to 255.
    | Bytes = 2

/// What a network's one output is.
type ScriptOutput =
    /// Features.
    | Features = 0
    /// Class logits, which then serve as features too.
    | Logits = 1

type TorchScriptOptions() =
    [<Required>]
    [<LocalPath>]
    [<Description("The TorchScript file, its path relative to the working folder: a module of images [N, C, H, W] that gives features, logits, or the pair of both.")>]
    member val Path = "" with get, set

    [<Range(0, 4096)>]
    [<Description("The height and width that the network takes; 0 for images as they are.")>]
    member val Size = 299 with get, set

    [<Description("How images are resized: as Pillow and clean-fid, as pytorch-fid, or as TensorFlow 1 and the first implementation of FID.")>]
    member val Resize = Resizing.PillowBicubic with get, set

    [<Range(1, 1024)>]
    [<Description("The channels that the network takes; grey images are repeated.")>]
    member val Channels = 3 with get, set

    [<Description("The values of pixels that the network takes, before mean and deviation.")>]
    member val Range = PixelRange.Signed with get, set

    [<Description("What is subtracted from each channel; empty for nothing.")>]
    member val Mean: float[] = [||] with get, set

    [<Range(0.0, 1e9, MinimumIsExclusive = true)>]
    [<Description("What each channel is then divided by; empty for nothing.")>]
    member val Deviation: float[] = [||] with get, set

    [<Description("What the network gives where it gives one tensor.")>]
    member val Output = ScriptOutput.Features with get, set

/// Any network that was saved as TorchScript, such as an Inception-v3 that the user has.
type TorchScript(options: TorchScriptOptions, data: DataSpec | null) =
    inherit FeatureExtractor()

    /// Images that the network sees at once: those of Inception are large.
    static let chunk = 50L

    static let refuse reason : 'T = raise (ComponentException reason)

    let input =
        match data with
        | Null -> refuse "takes its size from the data, but no data was given: name it together with a dataset"
        | NonNull data ->
            match data.Sample with
            | :? ImageSpec as images when images.Channels = 1 || images.Channels = options.Channels -> images
            | :? ImageSpec as images ->
                refuse
                    $"has a network for {options.Channels} channels, and the data has {images.Channels}; set 'channels' to what the network takes"
            | other -> refuse $"takes images, but the data is {other}"

    let perChannel name (values: float[]) =
        match values.Length with
        | 0 -> null
        | length when length = options.Channels -> (torch.tensor (values, torch.float32)).view(1L, -1L, 1L, 1L).DetachFromDisposeScope()
        | length -> refuse $"has {options.Channels} channels, but '{name}' holds {length} numbers; give one for each channel"

    let mean = perChannel "mean" options.Mean
    let deviation = perChannel "deviation" options.Deviation

    let file =
        match DataFile.OtherKind options.Path with
        | Null -> ()
        | NonNull kind -> refuse $"cannot read 'path': '{options.Path}' is {kind}; name a file"

        try
            File.ReadAllBytes options.Path
        with
        | :? IOException
        | :? UnauthorizedAccessException as error -> refuse $"cannot read '{Path.GetFullPath options.Path}': {error.Message}"

    let fingerprint = file |> SHA256.HashData |> Convert.ToHexStringLower

    let reasonOf (error: Exception) =
        let lines =
            error.Message.Split('\n', StringSplitOptions.TrimEntries ||| StringSplitOptions.RemoveEmptyEntries)

        // Behind the trace of a failing operation stands its reason.
        lines
        |> Array.tryFind _.StartsWith("RuntimeError: ", StringComparison.Ordinal)
        |> Option.orElse (Array.tryHead lines)
        |> Option.map _.Replace("RuntimeError: ", "")
        |> Option.defaultValue ""

    let network =
        try
            torch.jit.load options.Path
        with :? ExternalException as error ->
            refuse $"cannot load '{options.Path}', which is no TorchScript module: {reasonOf error}"

    let ranged (samples: torch.Tensor) =
        match options.Range with
        | PixelRange.Signed -> samples
        | PixelRange.Unit -> (samples + 1f) / 2f
        | _ -> (samples + 1f) * 127.5f

    let standardised (samples: torch.Tensor) =
        let centred =
            match mean with
            | Null -> samples
            | NonNull mean -> samples - mean.``to`` samples.device

        match deviation with
        | Null -> centred
        | NonNull deviation -> centred / deviation.``to`` samples.device

    let prepared (samples: torch.Tensor) =
        let coloured =
            if samples.shape[1] = int64 options.Channels then
                samples
            else
                samples.expand (-1L, int64 options.Channels, -1L, -1L)

        let sized =
            if options.Size = 0 then
                coloured
            else
                Resizing.apply options.Resize (int64 options.Size) coloured

        standardised (ranged sized)

    let wrong what =
        refuse $"expects features [N, D], logits [N, K] or a pair of both from '{options.Path}', but it gives {what}"

    let flat (output: torch.Tensor) =
        if output.dim () < 2L then
            wrong $"""a tensor of shape [{String.Join(", ", output.shape)}]"""
        else
            output.flatten(1L).``to`` torch.float32

    let run (samples: torch.Tensor) : struct (torch.Tensor * torch.Tensor | null) =
        match network.call [| box (prepared samples) |] with
        | :? torch.Tensor as output when options.Output = ScriptOutput.Logits -> struct (flat output, flat output)
        | :? torch.Tensor as output -> struct (flat output, null)
        | :? (struct (torch.Tensor * torch.Tensor)) as pair ->
            let struct (features, logits) = pair
            struct (flat features, flat logits)
        | other -> wrong $"a {other.GetType().Name}"

    // A network that does not take these images is found out before anything is trained.
    let dimension =
        use _ = torch.NewDisposeScope()
        use _ = torch.no_grad ()
        network.eval ()
        let tried = 2L

        try
            let struct (features, _) =
                run (torch.zeros [| tried; int64 input.Channels; int64 input.Height; int64 input.Width |])

            if features.shape[0] <> tried then
                wrong $"{features.shape[0]} rows for {tried} images"

            int features.shape[1]
        with :? ExternalException as error ->
            refuse $"cannot run '{options.Path}' on images of {options.Channels} channels and size {options.Size}: {reasonOf error}"

    override _.Input = input
    override _.Dimension = dimension
    override _.State = network
    override _.Fingerprint = fingerprint

    override _.Preparation =
        let list (values: float[]) = String.Join(", ", values)

        [
            $"{options.Channels} channels"
            if options.Size > 0 then
                $"{options.Size}×{options.Size} by {options.Resize}"
            $"range {options.Range}"
            if options.Mean.Length > 0 then
                $"mean {list options.Mean}"
            if options.Deviation.Length > 0 then
                $"deviation {list options.Deviation}"
            $"output {options.Output}"
        ]
        |> String.concat ", "
        |> _.ToLowerInvariant()

    override _.Extract samples =
        let outputs =
            [|
                for first in 0L .. chunk .. samples.shape[0] - 1L -> run (samples.narrow (0L, first, min chunk (samples.shape[0] - first)))
            |]

        let features = torch.cat ([| for struct (features, _) in outputs -> features |], 0L)

        let logits =
            [|
                for struct (_, logits) in outputs do
                    match logits with
                    | NonNull logits -> logits
                    | Null -> ()
            |]

        FeatureOutput(features, (if logits.Length = 0 then null else torch.cat (logits, 0L)))

    override _.Dispose disposing =
        for constant in [ mean; deviation ] do
            match constant with
            | NonNull tensor -> tensor.Dispose()
            | Null -> ()

        base.Dispose disposing

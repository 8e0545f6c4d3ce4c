namespace PluginGan.Plugins.Losses

open TorchSharp
open type TorchSharp.torch

/// Numbers that a component remembers on the device: named scalar buffers, float32, 0 at first.
type RememberedNumbers(name: string, numbers: string list) as this =
    inherit nn.Module(name)

    do
        for number in numbers do
            this.register_buffer (number, zeros([||]).DetachFromDisposeScope())

    // Asked for each time: a move to another device puts other tensors in their place.
    member _.Item
        with get (number: string) =
            match this.get_buffer number with
            | Null -> invalidArg (nameof number) $"no number '{number}' is remembered"
            | NonNull buffer -> buffer

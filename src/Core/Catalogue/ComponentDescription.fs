namespace PluginGan.Core

open System.Collections.Generic
open PluginGan

/// What the host knows of a component without building it. Serialises with System.Text.Json, so that it can be kept between starts.
type ComponentDescription =
    {
        /// What the component is for.
        Kind: ComponentKind
        /// What its plugin registered it with.
        Info: ComponentInfo
        /// The name of that plugin.
        Plugin: string
        /// Its options in the order in which they are shown.
        Options: IReadOnlyList<OptionDescription>
    }

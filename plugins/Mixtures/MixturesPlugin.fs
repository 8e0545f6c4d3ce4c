namespace PluginGan.Plugins.Mixtures

open PluginGan

/// Mixtures of Gaussians in the plane, on which lost modes can be counted. The defaults are the set-ups of the literature.
type MixturesPlugin() =

    let describe name summary =
        ComponentInfo(
            name,
            summary,
            Samples = [| SampleKind.Vector |],
            Conditions = [| ConditionKind.None; ConditionKind.Classes |],
            Effects =
                [|
                    OptionEffect([| OptionIs("labels", "true") |], Conditions = [| ConditionKind.Classes |])
                    OptionEffect([| OptionIs("labels", "false") |], Conditions = [| ConditionKind.None |])
                |],
            Source = "arXiv:1712.04086"
        )

    interface IGanPlugin with
        member _.Register components =
            components.Dataset<RingOptions>(
                describe "mixture-ring" "Eight Gaussians on a circle, in the plane.",
                fun options _ -> Mixture.draw options (Modes.ring options)
            )

            components.Dataset<GridOptions>(
                describe "mixture-grid" "Twenty-five Gaussians on a square lattice, in the plane.",
                fun options _ -> Mixture.draw options (Modes.grid options)
            )

namespace PluginGan.Plugins.Metrics

open Microsoft.Extensions.Logging
open PluginGan

/// Evaluators of generated samples and the feature extractors that they work with.
type MetricsPlugin() =
    interface IGanPlugin with
        member _.Register components =
            components.Evaluator<FidOptions>(
                ComponentInfo(
                    "fid",
                    "Fréchet distance of real and generated samples in the features of an extractor.",
                    Source = "arXiv:1706.08500"
                ),
                fun options context -> Evaluators.fid options (context.LoggerFactory.CreateLogger "fid")
            )

            components.Evaluator<ClassCoverageOptions>(
                ComponentInfo(
                    "class-coverage",
                    "Whether all classes are generated, as they were asked for, and as clearly as in real samples."
                ),
                fun options _ -> Evaluators.classCoverage options
            )

            components.FeatureExtractor<LenetFashionOptions>(
                ComponentInfo(
                    "lenet-fashion",
                    "A small classifier fitted on Fashion-MNIST: 96 features, 10 classes.",
                    Samples = [| SampleKind.Image |]
                ),
                fun options _ -> new LenetFashion(options)
            )

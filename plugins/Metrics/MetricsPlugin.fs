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
                fun options _ -> Fid.evaluator options
            )

            components.Evaluator<KidOptions>(
                ComponentInfo(
                    "kid",
                    "Kernel distance of real and generated samples in the features of an extractor.",
                    Source = "arXiv:1801.01401"
                ),
                fun options _ -> Kid.evaluator options
            )

            components.Evaluator<InceptionScoreOptions>(
                ComponentInfo(
                    "inception-score",
                    "Whether generated samples are of clear and of many classes, by the logits of an extractor.",
                    Source = "arXiv:1606.03498"
                ),
                fun options _ -> InceptionScore.evaluator options
            )

            components.Evaluator<PrecisionRecallOptions>(
                ComponentInfo(
                    "precision-recall",
                    "How much of what is generated lies among the data, and how much of the data among what is generated.",
                    Source = "arXiv:1904.06991"
                ),
                fun options _ -> PrecisionRecall.evaluator options
            )

            components.Evaluator<DensityCoverageOptions>(
                ComponentInfo(
                    "density-coverage",
                    "As precision-recall, but steadier where there are outliers.",
                    Source = "arXiv:2002.09797"
                ),
                fun options _ -> DensityCoverage.evaluator options
            )

            components.Evaluator<EuclideanOptions>(
                ComponentInfo(
                    "euclidean",
                    "Distances of generated samples from the nearest real ones and of the means, in the features of an extractor."
                ),
                fun options _ -> Euclidean.evaluator options
            )

            components.Evaluator<MahalanobisOptions>(
                ComponentInfo(
                    "mahalanobis",
                    "Distance of generated samples from the real distribution under its covariance.",
                    Source = "doi:10.1016/S0047-259X(03)00096-4"
                ),
                fun options _ -> Mahalanobis.evaluator options
            )

            components.Evaluator<MsSsimOptions>(
                ComponentInfo(
                    "ms-ssim",
                    "How much alike pairs of generated images are, beside pairs of real ones.",
                    Samples = [| SampleKind.Image |],
                    Source = "arXiv:1610.09585"
                ),
                fun options _ -> MsSsim.evaluator options
            )

            components.Evaluator<ClassCoverageOptions>(
                ComponentInfo(
                    "class-coverage",
                    "Whether all classes are generated, as they were asked for, and as clearly as in real samples."
                ),
                fun options _ -> ClassCoverage.evaluator options
            )

            components.Evaluator<ModeCoverageOptions>(
                ComponentInfo(
                    "mode-coverage",
                    "Which modes of a known mixture are generated, and how precisely.",
                    Samples = [| SampleKind.Vector; SampleKind.Table |],
                    Source = "arXiv:1712.04086"
                ),
                fun options _ -> ModeCoverage.evaluator options
            )

            components.Evaluator<MixtureLikelihoodOptions>(
                ComponentInfo(
                    "mixture-likelihood",
                    "How likely generated samples are under a known mixture, and real ones under a mixture fitted to the generated.",
                    Samples = [| SampleKind.Vector; SampleKind.Table |],
                    Source = "arXiv:1907.00503"
                ),
                fun options _ -> MixtureLikelihood.evaluator options
            )

            components.Evaluator<StackedModesOptions>(
                ComponentInfo(
                    "stacked-modes",
                    "How many combinations of classes are generated where images are stacked as channels.",
                    Samples = [| SampleKind.Image |],
                    Source = "arXiv:1705.07761"
                ),
                fun options _ -> StackedModes.evaluator options
            )

            components.Evaluator<TaskScoreOptions>(
                ComponentInfo(
                    "task-score",
                    "Accuracy of classifiers trained on generated samples, on real ones and on both.",
                    Samples = [| SampleKind.Image |],
                    Conditions = [| ConditionKind.Classes |],
                    Source = "arXiv:1905.10887"
                ),
                fun options _ -> TaskScore.evaluator options
            )

            components.Evaluator<MemorisationOptions>(
                ComponentInfo(
                    "memorisation",
                    "Whether generated samples are copies of training samples, with a sheet of the nearest ones.",
                    Source = "arXiv:2004.05675"
                ),
                fun options _ -> Memorisation.evaluator options
            )

            components.Evaluator<TranslationErrorOptions>(
                ComponentInfo(
                    "translation-error",
                    "How far translations are from the targets of held-out pairs, beside baselines, with a sheet of them.",
                    Conditions = [| ConditionKind.Sample |],
                    Source = "arXiv:1611.07004"
                ),
                fun options _ -> TranslationError.evaluator options
            )

            components.Evaluator<DiscriminativeScoreOptions>(
                ComponentInfo(
                    "discriminative-score",
                    "How well a classifier that is trained for it tells generated samples from real ones.",
                    Samples =
                        [|
                            SampleKind.Series
                            SampleKind.Sequence
                            SampleKind.Table
                            SampleKind.Vector
                        |],
                    Source = "NeurIPS 2019, Yoon, Jarrett, van der Schaar"
                ),
                fun options _ -> DiscriminativeScore.evaluator options
            )

            components.Evaluator<SequenceValidityOptions>(
                ComponentInfo(
                    "sequence-validity",
                    "How many generated sequences are of the form that a regular expression describes, and how many differ.",
                    Samples = [| SampleKind.Sequence |]
                ),
                fun options _ -> SequenceValidity.evaluator options
            )

            components.FeatureExtractor<LenetFashionOptions>(
                ComponentInfo(
                    "lenet-fashion",
                    "A small classifier fitted on Fashion-MNIST: 96 features, 10 classes.",
                    Samples = [| SampleKind.Image |]
                ),
                fun options _ -> new LenetFashion(options)
            )

            components.FeatureExtractor<ClassifierOptions>(
                ComponentInfo(
                    "classifier",
                    "A classifier sized to the data; fitted on the training data when it is first needed.",
                    Samples = [| SampleKind.Image |],
                    Conditions = [| ConditionKind.Classes |]
                ),
                fun options context -> new Classifier(options, context.Data)
            )

            components.FeatureExtractor<RandomProjectionOptions>(
                ComponentInfo("random-projection", "A seeded random projection of samples of any kind, for data without labels."),
                fun options context -> new RandomProjection(options, context.Data)
            )

            components.FeatureExtractor<TorchScriptOptions>(
                ComponentInfo(
                    "torchscript",
                    "A network that you have as a TorchScript file, such as Inception-v3.",
                    Samples = [| SampleKind.Image |]
                ),
                fun options context -> new TorchScript(options, context.Data)
            )

            components.FeatureExtractor<ChannelClassifierOptions>(
                ComponentInfo(
                    "channel-classifier",
                    "Classifies each channel of images that are stacked as channels; fitted on the training data.",
                    Samples = [| SampleKind.Image |],
                    Conditions = [| ConditionKind.Classes |]
                ),
                fun options context -> new ChannelClassifier(options, context.Data)
            )

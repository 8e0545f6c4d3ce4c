namespace PluginGan.Core

open System
open System.Text.Json
open PluginGan

/// Which feature extractor suits data. Scores are read as how alike images are to those who know such images: a network that was
/// fitted on other images, or on none, answers another question.
module internal UsualExtractor =

    /// The option by which evaluators name their extractor, and the value that leaves it to the data.
    let private option, automatic = "extractor", "auto"

    let private ofFashion, ofClasses, ofAnything =
        "lenet-fashion", "classifier", "random-projection"

    let private fashion = [ "fashion-mnist"; "fashion-mnist-10k" ]

    /// Letters alone: a folder cannot be called "T-shirt/top".
    let private letters (name: string) =
        name |> String.filter Char.IsLetter |> _.ToLowerInvariant()

    let private clothes =
        set
            [
                "tshirttop"
                "trouser"
                "pullover"
                "dress"
                "coat"
                "sandal"
                "shirt"
                "sneaker"
                "bag"
                "ankleboot"
            ]

    let private datasetIn (value: JsonElement) =
        match value.ValueKind with
        | JsonValueKind.Object ->
            match value.TryGetProperty "name" with
            | true, name when name.ValueKind = JsonValueKind.String -> Some(string (name.GetString()), value)
            | _ -> None
        | _ -> None

    /// Whether a dataset is Fashion-MNIST, or made of it alone.
    let rec private isMadeOf family name (options: JsonElement seq) =
        List.contains name family
        || (match options |> Seq.choose datasetIn |> List.ofSeq with
            | [] -> false
            | nested ->
                nested
                |> List.forall (fun (name, value) -> isMadeOf family name [ for property in value.EnumerateObject() -> property.Value ]))

    let private showsClothes (condition: ConditionSpec) =
        match condition with
        | :? ClassCondition as classes when classes.Count > 1 -> classes.Names |> Seq.forall (fun name -> clothes.Contains(letters name))
        | _ -> false

    let private isFashion (dataset: ComponentChoice) (data: DataSpec) =
        match data.Sample with
        // The network takes no others, whatever they show.
        | :? ImageSpec as image when image = ImageSpec(1, 28, 28) ->
            isMadeOf fashion dataset.Name dataset.Options.Values
            || showsClothes data.Condition
        | _ -> false

    let private hasClasses (data: DataSpec) =
        match data.Sample, data.Condition with
        | (:? ImageSpec), (:? ClassCondition as classes) -> classes.Count > 1
        | _ -> false

    /// The extractor for a dataset; the automatic one where the catalogue has none.
    let choose (catalogue: Catalogue) dataset data canFit =
        let known =
            Catalogue.ofKind ComponentKind.FeatureExtractor catalogue |> Catalogue.names

        [
            if isFashion dataset data then
                ofFashion, "the images are those of Fashion-MNIST"
            if hasClasses data && canFit then
                ofClasses, "the images have classes"
            ofAnything,
            (if hasClasses data then
                 "there is no training data to fit a classifier on"
             else
                 "the data has no classes of images to fit a classifier on")
            match known with
            | first :: _ -> first, "there is no other"
            | [] -> ()
        ]
        |> List.tryFind (fun (name, _) -> List.contains name known)
        |> Option.map (fun (name, reason) -> { Name = name; Reason = reason })
        |> Option.toObj

    let isLeft (evaluator: ComponentChoice) =
        match evaluator.Options.TryGetValue option with
        | true, value -> value.ValueKind = JsonValueKind.String && value.GetString() = automatic
        | _ -> false

    /// The evaluator under an extractor, where it leaves that to the data.
    let name extractor (evaluator: ComponentChoice) =
        if isLeft evaluator then
            { evaluator with
                Options =
                    Map
                        [
                            for entry in evaluator.Options ->
                                entry.Key,
                                (if entry.Key = option then
                                     JsonSerializer.SerializeToElement(extractor: string)
                                 else
                                     entry.Value)
                        ]
            }
        else
            evaluator

namespace PluginGan.Core

open System.Collections.Generic
open System.IO
open System.Text.Json

/// The options of a component as its description wants them.
module internal OptionJson =

    type Options = IReadOnlyDictionary<string, JsonElement>

    /// Written out anew from the value that was read, so that 2e1 for a whole number reaches the component as 20.
    let private element (shape: Shape<'T>) : Shape<JsonElement> =
        {
            Read = shape.Read >> Draft.map JsonSerializer.SerializeToElement
            Write = Json.value
            Schema = shape.Schema
        }

    /// The same for what is written otherwise than it is held.
    let private written (shape: Shape<'T>) : Shape<JsonElement> =
        {
            Read = shape.Read >> Draft.map (shape.Write >> JsonSerializer.SerializeToElement)
            Write = Json.value
            Schema = shape.Schema
        }

    /// Absolute, so that a run finds its data from whatever folder it is resumed in. Nothing stays nothing.
    let private path (text: Shape<string>) : Shape<string> =
        let absolute (path: string) =
            if path = "" || path.Contains '\000' then path else Path.GetFullPath path

        { text with
            Read = text.Read >> Draft.map absolute
        }

    let private text (option: OptionDescription) =
        if option.Required then Shape.filled else Shape.text

    let private within (ofBound: float -> 'N) (option: OptionDescription) shape =
        let raised =
            if option.Minimum.HasValue then
                (if option.AboveMinimum then Shape.above else Shape.atLeast) (ofBound option.Minimum.Value) shape
            else
                shape

        if option.Maximum.HasValue then
            (if option.BelowMaximum then Shape.below else Shape.atMost) (ofBound option.Maximum.Value) raised
        else
            raised

    let private shape (dataset: Shape<JsonElement>) (option: OptionDescription) : Shape<JsonElement> =
        let single =
            match option.Kind with
            | OptionKind.Boolean -> element Shape.boolean
            | OptionKind.Integer -> Shape.whole<int64> |> within int64 option |> element
            | OptionKind.Number -> Shape.number |> within id option |> element
            | OptionKind.Text -> element (text option)
            | OptionKind.Path -> element (text option |> path)
            | OptionKind.Schedule -> Shape.number |> within id option |> ScheduleJson.ofValue |> written
            | OptionKind.Dataset -> dataset
            | _ ->
                option.Choices
                |> Seq.map (fun name -> name, name)
                |> List.ofSeq
                |> Shape.choice
                |> element

        if option.IsList then
            element (Shape.list single)
        else
            single

    let private entry dataset (option: OptionDescription) : Fields<Options, (string * JsonElement) option> =
        let shape = shape dataset option
        let fallback = JsonElement.Parse option.Default
        let hasDefault = fallback.ValueKind <> JsonValueKind.Null
        let named element = Some(option.Name, element)

        let schema () =
            let described =
                shape.Schema() |> Json.add "description" (Json.value option.Description)

            if hasDefault then
                described |> Json.add "default" (shape.Write fallback)
            else
                described

        {
            Read =
                fun node ->
                    match Node.tryFind option.Name node with
                    | Some child -> shape.Read child |> Draft.map named
                    | None when option.Required -> Draft.failAt (Node.placeOf option.Name node) "is missing"
                    | None -> Draft.ok (if hasDefault then named fallback else None)
            Write =
                fun options ->
                    match options.TryGetValue option.Name with
                    | true, value -> [ option.Name, shape.Write value ]
                    | _ -> []
            Properties = [ option.Name, schema ]
        }

    /// <summary>
    /// The options that a description lists, with the defaults of those that are not given. Taken keys are the host's, even where an option
    /// has the same name; any other key is an error.
    /// </summary>
    /// <param name="dataset">How an option that is a dataset is read.</param>
    /// <param name="taken">The keys of the host.</param>
    /// <param name="description">The component.</param>
    let described dataset taken (description: ComponentDescription) : Fields<Options, Options> =
        let options =
            description.Options
            |> Seq.filter (fun option -> not (List.contains option.Name taken))
            |> List.ofSeq

        let entries = List.map (entry dataset) options
        let valid = taken @ [ for option in options -> option.Name ]

        {
            Read =
                fun node ->
                    entries
                    |> List.map (fun entry -> entry.Read node)
                    |> Draft.survivors
                    |> Draft.map (fun options -> Map(List.choose id options) :> Options)
                    |> Draft.blame (Fields.unknown valid node)
            Write = fun options -> entries |> List.collect (fun entry -> entry.Write options)
            Properties = entries |> List.collect _.Properties
        }

    /// All keys but the taken ones, as they stand: for components that are not known.
    let undescribed taken : Fields<Options, Options> =
        {
            Read =
                fun node ->
                    Node.entries node
                    |> List.filter (fun (name, child) -> child.Value <> Null && not (List.contains name taken))
                    |> List.map (fun (name, child) -> name, Node.toElement child)
                    |> fun options -> Draft.ok (Map options :> Options)
            Write = fun options -> [ for option in options -> option.Key, Json.value option.Value ]
            Properties = []
        }

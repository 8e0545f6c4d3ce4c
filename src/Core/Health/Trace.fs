namespace PluginGan.Core

/// A stretch of a run with the means of the scalars that were logged in it.
type internal Point =
    {
        /// How many iterations were done at its end.
        Iteration: int64
        Values: Map<string, float>
    }

/// What the rules remember of a run: its first points and its last ones. Bounded, however long the run.
type internal Trace =
    {
        /// How many iterations were done at the end of the last point.
        Since: int64
        /// The entries since then.
        Open: Map<string, float> list
        /// The last points, the newest first.
        Recent: Point list
        /// The first values of each scalar in this stage of the game, the newest first.
        Early: Map<string, float list>
        /// The largest value of each scalar in this stage.
        Highest: Map<string, float>
        /// The smallest magnitude of each scalar in this stage.
        Smallest: Map<string, float>
    }

module internal Trace =

    /// Entries are put together until they span so many iterations: a run that logs each one is judged by the same measure as others.
    [<Literal>]
    let Span = 10L

    /// How many points the rules can look back on.
    [<Literal>]
    let Memory = 60

    /// How many values of a scalar are its beginning.
    [<Literal>]
    let Beginning = 5

    let empty =
        {
            Since = 0L
            Open = []
            Recent = []
            Early = Map.empty
            Highest = Map.empty
            Smallest = Map.empty
        }

    /// The mean of the finite values; NaN where there are only others.
    let private mean values =
        match List.filter System.Double.IsFinite values with
        | [] -> nan
        | finite -> List.average finite

    let private point iteration (entries: Map<string, float> list) =
        let names = entries |> Seq.collect Map.keys |> Seq.distinct

        {
            Iteration = iteration
            Values = Map [ for name in names -> name, entries |> List.choose (Map.tryFind name) |> mean ]
        }

    let private withFinite change point (map: Map<string, 'V>) =
        point.Values
        |> Map.filter (fun _ value -> System.Double.IsFinite value)
        |> Map.fold (fun map name value -> Map.change name (change value) map) map

    let private early value =
        function
        | None -> Some [ value ]
        | Some first when List.length first < Beginning -> Some(value :: first)
        | whole -> whole

    /// Whether a phase plays for the first time since the stage began: another stage begins, and what a scalar was before says nothing of it.
    let private beginsStage point trace =
        not trace.Early.IsEmpty
        && point.Values
           |> Map.exists (fun name value ->
               name.EndsWith("/loss", System.StringComparison.Ordinal)
               && System.Double.IsFinite value
               && not (trace.Early.ContainsKey name))

    let private close point trace =
        let trace =
            if beginsStage point trace then
                { trace with
                    Early = Map.empty
                    Highest = Map.empty
                    Smallest = Map.empty
                }
            else
                trace

        {
            Since = point.Iteration
            Open = []
            Recent = point :: trace.Recent |> List.truncate Memory
            Early = trace.Early |> withFinite early point
            Highest =
                trace.Highest
                |> withFinite (fun value known -> Some(max value (Option.defaultValue value known))) point
            Smallest =
                trace.Smallest
                |> withFinite (fun value known -> Some(min (abs value) (Option.defaultValue (abs value) known))) point
        }

    /// The trace with one more entry, and whether it has closed a point.
    let add iteration values trace =
        let entries = values :: trace.Open

        if iteration - trace.Since >= Span then
            close (point iteration entries) trace, true
        else
            { trace with Open = entries }, false

    /// The last so many values of a scalar, the newest first; none where one of them is missing or not finite.
    let last count name trace =
        let values =
            trace.Recent
            |> List.truncate count
            |> List.choose (_.Values >> Map.tryFind name)

        if values.Length = count && List.forall System.Double.IsFinite values then
            Some values
        else
            None

    /// The first values of a scalar, once there are enough of them.
    let beginning name trace =
        Map.tryFind name trace.Early
        |> Option.filter (fun values -> values.Length = Beginning)

    /// Whether the last point has the scalar.
    let isLogged trace name =
        match trace.Recent with
        | newest :: _ -> newest.Values.ContainsKey name
        | [] -> false

    /// The scalars of the last point that begin like this, by what follows.
    let named (prefix: string) trace =
        match trace.Recent with
        | [] -> []
        | newest :: _ ->
            [
                for name in newest.Values.Keys do
                    if name.StartsWith(prefix, System.StringComparison.Ordinal) then
                        name.Substring prefix.Length
            ]

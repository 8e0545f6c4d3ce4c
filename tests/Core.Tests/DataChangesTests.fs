module PluginGan.Core.Tests.DataChangesTests

open System.Collections.Generic
open NUnit.Framework
open PluginGan.Core

let private file name length sha256 : FileFingerprint =
    {
        Name = name
        Length = length
        Sha256 = sha256
    }

let private fingerprint count path (files: FileFingerprint list) : DataFingerprint =
    {
        Count = count
        Files = files.Length
        Bytes = files |> List.sumBy _.Length
        Sha256 = files |> List.map string |> String.concat ";"
        Paths = [ path ]
    }

let private was = [ for name in [ "a.png"; "b.png"; "c.png"; "d.png"; "e.png" ] -> file name 10L $"{name} as it was" ]

let private between (known: IReadOnlyList<FileFingerprint> | null) now =
    DataChanges.Between(fingerprint 5L "/old" was, fingerprint (int64 (List.length now)) "/new" now, known, now)

let private only known now =
    let change = between known now |> Seq.exactlyOne
    Assert.That(change.Kind, Sample.equal RecipeChangeKind.Doubtful)
    string change

[<Test>]
let ``the same data in another folder has not changed`` () =
    Assert.That(between was was, Is.Empty)

[<Test>]
let ``what was added, overwritten and removed is named, a few of each`` () =
    let now = file "z.png" 1L "new" :: file "a.png" 10L "overwritten" :: was[2..2]

    Assert.That(
        only was now,
        Sample.equal
            ("dataset: was 5 samples in 5 files of '/old', is 3 samples in 3 files of '/new': "
             + "1 added ('z.png'), 1 overwritten ('a.png'), 3 removed ('b.png', 'd.png', 'e.png')")
    )

    let all = was |> List.map (fun old -> { old with Sha256 = "new" })
    Assert.That(only was all, Does.EndWith "5 overwritten ('a.png', 'b.png', 'c.png', …)")

[<Test>]
let ``without the old list it is still told that the content is another`` () =
    Assert.That(only null (file "a.png" 10L "overwritten" :: was[1..]), Does.EndWith ", of another content")

[<Test>]
let ``data of no files is told by its samples`` () =
    let drawn count (sha256: string | null) : DataFingerprint =
        { fingerprint count "" [] with
            Sha256 = sha256
            Paths = []
        }

    let changes was now =
        [ for change in DataChanges.Between(was, now, null, []) -> string change ]

    Assert.That(changes (drawn 5L "x") (drawn 5L "x"), Is.Empty)
    Assert.That(changes (drawn 5L null) (drawn 6L null), Sample.equal [ "dataset: was 5 samples, is 6 samples" ])
    Assert.That(changes (drawn 5L "x") (drawn 5L "y"), Sample.equal [ "dataset: was 5 samples, is 5 samples, of another content" ])

[<Test>]
let ``a file that the dataset names itself is called so`` () =
    let old, current = [ file "" 3L "x" ], [ file "" 3L "y" ]
    let at = fingerprint 5L "/a.csv"

    Assert.That(
        [ for change in DataChanges.Between(at old, at current, old, current) -> string change ],
        Sample.equal [ "dataset: was 5 samples in 1 file of '/a.csv', is 5 samples in 1 file of '/a.csv': 1 overwritten (the file itself)" ]
    )

[<Test>]
let ``only where the training data lies counts as moved`` () =
    let moved path recipe =
        DataPaths.IsMoved(
            {
                Path = path
                Was = ""
                Is = ""
                Kind = RecipeChangeKind.Doubtful
            },
            Sample.compose recipe,
            Sample.catalogue
        )

    let nested =
        Sample.minimal.Replace("""{ "name": "mnist" }""", """{ "name": "stacked", "of": { "name": "numbers", "path": "n.csv" } }""")

    Assert.That(moved "dataset.of.path" nested)
    Assert.That(moved "dataset.of.name" nested, Is.False)
    Assert.That(moved "dataset.split" Sample.minimal, Is.False)
    Assert.That(moved "loss.path" nested, Is.False)

[<Test>]
let ``a path of the training data that leads nowhere is named`` () =
    let missing dataset =
        let recipe =
            Sample.compose (Sample.minimal.Replace("""{ "name": "mnist" }""", dataset))

        DataPaths.Missing(recipe, Sample.catalogue, (fun path -> path = "/there.csv"))

    Assert.That(missing """{ "name": "numbers", "path": "/there.csv" }""", Is.Empty)
    Assert.That(missing """{ "name": "numbers", "path": "" }""", Is.Empty)
    Assert.That(missing """{ "name": "numbers", "path": "/gone.csv" }""", Sample.equal [ "dataset.path" ])

    Assert.That(
        missing """{ "name": "stacked", "of": { "name": "numbers", "path": "/gone.csv" } }""",
        Sample.equal [ "dataset.of.path" ]
    )

[<Test>]
let ``evaluation data that is the other split follows the training data, and other data stays`` () =
    let follow (recipe: string) overrides =
        let recorded = Sample.compose recipe |> Recipes.ToJson
        Composition.FollowData(Sample.compose recorded, Sample.composeWith overrides recorded, Sample.catalogue)

    let path (recipe: Recipe) =
        match recipe.Evaluation.Dataset with
        | null -> ""
        | dataset -> string dataset.Options["path"]

    let numbers =
        Sample.minimal.Replace("""{ "name": "mnist" }""", """{ "name": "numbers", "path": "/old.csv" }""")

    let own =
        numbers.TrimEnd('}')
        + """, "evaluation": { "dataset": { "name": "numbers", "path": "/own.csv" } } }"""

    Assert.That(path (follow numbers [ "dataset.path=/new.csv" ]), Sample.equal "/new.csv")
    Assert.That(path (follow numbers [ "dataset.path=/new.csv"; "evaluation.dataset.path=/test.csv" ]), Sample.equal "/test.csv")
    Assert.That(path (follow own [ "dataset.path=/new.csv" ]), Sample.equal "/own.csv")
    Assert.That(path (follow numbers [ "seed=3" ]), Sample.equal "/old.csv")

[<Test>]
let ``a path is recorded absolute, an empty one stays empty`` () =
    let path text =
        let recipe =
            Sample.compose (Sample.minimal.Replace("""{ "name": "mnist" }""", $"""{{ "name": "numbers", "path": "{text}" }}"""))

        recipe.Dataset.Options["path"].GetString()

    Assert.That(path "some/n.csv", Sample.equal (System.IO.Path.GetFullPath "some/n.csv"))
    Assert.That(path "/data/../n.csv", Sample.equal "/n.csv")
    Assert.That(path "", Sample.equal "")

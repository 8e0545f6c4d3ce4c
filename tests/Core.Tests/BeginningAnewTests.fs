module PluginGan.Core.Tests.BeginningAnewTests

open System
open System.Collections.Generic
open NUnit.Framework
open PluginGan.Core

let private event kind iteration : RunEvent =
    {
        Kind = kind
        Time = DateTimeOffset.UnixEpoch
        Iteration = iteration
        Values = Dictionary()
        Text = ""
        Diagnosis = null
    }

let private nothing = RunHistory.Fold []
let private started = RunHistory.Fold [ event RunEventKind.Started 0L ]

let private checkpointed =
    RunHistory.Fold [ event RunEventKind.Started 0L; event RunEventKind.Checkpoint 10L ]

let private unread fault : UnreadCheckpoint =
    {
        Iteration = 10L
        Path = "/runs/a/checkpoints/0000010"
        Fault = fault
        Reason = "the reason"
    }

let private refusal exists unread hasGenerator history =
    BeginningAnew.Refusal("/runs/a/checkpoints", exists, unread, hasGenerator, history)

[<Test>]
let ``a run that never came to a checkpoint begins anew`` () =
    Assert.That(refusal true [] false started, Is.Null)
    Assert.That(refusal false [] false nothing, Is.Null)
    // Killed between the weights of the generator and the first checkpoint.
    Assert.That(refusal true [] true started, Is.Null)

[<Test>]
let ``a run that had checkpoints does not`` () =
    Assert.That(refusal true [] true checkpointed, Does.Contain "holds no checkpoint")
    Assert.That(refusal true [] false checkpointed, Is.Not.Null)
    Assert.That(refusal false [] true started, Does.Contain "is missing")
    Assert.That(refusal true [] true nothing, Is.Not.Null)

[<TestCase(CheckpointFault.Damaged, "is damaged (the reason)", "put back a copy")>]
[<TestCase(CheckpointFault.OtherFormat, "has another format: the reason", "the version of PluginGan that wrote them")>]
[<TestCase(CheckpointFault.Unreadable, "cannot be opened (the reason)", "the right to read them")>]
let ``each fault has its words and its remedy`` (fault: CheckpointFault, what: string, remedy: string) =
    Assert.That(
        refusal true [ unread fault ] false started,
        Does
            .Contain("checkpoint 0000010 " + what)
            .And.Contain(remedy)
            .And.Contain("/runs/a/checkpoints")
            .And.Contain("--force")
    )

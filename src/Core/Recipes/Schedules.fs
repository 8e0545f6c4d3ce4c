namespace PluginGan.Core

open System.Text.Json
open PluginGan

/// Schedules as JSON, for options of components: a number, or an object as a recipe holds it.
[<AbstractClass; Sealed>]
type Schedules =

    /// <summary>Reads a schedule.</summary>
    /// <param name="value">What a recipe holds.</param>
    /// <exception cref="T:PluginGan.Core.RecipeException">It is none; it lists everything that is wrong.</exception>
    static member Read(value: JsonElement) : Schedule =
        JsonText.parse "" "" (value.GetRawText())
        |> Draft.bind ScheduleJson.number.Read
        |> Draft.orRaise

    /// Writes a schedule; reading it gives an equal one.
    static member ToJson(schedule: Schedule) : string =
        (ScheduleJson.number.Write schedule).ToJsonString()

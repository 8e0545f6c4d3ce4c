namespace PluginGan.Plugins.Metrics

open System
open PluginGan

/// What nearest neighbours say of two sets of points. Radii and distances inside are squared: what is compared keeps its order.
module Neighbours =

    /// Sorts the k smallest values and their positions to the front.
    let private smallest k (values: ArraySegment<float>) (positions: int[]) (distances: float[]) =
        Array.fill distances 0 k infinity
        Array.fill positions 0 k -1
        let span = values.AsSpan()

        for position in 0 .. span.Length - 1 do
            let value = span[position]

            if value < distances[k - 1] then
                let mutable place = k - 1

                while place > 0 && distances[place - 1] > value do
                    distances[place] <- distances[place - 1]
                    positions[place] <- positions[place - 1]
                    place <- place - 1

                distances[place] <- value
                positions[place] <- position

    /// The positions of the k nearest targets of each query, nearest first, and their distances; of equally near ones the first
    /// come first. There must be k targets.
    let nearest k (queries: Points) (targets: Points) : int[][] * float[][] =
        let positions = Array.init queries.Count (fun _ -> Array.zeroCreate<int> k)
        let distances = Array.init queries.Count (fun _ -> Array.zeroCreate<float> k)

        Distances.visit queries targets (fun query row ->
            smallest k row positions[query] distances[query]
            distances[query] <- Array.map sqrt distances[query])

        positions, distances

    /// The distance of each query to its nearest target.
    let nearestDistance (queries: Points) (targets: Points) : float[] =
        let _, distances = nearest 1 queries targets
        Array.map Array.head distances

    /// The squared distance of each point to its k-th neighbour among the others. A ComponentException refuses k points or fewer.
    let private radii what k (points: Points) : float[] =
        Require.enough (int64 k + 1L) what points.Count
        let radii = Array.zeroCreate points.Count

        Distances.visit points points (fun point row ->
            row.AsSpan()[point] <- infinity
            let distances = Array.zeroCreate k
            smallest k row (Array.zeroCreate k) distances
            radii[point] <- distances[k - 1])

        radii

    let private share (marked: bool[]) =
        marked |> Array.averageBy (fun mark -> if mark then 1.0 else 0.0)

    /// Improved precision and recall (arXiv:1904.06991): the share of generated points within the ball of any real point, which reaches
    /// to its k-th neighbour, and the share of real points within the ball of any generated one. Borders belong to the balls.
    /// A ComponentException refuses too few points, and generated ones that are all one.
    let precisionRecall k (real: Points) (generated: Points) : struct (float * float) =
        let realRadii = radii "features of real samples" k real
        let generatedRadii = radii "features of generated samples" k generated
        Points.RequireVaried "features of generated samples" generated
        let precise = Array.zeroCreate<bool> generated.Count
        let recalled = Array.zeroCreate<bool> real.Count

        Distances.visit generated real (fun point row ->
            let distances = row.AsSpan()
            let radius = generatedRadii[point]
            let mutable within = false

            for other in 0 .. distances.Length - 1 do
                if distances[other] <= realRadii[other] then
                    within <- true

                if distances[other] <= radius then
                    recalled[other] <- true

            precise[point] <- within)

        struct (share precise, share recalled)

    /// Density and coverage (arXiv:2002.09797): over k, the mean number of real balls that a generated point lies in, and the share of
    /// real balls with a generated point inside. Borders do not belong to the balls, so a ball of radius 0 holds nothing. A
    /// ComponentException refuses too few points, generated ones that are all one, and real ones of which each has k equals.
    let densityCoverage k (real: Points) (generated: Points) : struct (float * float) =
        let radii = radii "features of real samples" k real
        Points.RequireVaried "features of generated samples" generated

        if Array.forall (fun radius -> radius = 0.0) radii then
            raise (
                ComponentException
                    $"each real sample has {k} others with equal features: raise 'k', or name an extractor that tells them apart"
            )

        let balls = Array.zeroCreate<int> generated.Count
        let covered = Array.zeroCreate<bool> real.Count

        Distances.visit generated real (fun point row ->
            let distances = row.AsSpan()
            let mutable within = 0

            for other in 0 .. distances.Length - 1 do
                if distances[other] < radii[other] then
                    within <- within + 1
                    covered[other] <- true

            balls[point] <- within)

        struct (Array.averageBy float balls / float k, share covered)

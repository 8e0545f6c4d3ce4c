using NUnit.Framework;

// Each test has folders and processes of its own, and most of its time is a single thread of another process: two at a time suit two cores. What is looked at in a browser, and what takes times, runs alone.
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(2)]

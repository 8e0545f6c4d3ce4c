using NUnit.Framework;

namespace PluginGan.EndToEnd.Tests;

/// <summary>What a user sees whose machine cannot do what is asked for: one message, and no run directory.</summary>
public class BadMachineTests
{
    [TestCase("gpu", "use auto, cpu, cuda or cuda:N")]
    [TestCase("cuda:x", "use auto, cpu, cuda or cuda:N")]
    [TestCase("cuda:4711", "'cuda:4711'")]
    public void A_device_that_does_not_exist_is_refused(string device, string expected)
    {
        using var product = new Product().With("Games");
        product.File("recipe.json", Recipe.Tiny);

        var outcome = product.Run("train", "recipe.json", "--device", device);

        AssertRefused(product, outcome, 2, expected);
    }

    [Test]
    public void The_check_that_nothing_waits_for_a_GPU_is_refused_without_one()
    {
        using var product = new Product().With("Games");
        product.File("recipe.json", Recipe.Tiny);

        var outcome = product.Run("train", "recipe.json", "--device", "cpu", "--refuse-waiting");

        AssertRefused(product, outcome, 2, "--refuse-waiting");
    }

    [Test]
    public void A_batch_that_no_memory_holds_is_refused_with_one_that_would_fit()
    {
        using var product = new Product().With("Games");
        product.File("recipe.json", Recipe.Tiny.With("{ \"name\": \"points\" }", "{ \"name\": \"endless\", \"size\": 4096 }").With("\"batch\": 16", "\"batch\": 1073741824").With("\"mean-gap\"", ""));

        var outcome = product.Run("train", "recipe.json", "--device", "cpu");

        AssertRefused(product, outcome, 2, "too little memory");
        Assert.That(outcome.Errors, Does.Match(@"training\.batch to \d+ or less, or training\.accumulate to \d+"));
    }

    [TestCase]
    [TestCase("--dry-run")]
    public void Networks_that_no_memory_holds_are_said_to_be_too_large(params string[] options)
    {
        using var product = new Product().With("Games");
        product.File("recipe.json", Recipe.Tiny.With("{ \"name\": \"points\" }", "{ \"name\": \"endless\", \"size\": 1073741824 }").With("{ \"name\": \"tiny\" }", "{ \"name\": \"tiny\", \"latent\": 1024 }").With("\"mean-gap\"", ""));

        var outcome = product.Run(["train", "recipe.json", "--device", "cpu", .. options]);

        AssertRefused(product, outcome, 2, "architecture 'tiny': too little memory: its networks need 8,800.");
    }

    [Test]
    [Platform("Linux")]
    public void Networks_that_the_limit_of_the_process_does_not_hold_are_refused_with_what_would_make_them_smaller()
    {
        using var product = new Product();
        product.File("recipe.json", """
            { "dataset": "mixture-ring", "architecture": { "name": "mlp", "generatorWidths": [24000, 24000, 24000] }, "loss": "hinge", "training": { "iterations": 1, "batch": 10 } }
            """);

        using var process = product.StartPrepared("ulimit -d 2000000", "train", "recipe.json", "--device", "cpu");
        var outcome = process.Wait();

        AssertRefused(product, outcome, 2, "architecture 'mlp': too little memory: its networks need 4.6 GB (generator 4.6 GB, discriminator ");
        Assert.That(outcome.Errors, Does.Contain("architecture.generatorWidths ([24000,24000,24000])"));
    }

    [Test]
    [Platform("Linux")]
    public void An_address_space_that_libtorch_does_not_fit_into_is_named()
    {
        using var product = new Product();
        product.File("recipe.json", """
            { "dataset": "mixture-ring", "architecture": "mlp", "loss": "hinge", "training": { "iterations": 1, "batch": 10 } }
            """);

        using var process = product.StartPrepared("ulimit -v 3000000", "train", "recipe.json", "--device", "cpu");

        AssertRefused(product, process.Wait(), 1, "error: libtorch does not fit into the address space of 3.1 GB that this process may use; raise that limit, or take it off with `ulimit -v unlimited`");
    }

    [Test]
    public void A_libtorch_that_is_too_old_is_refused_and_the_doctor_names_what_it_lacks()
    {
        const string Old = "/usr/lib/python3/dist-packages/torch/lib";
        if (!File.Exists(Path.Combine(Old, "libtorch_cpu.so")))
            Assert.Ignore("Debian's python3-torch is not installed");
        using var product = new Product { LibtorchFolder = Old }.With("Games");
        product.File("recipe.json", Recipe.Tiny);

        var doctor = product.Run("doctor", "--json");
        var train = product.Run("train", "recipe.json");

        Assert.That(doctor.ExitCode, Is.EqualTo(1), doctor.ToString());
        Assert.That(doctor.Output, Does.Contain("at::_ops::_standard_gamma::call(at::Tensor const").And.Contain("lacks"));
        AssertRefused(product, train, 1, "PLUGINGAN_LIBTORCH");
    }

    private static void AssertRefused(Product product, Outcome outcome, int exitCode, string expected) => Assert.Multiple(() =>
    {
        Assert.That(outcome.ExitCode, Is.EqualTo(exitCode), outcome.ToString());
        Assert.That(outcome.Errors, Does.Contain(expected));
        Assert.That(outcome.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(1), outcome.Errors);
        Assert.That(Directory.Exists(product.Runs), Is.False);
    });
}

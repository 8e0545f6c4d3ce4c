using NUnit.Framework;
using TorchSharp;

/// <summary>Test assemblies may run beside each other: one thread each keeps OpenMP from fighting over the cores.</summary>
[SetUpFixture]
public sealed class OneThread
{
    [OneTimeSetUp]
    public void Limit() => torch.set_num_threads(1);
}

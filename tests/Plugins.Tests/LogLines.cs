using Microsoft.Extensions.Logging;

namespace PluginGan.Plugins.Tests;

/// <summary>What components say while they are made: warnings, and what is worth knowing.</summary>
internal sealed class LogLines : ILoggerFactory, ILogger
{
    public List<string> Warnings { get; } = [];

    public List<string> Notes { get; } = [];

    public ComponentContext Context => new() { DataFolder = Path.GetTempPath(), LoggerFactory = this };

    public ILogger CreateLogger(string categoryName) => this;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        (logLevel == LogLevel.Warning ? Warnings : Notes).Add(formatter(state, exception));

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose()
    {
    }
}

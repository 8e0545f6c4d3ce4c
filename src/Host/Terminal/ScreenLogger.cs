using Microsoft.Extensions.Logging;

namespace PluginGan.Host.Terminal;

/// <summary>Shows what components log as the host shows its own warnings: <c>warning: fid: ...</c></summary>
internal sealed class ScreenLogger(Screen screen) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Category(screen, categoryName);

    public void Dispose()
    {
    }

    private sealed class Category(Screen screen, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var message = formatter(state, exception);
            var text = message.StartsWith(name, StringComparison.Ordinal) ? message : $"{name}: {message}";
            if (logLevel >= LogLevel.Error)
                screen.Error(text);
            else if (logLevel == LogLevel.Warning)
                screen.Warning(text);
            else
                screen.Errors.Profile.Out.Writer.WriteLine(text);
        }
    }
}

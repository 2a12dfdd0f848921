using System.Runtime.InteropServices;

namespace PateSim.Cli;

/// <summary>Turns the first Ctrl-C (or SIGTERM) into a cancellation and leaves the second to the system.</summary>
internal sealed class Interrupts : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;
    private readonly TextWriter _error;

    public Interrupts(TextWriter error)
    {
        _error = error;
        void OnSignal(PosixSignalContext context) => context.Cancel = Receive();
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal),
        ];
    }

    public CancellationToken Token => _source.Token;

    /// <summary>A signal has come.</summary>
    /// <returns>Whether it was taken; if not, the system ends the process.</returns>
    internal bool Receive()
    {
        if (_source.IsCancellationRequested) return false;
        _error.WriteLine("Stopping; what is finished is kept. Once more ends at once and keeps nothing.");
        _source.Cancel();
        return true;
    }

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _source.Dispose();
    }
}

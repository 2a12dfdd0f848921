using System.Runtime.InteropServices;

namespace PateSim.Cli;

/// <summary>Turns the first Ctrl-C (or SIGTERM) into a cancellation and leaves the second to the system.</summary>
internal sealed class Interrupts : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;

    public Interrupts(TextWriter error)
    {
        void OnSignal(PosixSignalContext context)
        {
            if (_source.IsCancellationRequested) return;
            context.Cancel = true;
            error.WriteLine("Stopping; what is finished is kept. Once more ends at once and keeps nothing.");
            _source.Cancel();
        }

        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal),
        ];
    }

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _source.Dispose();
    }
}

using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PateSim.Cli.Tests.Support;

/// <summary>A web server of a few answers on this machine: one request for each connection. What a server may do is
/// tested with a real one beside the fetcher; this one keeps the program under test as it is shipped.</summary>
internal sealed class MirrorServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<string, (byte[] Content, int? Stall)> _pages = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly CancellationTokenSource _end = new();

    public MirrorServer()
    {
        _listener.Start();
        Address = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/";
        _ = AcceptAsync();
    }

    public string Address { get; }

    /// <summary>The targets of all requests: paths, or whole addresses where this server is the proxy.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    /// <param name="stall">After so many bytes nothing more comes, and the connection stays.</param>
    public void Serve(string path, byte[] content, int? stall = null) => _pages[path] = (content, stall);

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = AnswerAsync(await _listener.AcceptTcpClientAsync(_end.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using var closing = client;
        try
        {
            var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
            var target = (await reader.ReadLineAsync(_end.Token))!.Split(' ')[1];
            while (await reader.ReadLineAsync(_end.Token) is { Length: > 0 })
            {
            }
            _requests.Enqueue(target);
            var path = target.StartsWith('/') ? target : new Uri(target).AbsolutePath;
            var (content, stall) = _pages.TryGetValue(path, out var page) ? page : ([], null);
            var status = page.Content is null ? "404 Not Found" : "200 OK";
            await stream.WriteAsync(
                Encoding.ASCII.GetBytes(string.Create(
                    CultureInfo.InvariantCulture,
                    $"HTTP/1.1 {status}\r\nContent-Length: {content.Length}\r\nConnection: close\r\n\r\n")),
                _end.Token);
            await stream.WriteAsync(content.AsMemory(0, stall ?? content.Length), _end.Token);
            if (stall is not null) await Task.Delay(Timeout.Infinite, _end.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The test is over, or the client is gone.
        }
    }
}

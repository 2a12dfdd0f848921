using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace PateSim.Data.Tests.Support;

/// <summary>A web server on this machine. Each path has a content and, for its first requests, faults.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentDictionary<string, Page> _pages = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _requests = new();

    private TestServer(WebApplication application) => _application = application;

    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    /// <summary>"PATH", or "PATH RANGE" where a range was asked for, in the order in which they came.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    public static async Task<TestServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(
            IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1));
        var server = new TestServer(builder.Build());
        server._application.Run(server.AnswerAsync);
        await server._application.StartAsync();
        server.Address = new Uri(server._application.Urls.Single());
        return server;
    }

    /// <param name="faults">What befalls the first requests, in order; the later ones are answered well.</param>
    public void Serve(string path, byte[] content, params Fault[] faults) =>
        _pages[path] = new Page(content, new ConcurrentQueue<Fault>(faults));

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        var range = request.Headers.Range.ToString();
        // A request to a proxy names the whole address.
        var path = request.Path.Value!;
        _requests.Enqueue(range.Length > 0 ? $"{path} {range}" : path);
        if (!_pages.TryGetValue(path, out var page))
        {
            response.StatusCode = 404;
            return;
        }
        var fault = page.Faults.TryDequeue(out var next) ? next : new Fault();
        if (fault.Status != 200)
        {
            response.StatusCode = fault.Status;
            if (fault.Location is { } location) response.Headers.Location = location;
            if (fault.RetryAfterSeconds is { } seconds)
                response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            return;
        }
        var content = fault.Content ?? page.Content;
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..16]}\"";
        var start = 0;
        if (fault.Ranges && range.StartsWith("bytes=", StringComparison.Ordinal)
            && (request.Headers.IfRange.Count == 0 || request.Headers.IfRange == tag))
        {
            start = int.Parse(range["bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture);
            if (start >= content.Length)
            {
                response.StatusCode = 416;
                response.Headers.ContentRange = $"bytes */{content.Length}";
                return;
            }
            response.StatusCode = 206;
            var from = start + fault.RangeShift;
            response.Headers.ContentRange = $"bytes {from}-{content.Length - 1}/{content.Length}";
        }
        if (fault.Validators) response.Headers.ETag = tag;
        response.ContentLength = fault.Length ? content.Length - start : null;
        var end = Math.Min(content.Length, start + (fault.BreakAfter ?? content.Length));
        await response.Body.WriteAsync(content.AsMemory(start, end - start), context.RequestAborted);
        await response.Body.FlushAsync(context.RequestAborted);
        if (fault.Hold is { } hold) await hold.WaitAsync(context.RequestAborted);
        // An answer shorter than its length closes the connection after what was sent, unlike an abort, which may lose
        // it; one without a length is broken off by a fault of the server.
        if (end < content.Length && !fault.Length) throw new InvalidOperationException("The transfer is to break off.");
    }

    private sealed record Page(byte[] Content, ConcurrentQueue<Fault> Faults);
}

/// <summary>How one request is answered.</summary>
/// <param name="BreakAfter">The connection is cut after so many bytes of this answer.</param>
/// <param name="Ranges">Whether ranges are served.</param>
/// <param name="RangeShift">By how much the range that is sent lies beside the one that was asked for.</param>
/// <param name="Validators">Whether an entity tag is sent.</param>
/// <param name="Length">Whether the length is sent.</param>
/// <param name="Content">In place of the page's.</param>
/// <param name="Hold">Waited for after the content is sent, before the answer ends.</param>
internal sealed record Fault(
    int Status = 200, string? Location = null, int? BreakAfter = null, bool Ranges = true, int RangeShift = 0,
    bool Validators = true, bool Length = true, byte[]? Content = null, int? RetryAfterSeconds = null,
    Task? Hold = null);

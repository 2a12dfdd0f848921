using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace PateSim.Data.Fetching;

/// <summary>Brings one address into one part file: goes on where an earlier transfer broke off, and tries again after
/// what may pass.</summary>
/// <remarks>A transfer is resumed by Range with If-Range (RFC 9110, sections 13.1.5 and 14), so that a file that has
/// changed comes from its beginning. Where the server names no strong validator the range is asked for all the same:
/// the digest of the whole tells.</remarks>
internal sealed class Downloader(HttpClient http, FetchSettings settings, TimeProvider time)
{
    // Whatever progress a server makes between its faults.
    private const int MostAttempts = 100;

    private const int BufferSize = 1 << 17;

    /// <exception cref="OperationCanceledException">Cancelled; the part file stays.</exception>
    public async Task<DownloadEnd> DownloadAsync(
        Uri address, PartFile part, IProgress<FetchProgress>? progress, CancellationToken cancellation)
    {
        var (failures, longest, answered) = (0, part.Length, false);
        for (var attempt = 1; ; attempt++)
        {
            Failure failure;
            try
            {
                var (end, wrong) = await AttemptAsync(address, part, progress, cancellation).ConfigureAwait(false);
                if (end is not null) return end;
                failure = wrong!;
            }
            catch (Exception e) when (DiskFaults.IsOne(e))
            {
                return NoRoom(part, e);
            }
            answered |= failure.Answered;
            failures = part.Length > longest ? 1 : failures + 1;
            longest = Math.Max(longest, part.Length);
            if (failures >= settings.Attempts || attempt >= MostAttempts)
                return new DownloadEnd.GaveUp($"{failure.Reason} {Times(attempt)}", !answered);
            var pause = settings.PauseAfter(failures, failure.RetryAfter);
            progress?.Report(new FetchProgress(part.Name, part.Length, null, string.Create(
                CultureInfo.InvariantCulture, $"{failure.Reason} Next attempt in {pause.TotalSeconds:0.#} s.")));
            await Task.Delay(pause, time, cancellation).ConfigureAwait(false);
        }
    }

    private static string Times(int attempts) => attempts == 1
        ? "One attempt."
        : string.Create(CultureInfo.InvariantCulture, $"{attempts} attempts.");

    private async Task<(DownloadEnd? End, Failure? Failure)> AttemptAsync(
        Uri address, PartFile part, IProgress<FetchProgress>? progress, CancellationToken cancellation)
    {
        using var silence = new CancellationTokenSource(settings.Silence, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellation);
        var answered = false;
        try
        {
            using var request = Request(address, part, out var have);
            using var response = await http
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            answered = true;
            if (Judge(response, part, have) is { } judged) return judged;
            var resumed = response.StatusCode == HttpStatusCode.PartialContent;
            part.Remember(address, Validator(response));
            return await ReceiveAsync(response, part, resumed ? have : 0, silence, progress, either.Token)
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (null, new Failure(
                string.Create(
                    CultureInfo.InvariantCulture, $"The server sent nothing for {settings.Silence.TotalSeconds:0.#} s."),
                answered));
        }
        catch (HttpRequestException e)
        {
            return (null, new Failure(Sentence(e.Message), false));
        }
    }

    /// <summary>Asks for the rest when there is a part of the same address.</summary>
    private static HttpRequestMessage Request(Uri address, PartFile part, out long have)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        have = part.Length;
        if (have == 0 || !part.IsOf(address, out var validator))
        {
            have = 0;
            return request;
        }
        request.Headers.Range = new RangeHeaderValue(have, null);
        if (validator is not null && RangeConditionHeaderValue.TryParse(validator, out var condition))
            request.Headers.IfRange = condition;
        return request;
    }

    /// <summary>What the status says, before any content is read; null when the content is to be read.</summary>
    private static (DownloadEnd? End, Failure? Failure)? Judge(HttpResponseMessage response, PartFile part, long have)
    {
        var range = response.Content.Headers.ContentRange;
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK:
            case HttpStatusCode.PartialContent when have > 0 && range?.From == have:
                return null;
            case HttpStatusCode.PartialContent:
                part.Delete();
                return (null, new Failure("The server sent another range than it was asked for.", true));
            case HttpStatusCode.RequestedRangeNotSatisfiable when range?.Length == have && have > 0:
                return (new DownloadEnd.Done(Resumed: true), null);
            case HttpStatusCode.RequestedRangeNotSatisfiable when have > 0:
                part.Delete();
                return (null, new Failure("The server's file is shorter than what is here of it.", true));
            case HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError:
                return (null, new Failure(
                    $"The server answered {Status(response)}.", true, response.Headers.RetryAfter?.Delta));
            case >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest:
                return (new DownloadEnd.NotHere(
                    FetchProblems.Redirect,
                    $"The server answered {Status(response)} to '{response.Headers.Location}', which is not followed: "
                    + "from https to http, or one redirection too many."), null);
            default:
                return (new DownloadEnd.NotHere(
                    FetchProblems.NotHere, $"The server answered {Status(response)}."), null);
        }
    }

    private async Task<(DownloadEnd? End, Failure? Failure)> ReceiveAsync(
        HttpResponseMessage response, PartFile part, long have, CancellationTokenSource silence,
        IProgress<FetchProgress>? progress, CancellationToken cancellation)
    {
        var headers = response.Content.Headers;
        var total = headers.ContentRange?.Length ?? (headers.ContentLength is { } rest ? have + rest : null);
        var output = part.Open(append: have > 0);
        await using var closing = output.ConfigureAwait(false);
        var content = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        await using var closingContent = content.ConfigureAwait(false);
        var buffer = new byte[BufferSize];
        var length = have;
        progress?.Report(new FetchProgress(
            part.Name, length, total, have > 0 ? "Going on where an earlier transfer broke off." : null));
        while (true)
        {
            int read;
            try
            {
                read = await content.ReadAsync(buffer, cancellation).ConfigureAwait(false);
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                return (null, new Failure(Broken(length, total, e.Message), true));
            }
            if (read == 0) break;
            silence.CancelAfter(settings.Silence);
            length += read;
            if (length > settings.LargestBytes)
            {
                return (new DownloadEnd.NotHere(FetchProblems.TooLarge, string.Create(
                    CultureInfo.InvariantCulture,
                    $"The server sends more than {settings.LargestBytes} bytes: that is not the file.")), null);
            }
            await output.WriteAsync(buffer.AsMemory(0, read), cancellation).ConfigureAwait(false);
            progress?.Report(new FetchProgress(part.Name, length, total));
        }
        if (total is { } promised && promised != length)
            return (null, new Failure(Broken(length, total, "the server closed the connection"), true));
        output.Flush(flushToDisk: true);
        return (new DownloadEnd.Done(have > 0), null);
    }

    private static string Broken(long length, long? total, string message)
    {
        var whole = total?.ToString(CultureInfo.InvariantCulture) ?? "unknown many";
        return string.Create(
            CultureInfo.InvariantCulture, $"The transfer broke off at {length} of {whole} bytes: {Sentence(message)}");
    }

    // If-Range takes a strong entity tag or a date, and no weak tag.
    private static string? Validator(HttpResponseMessage response) =>
        response.Headers.ETag is { IsWeak: false } tag
            ? tag.ToString()
            : response.Content.Headers.LastModified?.ToString("R", CultureInfo.InvariantCulture);

    private static DownloadEnd.NoRoom NoRoom(PartFile part, Exception fault) => DiskFaults.IsFull(fault)
        ? new DownloadEnd.NoRoom(FetchProblems.DiskFull, string.Create(
            CultureInfo.InvariantCulture,
            $"There is no room for the file ({Sentence(fault.Message).TrimEnd('.')}). {part.Length} bytes of it are "
            + $"kept: make room, and the same command goes on from there."))
        : new DownloadEnd.NoRoom(
            FetchProblems.CannotWrite, $"The file cannot be written: {Sentence(fault.Message)}");

    private static string Status(HttpResponseMessage response) => string.Create(
        CultureInfo.InvariantCulture, $"{(int)response.StatusCode} {response.ReasonPhrase}").TrimEnd();

    private static string Sentence(string message)
    {
        var text = message.ReplaceLineEndings(" ").Trim();
        return text.EndsWith('.') ? text : text + ".";
    }

    /// <summary>What may pass.</summary>
    /// <param name="Answered">Whether the server said anything at all.</param>
    private sealed record Failure(string Reason, bool Answered, TimeSpan? RetryAfter = null);
}

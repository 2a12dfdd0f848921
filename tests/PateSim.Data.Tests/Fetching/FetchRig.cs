using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using PateSim.Data.Datasets;
using PateSim.Data.Fetching;
using PateSim.Data.Reading;
using PateSim.Data.Tables;
using PateSim.Data.Tests.Support;

namespace PateSim.Data.Tests.Fetching;

/// <summary>A server, a folder, and a dataset of one file <c>a.csv</c> of 200 kB that is published there.</summary>
internal sealed class FetchRig : IAsyncDisposable
{
    public static readonly byte[] Content = Encoding.ASCII.GetBytes(
        string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{i % 100:00},{i % 7},ab\n")));

    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxAutomaticRedirections = 3 });

    private FetchRig(TestServer server) => Server = server;

    public TestServer Server { get; }

    public FetchSettings Settings { get; set; } = new(
        3, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(2), TimeSpan.FromSeconds(20), 1 << 20);

    public string Root => Path.Combine(_folder.Path, "data");

    public string Set => Path.Combine(Root, "set");

    public List<FetchProgress> Progress { get; } = [];

    public static async Task<FetchRig> StartAsync() => new(await TestServer.StartAsync());

    public static DatasetFile File(string name, byte[] content) =>
        new(name, "unused", Convert.ToHexStringLower(SHA256.HashData(content)), 1, [1, 0]);

    public DatasetInfo Info(params PublishedFile[] published) => new(
        "set", "A set.", "A task.",
        new TableSchema(new NumericColumn("x", "x", "", 0, 1), new LabelColumn("y", "y", Level.Named("a", "b"))),
        "none", "nobody", "nowhere", [.. published.SelectMany(p => p.Holds).Distinct()], [])
    {
        Published = [.. published],
    };

    /// <summary>The dataset of the one file, at the given paths of the server.</summary>
    public DatasetInfo Info(params string[] paths) =>
        Info(new PublishedFile("a.csv", [.. paths.Select(At)], [File("a.csv", Content)]));

    public string At(string path) => new Uri(Server.Address, path).AbsoluteUri;

    public Task<FetchReport> FetchAsync(params string[] paths) => FetchAsync(Info(paths));

    public Task<FetchReport> FetchAsync(DatasetInfo info, CancellationToken cancellation = default) =>
        FetchAsync(info, [], cancellation);

    public Task<FetchReport> FetchAsync(
        DatasetInfo info, ImmutableArray<Uri> mirrors, CancellationToken cancellation = default) =>
        new DatasetFetcher(_http, Settings, TimeProvider.System).FetchAsync(
            info, Root, DataAccess.None, mirrors, new Recorder(this), cancellation);

    public string Write(string name, byte[] content) => _folder.Write(Path.Combine("data", "set", name), content);

    /// <summary>The names in the dataset's folder, but for the lock.</summary>
    public string[] Names => [.. new DirectoryInfo(Set).EnumerateFiles().Select(f => f.Name)
        .Where(name => name != FetchLock.Name).Order(StringComparer.Ordinal)];

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Server.DisposeAsync();
        _folder.Dispose();
    }

    // Progress<T> would report later, on another thread.
    private sealed class Recorder(FetchRig rig) : IProgress<FetchProgress>
    {
        public void Report(FetchProgress value)
        {
            lock (rig.Progress) rig.Progress.Add(value);
        }
    }
}

using System.Text;
using PateSim.Core;
using PateSim.Data.Reading;
using PateSim.Data.Tables;

namespace PateSim.Data.Tests.Support;

/// <summary>Files of a scenario's author in a folder of their own.</summary>
internal sealed class OwnFiles : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Path => _folder.Path;

    public OwnFiles With(string name, string content) => With(name, Encoding.UTF8.GetBytes(content));

    public OwnFiles With(string name, byte[] content)
    {
        _folder.Write(name, content);
        return this;
    }

    public DataAccess Access => DataAccess.From(_folder.Path, null, null);

    public RawTable Load(string kind, params (string, object)[] options) =>
        DataCatalogs.Datasets[kind].With(options).Instance.Load(Access, default, default);

    public Problem Refusal(string kind, params (string, object)[] options) =>
        Assert.Throws<InvalidInputException>(() => Load(kind, options)).Problems[0];

    public void Dispose() => _folder.Dispose();
}

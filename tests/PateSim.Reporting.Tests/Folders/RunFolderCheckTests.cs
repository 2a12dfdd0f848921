using System.Security.Cryptography;
using PateSim.Privacy.Ledger;
using PateSim.Reporting.Files;
using PateSim.Reporting.Folders;
using PateSim.Reporting.Tests.Support;

namespace PateSim.Reporting.Tests.Folders;

public sealed class RunFolderCheckTests : IDisposable
{
    private readonly TemporaryFolder _parent = new();
    private readonly string _folder;

    public RunFolderCheckTests()
    {
        var files = SampleRecords.Files(SampleRecords.Completed);
        using var folder = RunFolder.Begin(
            _parent.Path, "run", files.Single(file => file.Name == RunFileNames.Scenario));
        _folder = folder.Seal(files, new RunFile(RunFileNames.Timings, "{}\n"u8.ToArray())).Path;
    }

    public void Dispose() => _parent.Dispose();

    [Fact]
    public void An_untouched_folder_is_intact() => Assert.Empty(RunFolderCheck.Verify(_folder).Problems);

    [Fact]
    public void A_changed_byte_in_any_sealed_file_is_found()
    {
        foreach (var name in SampleRecords.Files(SampleRecords.Completed).Select(file => file.Name))
        {
            var path = Path.Combine(_folder, name);
            var before = File.ReadAllBytes(path);
            var after = before.ToArray();
            after[after.Length / 2] ^= 1;
            File.WriteAllBytes(path, after);
            Assert.Contains(Codes(), code => code == RunFolderCheck.FileChanged);
            File.WriteAllBytes(path, before);
        }
        Assert.Empty(Codes());
    }

    [Fact]
    public void A_changed_ledger_is_found_even_when_the_seal_is_written_anew()
    {
        var ledger = Path.Combine(_folder, RunFileNames.Ledger);
        var sums = Path.Combine(_folder, RunFileNames.Checksums);
        var old = Digest(ledger);
        var changed = File.ReadAllText(ledger).Replace(",0.2,true,", ",0.1,true,", StringComparison.Ordinal);
        File.WriteAllText(ledger, changed);
        File.WriteAllText(sums, File.ReadAllText(sums).Replace(old, Digest(ledger), StringComparison.Ordinal));
        Assert.Equal(["PS3903"], Codes());
    }

    [Theory]
    [InlineData("\"records\": 25,", "\"records\": 24,", "its hospitals hold 59 records and it states 60")]
    [InlineData("\"inNoPlace\": 0", "\"inNoPlace\": 1", "inNoPlace is 1, and must be 0")]
    [InlineData("\"mostHospitalsOfAPatient\": 1", "\"mostHospitalsOfAPatient\": 2", "a patient is in 2 hospitals")]
    [InlineData("\"assignmentDigest\": \"ddee\"", "\"assignmentDigest\": \"ddef\"", "in summary.json")]
    [InlineData("\"name\": \"three\"", "\"name\": \"four\"", "hospital 2 has 30 records here; hospitals.csv says")]
    [InlineData("\"patients\": 700", "\"patient\": 700", "patients is missing here")]
    [InlineData("{", "[", "it is no certificate")]
    public void A_changed_certificate_is_found_even_when_the_seal_is_written_anew(
        string was, string now, string message)
    {
        var certificate = Path.Combine(_folder, RunFileNames.Disjointness);
        var sums = Path.Combine(_folder, RunFileNames.Checksums);
        var old = Digest(certificate);
        var text = File.ReadAllText(certificate);
        Assert.Contains(was, text, StringComparison.Ordinal);
        File.WriteAllText(certificate, text.Replace(was, now, StringComparison.Ordinal));
        File.WriteAllText(sums, File.ReadAllText(sums).Replace(old, Digest(certificate), StringComparison.Ordinal));
        var problems = RunFolderCheck.Verify(_folder).Problems;
        Assert.All(problems, problem => Assert.Equal("PS3170", problem.Code));
        Assert.Contains(problems, problem => problem.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_certificate_removed_from_folder_and_seal_is_missed()
    {
        var sums = Path.Combine(_folder, RunFileNames.Checksums);
        File.Delete(Path.Combine(_folder, RunFileNames.Disjointness));
        File.WriteAllLines(sums, File.ReadAllLines(sums).Where(
            line => !line.EndsWith(RunFileNames.Disjointness, StringComparison.Ordinal)));
        var problem = Assert.Single(RunFolderCheck.Verify(_folder).Problems);
        Assert.Equal((RunFolderCheck.BadSeal, RunFileNames.Disjointness), (problem.Code, problem.Subject));
    }

    [Fact]
    public void A_certificate_is_held_against_the_assignment_made_anew()
    {
        var path = Path.Combine(_folder, RunFileNames.Disjointness);
        var content = File.ReadAllBytes(path);
        Assert.Null(CertificateCheck.Compare(path, content, "ddee"));
        Assert.Equal(CertificateCheck.Differs, CertificateCheck.Compare(path, content, "ddef")?.Code);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_ledger_edited_or_shortened_and_chained_and_sealed_anew_is_found_by_the_manifest(int rows)
    {
        var ledger = Path.Combine(_folder, RunFileNames.Ledger);
        var sums = Path.Combine(_folder, RunFileNames.Checksums);
        var old = Digest(ledger);
        var cheaper = LedgerCsv.Read(File.ReadAllText(ledger), ledger).Take(rows)
            .Select(row => row with { PerAnswerEpsilon = row.PerAnswerEpsilon / 2 });
        File.WriteAllText(ledger, LedgerCsv.Write(cheaper).Text);
        File.WriteAllText(sums, File.ReadAllText(sums).Replace(old, Digest(ledger), StringComparison.Ordinal));
        Assert.Equal(["PS3903"], Codes());
    }

    [Fact]
    public void A_folder_sealed_anew_is_found_by_a_noted_seal()
    {
        var seal = RunFolderCheck.Verify(_folder).Seal;
        Assert.Empty(RunFolderCheck.Verify(_folder, seal.ToUpperInvariant()).Problems);
        Assert.Equal(
            [RunFolderCheck.OtherSeal],
            RunFolderCheck.Verify(_folder, new string('0', 64)).Problems.Select(problem => problem.Code));
    }

    [Fact]
    public void Timings_may_change()
    {
        File.WriteAllText(Path.Combine(_folder, RunFileNames.Timings), "other");
        Assert.Empty(Codes());
    }

    [Fact]
    public void A_missing_file_is_found()
    {
        File.Delete(Path.Combine(_folder, RunFileNames.Theft));
        Assert.Equal([RunFolderCheck.FileMissing], Codes());
    }

    [Fact]
    public void A_file_too_many_is_found()
    {
        File.WriteAllText(Path.Combine(_folder, "votes.csv"), "");
        Assert.Equal([RunFolderCheck.FileUnknown], Codes());
    }

    [Theory]
    [InlineData("no digest  at all")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000  ../summary.json")]
    [InlineData("zz00000000000000000000000000000000000000000000000000000000000000  summary.json")]
    public void A_line_that_is_no_digest_of_a_plain_name_is_found(string line)
    {
        File.AppendAllText(Path.Combine(_folder, RunFileNames.Checksums), line + "\n");
        Assert.Equal([RunFolderCheck.BadSeal], Codes());
    }

    [Fact]
    public void A_seal_that_leaves_a_file_out_is_found()
    {
        var sums = Path.Combine(_folder, RunFileNames.Checksums);
        var others = File.ReadAllLines(sums)
            .Where(line => !line.EndsWith(RunFileNames.Summary, StringComparison.Ordinal));
        File.WriteAllLines(sums, others);
        Assert.Equal([RunFolderCheck.BadSeal, RunFolderCheck.FileUnknown], Codes());
    }

    [Fact]
    public void A_folder_without_seal_or_without_existence_is_not_intact()
    {
        Assert.Equal([RunFolderCheck.NotSealed], Codes(_parent.Path));
        Assert.Equal([RunFolderCheck.NotSealed], Codes(Path.Combine(_parent.Path, "nowhere")));
    }

    [Fact]
    public void A_partial_folder_is_not_intact_even_with_a_seal()
    {
        Directory.Move(_folder, _folder + ".partial");
        Assert.Equal([RunFolderCheck.NotSealed], Codes(_folder + ".partial/"));
    }

    private static string Digest(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));

    private string[] Codes(string? folder = null) =>
        [.. RunFolderCheck.Verify(folder ?? _folder).Problems.Select(problem => problem.Code)];
}

using PateSim.Reporting.Files;
using PateSim.Reporting.Folders;
using PateSim.Reporting.Tests.Support;

namespace PateSim.Reporting.Tests.Folders;

public class RunFolderTests
{
    private const string Name = "sample-01234567-s7";

    private static readonly RunFile Claim = SampleRecords.File(SampleRecords.Completed, RunFileNames.Scenario);
    private static readonly RunFile Timings = new(RunFileNames.Timings, "{}\n"u8.ToArray());

    [Fact]
    public void A_sealed_folder_holds_every_file_and_checks()
    {
        using var parent = new TemporaryFolder();
        var sealedRun = Write(parent.Path);
        Assert.Equal(Path.Combine(parent.Path, Name), sealedRun.Path);
        Assert.Equal([Name], parent.Names);
        foreach (var file in SampleRecords.Files(SampleRecords.Completed).Append(Timings))
            Assert.Equal(file.Content.ToArray(), File.ReadAllBytes(Path.Combine(sealedRun.Path, file.Name)));
        var check = RunFolderCheck.Verify(sealedRun.Path);
        Assert.Empty(check.Problems);
        Assert.Equal(sealedRun.Seal, check.Seal);
        Assert.Equal(13, check.Files);
    }

    [Fact]
    public void The_seal_does_not_depend_on_timings()
    {
        using var parent = new TemporaryFolder();
        var first = Write(parent.Path);
        var second = Write(parent.Path, timings: new RunFile(RunFileNames.Timings, "{ }\n"u8.ToArray()));
        Assert.Equal(first.Seal, second.Seal);
        var sums = File.ReadAllText(Path.Combine(first.Path, RunFileNames.Checksums));
        Assert.DoesNotContain(RunFileNames.Timings, sums, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rerun_never_overwrites()
    {
        using var parent = new TemporaryFolder();
        var marks = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            var path = Write(parent.Path).Path;
            marks.Add(Path.GetFileName(path));
            File.WriteAllText(Path.Combine(path, "mark"), $"{i}");
        }
        Assert.Equal([Name, Name + "-2", Name + "-3"], marks);
        Assert.Equal("0", File.ReadAllText(Path.Combine(parent.Path, Name, "mark")));
    }

    [Fact]
    public void An_abandoned_partial_folder_is_left_alone()
    {
        using var parent = new TemporaryFolder();
        var abandoned = Directory.CreateDirectory(Path.Combine(parent.Path, Name + ".partial")).FullName;
        File.WriteAllText(Path.Combine(abandoned, "mark"), "");
        Assert.EndsWith("-2", Write(parent.Path).Path, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(abandoned, "mark")));
    }

    [Fact]
    public void Two_runs_at_once_get_folders_of_their_own()
    {
        using var parent = new TemporaryFolder();
        using var first = RunFolder.Begin(parent.Path, Name, Claim);
        using var second = RunFolder.Begin(parent.Path, Name, Claim);
        var files = SampleRecords.Files(SampleRecords.Completed);
        Assert.Equal(Name + "-2", Path.GetFileName(second.Seal(files, Timings).Path));
        Assert.Equal(Name, Path.GetFileName(first.Seal(files, Timings).Path));
    }

    [Fact]
    public void A_name_taken_during_the_run_is_not_overwritten()
    {
        using var parent = new TemporaryFolder();
        var taken = Path.Combine(parent.Path, Name);
        var access = new FaultyFolderAccess(int.MaxValue)
        {
            BeforeRename = to =>
            {
                if (to == taken) File.WriteAllText(Directory.CreateDirectory(taken).FullName + "/mark", "");
            },
        };
        Assert.Equal(Name + "-2", Path.GetFileName(Write(parent.Path, access).Path));
        Assert.Equal([taken + "/mark"], Directory.EnumerateFiles(taken));
        Assert.Equal([Name, Name + "-2"], parent.Names);
    }

    [Fact]
    public void A_disk_that_fills_at_any_file_leaves_nothing_behind()
    {
        var writes = SampleRecords.Files(SampleRecords.Completed).Length + 2;
        for (var room = 0; room < writes; room++)
        {
            using var parent = new TemporaryFolder();
            var exception = Assert.Throws<RunFolderException>(() => Write(parent.Path, new FaultyFolderAccess(room)));
            Assert.Equal(room == 0 ? RunFolderException.CannotBegin : RunFolderException.CannotWrite, exception.Code);
            Assert.Contains("No space left", exception.Message, StringComparison.Ordinal);
            Assert.Empty(parent.Names);
        }
        using var enough = new TemporaryFolder();
        Write(enough.Path, new FaultyFolderAccess(writes));
        Assert.Equal([Name], enough.Names);
    }

    [Fact]
    public void What_cannot_be_deleted_stays_partial()
    {
        using var parent = new TemporaryFolder();
        var access = new FaultyFolderAccess(5) { FailsToDelete = true };
        Assert.Throws<RunFolderException>(() => Write(parent.Path, access));
        Assert.Equal([Name + ".partial"], parent.Names);
        Assert.False(RunFolderCheck.Verify(Path.Combine(parent.Path, Name + ".partial")).IsIntact);
    }

    [Fact]
    public void A_rename_that_fails_leaves_nothing_sealed()
    {
        using var parent = new TemporaryFolder();
        var access = new FaultyFolderAccess(int.MaxValue) { FailsToRename = true };
        var exception = Assert.Throws<RunFolderException>(() => Write(parent.Path, access));
        Assert.Equal(RunFolderException.CannotSeal, exception.Code);
        Assert.Empty(parent.Names);
    }

    [Fact]
    public void A_parent_that_is_a_file_is_refused_before_the_run()
    {
        using var parent = new TemporaryFolder();
        var file = Path.Combine(parent.Path, "file");
        File.WriteAllText(file, "");
        var exception = Assert.Throws<RunFolderException>(() => RunFolder.Begin(file, Name, Claim));
        Assert.Equal(RunFolderException.CannotBegin, exception.Code);
        Assert.Contains(file, exception.Message, StringComparison.Ordinal);
        Assert.Contains("--out", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_throws_leaves_nothing()
    {
        using var parent = new TemporaryFolder();
        using (RunFolder.Begin(parent.Path, Name, Claim)) Assert.Equal([Name + ".partial"], parent.Names);
        Assert.Empty(parent.Names);
    }

    private static SealedRun Write(string parent, IFolderAccess? access = null, RunFile? timings = null)
    {
        using var folder = RunFolder.Begin(parent, Name, Claim, access);
        return folder.Seal(SampleRecords.Files(SampleRecords.Completed), timings ?? Timings);
    }
}

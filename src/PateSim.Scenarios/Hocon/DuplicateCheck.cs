namespace PateSim.Scenarios.Hocon;

/// <summary>
/// Finds keys that are written twice. HOCON lets the last one win; in a scenario it is a mistake, unless the later one
/// overrides an included file, is a <c>--set</c>, builds on the earlier value, or may be absent (<c>${?path}</c>).
/// Blocks of one key are merged.
/// </summary>
internal sealed class DuplicateCheck(ProblemCollector problems)
{
    private sealed class Slot
    {
        public FieldSyntax? Value { get; set; }

        public FieldSyntax? Block { get; set; }

        public Dictionary<string, Slot> Children { get; } = new(StringComparer.Ordinal);
    }

    public static void Run(BlockSyntax root, ProblemCollector problems) =>
        new DuplicateCheck(problems).VisitBlock(root, new Slot(), []);

    private void VisitBlock(BlockSyntax block, Slot slot, List<string> path)
    {
        foreach (var field in block.Fields)
        {
            if (!slot.Children.TryGetValue(field.Key, out var child)) slot.Children.Add(field.Key, child = new Slot());
            path.Add(field.Key);
            var isBlock = field.Value is BlockSyntax;
            var clash = Clash(field, child, path);
            if (clash is not null)
            {
                problems.Add(
                    field.Place, ProblemCodes.DuplicateKey, HoconPath.Render(path),
                    $"It is written twice: already at {clash.Place}. Remove one of the two.");
            }
            if (isBlock) child.Block = field;
            else child.Value = field;
            VisitValue(field.Value, child, path);
            path.RemoveAt(path.Count - 1);
        }
    }

    private static FieldSyntax? Clash(FieldSyntax field, Slot slot, List<string> path)
    {
        if (field.Value is BlockSyntax)
            return slot.Value is { } value && !MayBeBlock(value.Value) && IsWithin(value, field) ? value : null;
        if (BuildsOnEarlier(field.Value, path) || IsOptional(field.Value)) return null;
        if (slot.Value is { } earlier && IsWithin(earlier, field)) return earlier;
        return slot.Block is { } block && !MayBeBlock(field.Value) && IsWithin(block, field) ? block : null;
    }

    private static bool IsWithin(FieldSyntax earlier, FieldSyntax later) =>
        earlier.Place.File.Encloses(later.Place.File);

    private static bool MayBeBlock(SyntaxValue value) => value switch
    {
        SubstitutionSyntax or BlockSyntax => true,
        JoinSyntax join => join.Parts.All(part => MayBeBlock(part.Value)),
        _ => false,
    };

    private static bool IsOptional(SyntaxValue value) => value switch
    {
        SubstitutionSyntax substitution => substitution.Optional,
        JoinSyntax join => join.Parts.All(part => IsOptional(part.Value)),
        _ => false,
    };

    private static bool BuildsOnEarlier(SyntaxValue value, List<string> path) => value switch
    {
        EarlierSyntax => true,
        SubstitutionSyntax substitution => substitution.Path.SequenceEqual(path)
            || substitution.Place.File.Prefix.Concat(substitution.Path).SequenceEqual(path),
        JoinSyntax join => join.Parts.Any(part => BuildsOnEarlier(part.Value, path)),
        ListSyntax list => list.Items.Any(item => BuildsOnEarlier(item, path)),
        _ => false,
    };

    private void VisitValue(SyntaxValue value, Slot slot, List<string> path)
    {
        switch (value)
        {
            case BlockSyntax block:
                VisitBlock(block, slot, path);
                break;
            case JoinSyntax join:
                foreach (var part in join.Parts) VisitValue(part.Value, slot, path);
                break;
            case ListSyntax list:
                for (var i = 0; i < list.Items.Length; i++) VisitValue(list.Items[i], new Slot(), path);
                break;
        }
    }
}

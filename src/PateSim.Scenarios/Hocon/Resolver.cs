using System.Collections.Immutable;
using System.Text;

namespace PateSim.Scenarios.Hocon;

/// <summary>
/// Merges what was written at each path and replaces substitutions by what they refer to, on demand: a path is
/// evaluated when something needs it, so that settings may refer to later ones and to siblings within one block.
/// </summary>
internal sealed partial class Resolver
{
    private readonly Func<string, string?>? _environment;
    private readonly ProblemCollector _problems;
    private readonly LazyNode _root = new("");
    private readonly List<LazyNode> _stack = [];
    private readonly HashSet<LazyNode> _open = [];
    private long _produced;

    private Resolver(BlockSyntax root, Func<string, string?>? environment, ProblemCollector problems)
    {
        (_environment, _problems) = (environment, problems);
        _root.Parts.Add(new WrittenPart(root.Place, root));
    }

    public static HoconObject Resolve(
        BlockSyntax root, Func<string, string?>? environment, ProblemCollector problems)
    {
        var resolver = new Resolver(root, environment, problems);
        return resolver.Materialise(resolver._root, root.Place) as HoconObject ?? new HoconObject(root.Place, []);
    }

    /// <summary>The resolved value; null when absent or failed.</summary>
    private HoconNode? Materialise(LazyNode node, SourcePlace place)
    {
        var shape = Evaluate(node, place);
        if (shape is ValueShape value) return Spend(value.Node.Size, place) ? value.Node : null;
        if (shape is not BlockShape block) return null;

        if (!Spend(Limits.BlockCost, place)) return null;
        var links = new HashSet<LazyNode>();
        Gather(block, links);
        if (links.FirstOrDefault(_open.Contains) is { } outer)
        {
            _problems.Add(
                place, ProblemCodes.SubstitutionCycle, node.Path,
                $"The block holds itself: {outer.Path} -> {node.Path} -> {outer.Path}.");
            return null;
        }
        if (_open.Count >= Limits.Depth)
        {
            _problems.Add(
                place, ProblemCodes.TooDeep, node.Path,
                $"After substitution, blocks and lists are nested deeper than {Limits.Depth} levels.");
            return null;
        }
        _open.Add(node);
        var fields = ImmutableArray.CreateBuilder<HoconField>();
        foreach (var key in Keys(node))
        {
            if (!Spend(key.Length, place)) break;
            var child = Child(node, key);
            var keyPlace = child.Parts[^1].Key;
            if (Materialise(child, keyPlace) is not { } found) continue;
            fields.Add(new HoconField(key, found is HoconObject ? child.Parts[0].Key : keyPlace, found));
        }
        _open.Remove(node);
        return new HoconObject(block.Place, fields.ToImmutable());
    }

    private static void Gather(BlockShape block, HashSet<LazyNode> links)
    {
        foreach (var layer in block.Layers.OfType<NodeLayer>())
        {
            if (links.Add(layer.Node) && layer.Node.Known is BlockShape inner) Gather(inner, links);
        }
    }

    private Shape Evaluate(LazyNode node, SourcePlace place)
    {
        if (node.Known is not null) return node.Known;
        if (node.Evaluating >= 0) return Cycle(node, place);
        if (_stack.Count >= Limits.Chain) return node.Known = TooLong(node, place);
        _stack.Add(node);
        Shape last = AbsentShape.Instance;
        var blocks = new List<BlockShape>();
        // From the last part to the first: what a later value hides is not looked at.
        for (var i = node.Parts.Count - 1; i >= 0 && last is AbsentShape; i--)
        {
            node.Evaluating = i;
            var next = node.Parts[i] switch
            {
                WrittenPart written => Evaluate(written.Value, node),
                LinkPart link => Evaluate(link.Target, link.Key),
                _ => FailedShape.Instance,
            };
            if (next is BlockShape block) blocks.Add(block);
            else if (next is FailedShape || blocks.Count == 0) last = next;
            else if (next is ValueShape) break;
        }
        node.Evaluating = -1;
        _stack.RemoveAt(_stack.Count - 1);
        blocks.Reverse();
        return node.Known = last is AbsentShape && blocks.Count > 0 ? BlockShape.Merge(blocks) : last;
    }

    private Shape Evaluate(SyntaxValue value, LazyNode node)
    {
        switch (value)
        {
            case TextSyntax { IsQuoted: false, Text: "null" }:
                return new ValueShape(new HoconNull(value.Place));
            case TextSyntax text:
                return new ValueShape(new HoconScalar(text.Place, text.Text, text.IsQuoted));
            case BlockSyntax block:
                return new BlockShape(block.Place, [new WrittenLayer(block)]);
            case ListSyntax list:
                return EvaluateList(list, node);
            case EarlierSyntax:
                return node.Evaluating == 0 ? AbsentShape.Instance : Link(node.Before(node.Evaluating), value.Place);
            case SubstitutionSyntax substitution:
                return EvaluateSubstitution(substitution);
            case JoinSyntax join:
                return EvaluateJoin(join, node);
            default:
                throw new NotSupportedException($"{value.GetType().Name} is not a value.");
        }
    }

    private Shape EvaluateList(ListSyntax list, LazyNode node)
    {
        var items = ImmutableArray.CreateBuilder<HoconNode>();
        for (var i = 0; i < list.Items.Length; i++)
        {
            var item = new LazyNode(FormattableString.Invariant($"{node.Path}[{i}]"));
            item.Parts.Add(new WrittenPart(list.Items[i].Place, list.Items[i]));
            var found = Materialise(item, list.Items[i].Place);
            if (found is not null) items.Add(found);
            else if (item.Known is not AbsentShape) return FailedShape.Instance;
        }
        return new ValueShape(new HoconList(list.Place, items.ToImmutable()));
    }

    private Shape EvaluateJoin(JoinSyntax join, LazyNode node)
    {
        var shapes = join.Parts.Select(part => Evaluate(part.Value, node)).ToList();
        if (shapes.Any(shape => shape is FailedShape)) return FailedShape.Instance;
        if (shapes.All(shape => shape is AbsentShape)) return AbsentShape.Instance;
        var present = shapes.Where(shape => shape is not AbsentShape).ToList();
        if (present.All(shape => shape is BlockShape)) return BlockShape.Merge([.. present.Cast<BlockShape>()]);

        var values = present.OfType<ValueShape>().Select(shape => shape.Node).ToList();
        if (values.Count == present.Count)
        {
            if (values.All(value => value is HoconList))
            {
                var items = values.Cast<HoconList>().SelectMany(list => list.Items).ToImmutableArray();
                return Spend(items.Length, join.Place)
                    ? new ValueShape(new HoconList(join.Place, items))
                    : FailedShape.Instance;
            }
            if (values.All(value => value is HoconScalar or HoconNull)) return JoinText(join, shapes);
        }
        var kinds = present.Select(shape => shape is ValueShape v ? v.Node.Describe() : "a block { }");
        _problems.Add(
            join.Place, ProblemCodes.CannotJoin, node.Path,
            $"These stand side by side and cannot be joined: {string.Join(", ", kinds)}. "
            + "Text joins text, a list a list, a block a block.");
        return FailedShape.Instance;
    }

    private Shape JoinText(JoinSyntax join, List<Shape> shapes)
    {
        var (text, quoted) = (new StringBuilder(), false);
        for (var i = 0; i < shapes.Count; i++)
        {
            if (i > 0) text.Append(join.Parts[i].Space);
            if (shapes[i] is not ValueShape { Node: var part }) continue;
            text.Append(part is HoconScalar scalar ? scalar.Text : "null");
            quoted |= part is HoconScalar { IsQuoted: true };
        }
        return Spend(text.Length, join.Place)
            ? new ValueShape(new HoconScalar(join.Place, text.ToString(), quoted))
            : FailedShape.Instance;
    }

    /// <summary>Counts what is produced; raises one problem when it is too much.</summary>
    private bool Spend(long amount, SourcePlace place)
    {
        var before = _produced;
        _produced += amount;
        if (_produced <= Limits.Expansion) return true;
        if (before <= Limits.Expansion)
        {
            _problems.Add(
                place, ProblemCodes.ExpansionTooLarge, "",
                $"After substitution the scenario holds more than {Limits.Expansion} values and characters.");
        }
        return false;
    }
}

using System.Collections.Immutable;

namespace PateSim.Scenarios.Hocon;

/// <summary>Substitutions: finding the node of a path, and cycles.</summary>
internal sealed partial class Resolver
{
    private Shape EvaluateSubstitution(SubstitutionSyntax substitution)
    {
        var (path, place) = (substitution.Path, substitution.Place);
        // Within an included file, a path is looked for below the including block first.
        for (var file = place.File; file is not null; file = file.Parent)
        {
            if (file.Prefix.IsEmpty) continue;
            var inner = Find([.. file.Prefix, .. path], substitution);
            if (inner is not AbsentShape) return inner;
        }
        var found = Find(path, substitution);
        if (found is not AbsentShape) return found;

        var name = HoconPath.Render(path);
        if (path.Length == 1 && _environment?.Invoke(path[0]) is { } variable)
            return new ValueShape(new HoconScalar(place, variable, IsQuoted: false));
        if (_environment is null && LooksLikeEnvironment(path))
        {
            _problems.Add(
                place, ProblemCodes.EnvironmentNotRead, "",
                $"Nothing in the scenario defines '{name}', and environment variables are not read: the scenario would "
                + "mean different things on different machines. Pass the value with --set.");
            return FailedShape.Instance;
        }
        if (substitution.Optional) return AbsentShape.Instance;
        _problems.Add(
            place, ProblemCodes.Undefined, "",
            $"${{{name}}} refers to nothing: no setting of that path is written. {Suggest(path)}"
            + $"If it may be absent, write ${{?{name}}}.");
        return FailedShape.Instance;
    }

    private Shape Find(ImmutableArray<string> path, SubstitutionSyntax substitution)
    {
        var node = _root;
        for (var i = 0; i < path.Length; i++)
        {
            var shape = Evaluate(node, substitution.Place);
            if (shape is FailedShape) return shape;
            if (shape is not BlockShape) return AbsentShape.Instance;
            var child = Child(node, path[i]);
            if (child.Parts.Count == 0) return AbsentShape.Instance;
            if (child.Evaluating > 0) child = child.Before(child.Evaluating);
            else if (child.Evaluating == 0)
            {
                var direct = i == path.Length - 1 && ReferenceEquals(_stack[^1], child);
                return direct && substitution.Optional ? AbsentShape.Instance : Cycle(child, substitution.Place);
            }
            node = child;
        }
        return Link(node, substitution.Place);
    }

    /// <summary>The shape of a node as seen from where it is referred to.</summary>
    private Shape Link(LazyNode node, SourcePlace place)
    {
        var shape = Evaluate(node, place);
        if (shape is ValueShape value) return new ValueShape(value.Node with { Place = place });
        if (shape is not BlockShape block) return shape;
        return block.Chain < Limits.Chain
            ? new BlockShape(place, [new NodeLayer(node)], block.Chain + 1)
            : TooLong(node, place);
    }

    private FailedShape TooLong(LazyNode node, SourcePlace place)
    {
        _problems.Add(
            place, ProblemCodes.ExpansionTooLarge, node.Path,
            $"Substitutions refer to one another in a chain longer than {Limits.Chain}.");
        return FailedShape.Instance;
    }

    private FailedShape Cycle(LazyNode node, SourcePlace place)
    {
        var chain = _stack.SkipWhile(n => n != node).Select(n => n.Path).Append(node.Path).ToList();
        var text = chain.Count > 12
            ? string.Join(" -> ", chain.Take(6)) + " -> ... -> " + string.Join(" -> ", chain.TakeLast(3))
            : string.Join(" -> ", chain);
        _problems.Add(
            place, ProblemCodes.SubstitutionCycle, "", $"The substitution comes back to where it started: {text}.");
        return FailedShape.Instance;
    }

    /// <summary>The keys of a block, in the order in which they first appear.</summary>
    private static List<string> Keys(LazyNode node)
    {
        var (keys, seen) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        var visited = new HashSet<LazyNode>();
        Collect(node);
        return keys;

        void Collect(LazyNode from)
        {
            if (!visited.Add(from) || from.Known is not BlockShape block) return;
            foreach (var layer in block.Layers)
            {
                if (layer is NodeLayer other) Collect(other.Node);
                else if (layer is WrittenLayer written)
                {
                    foreach (var field in written.Block.Fields)
                    {
                        if (seen.Add(field.Key)) keys.Add(field.Key);
                    }
                }
            }
        }
    }

    /// <summary>The child of a node whose shape is a known block; without parts when there is no such key.</summary>
    private static LazyNode Child(LazyNode node, string key)
    {
        if (node.Children.TryGetValue(key, out var child)) return child;
        child = new LazyNode(HoconPath.Append(node.Path, key));
        node.Children.Add(key, child);
        foreach (var layer in ((BlockShape)node.Known!).Layers)
        {
            if (layer is NodeLayer link)
            {
                var target = Child(link.Node, key);
                if (target.Parts.Count > 0) child.Parts.Add(new LinkPart(target.Parts[^1].Key, target));
            }
            else if (layer is WrittenLayer written)
            {
                child.Parts.AddRange(written.Block.ByKey[key].Select(f => new WrittenPart(f.Place, f.Value)));
            }
        }
        return child;
    }

    private static bool LooksLikeEnvironment(ImmutableArray<string> path) =>
        path.Length == 1 && path[0].Any(char.IsAsciiLetterUpper)
        && path[0].All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '_');

    private string Suggest(ImmutableArray<string> path)
    {
        var node = _root;
        for (var i = 0; i < path.Length; i++)
        {
            if (node.Known is not BlockShape) return "";
            var child = Child(node, path[i]);
            if (child.Parts.Count == 0)
            {
                var nearest = PateSim.Core.Suggestion.Nearest(path[i], Keys(node));
                return nearest is null ? "" : $"Did you mean ${{{HoconPath.Append(node.Path, nearest)}}}? ";
            }
            node = child;
        }
        return "";
    }
}

namespace PateSim.Scenarios.Hocon;

/// <summary>What was written at one path, in order: values of the files, and links to what a substitution brings.
/// </summary>
/// <param name="path">For messages.</param>
internal sealed class LazyNode(string path)
{
    public string Path { get; } = path;

    public List<LazyPart> Parts { get; } = [];

    /// <summary>The merged value, once it is known.</summary>
    public Shape? Known { get; set; }

    /// <summary>Index of the part that is being evaluated, or -1. A reference to the node meanwhile means what was
    /// written before that part.</summary>
    public int Evaluating { get; set; } = -1;

    /// <summary>Children that were asked for, by key.</summary>
    public Dictionary<string, LazyNode> Children => field ??= new(StringComparer.Ordinal);

    private Dictionary<int, LazyNode>? _earlier;

    /// <summary>The node as it was before its index-th part.</summary>
    public LazyNode Before(int index)
    {
        _earlier ??= [];
        if (_earlier.TryGetValue(index, out var node)) return node;
        node = new LazyNode(Path);
        node.Parts.AddRange(Parts[..index]);
        return _earlier[index] = node;
    }
}

/// <param name="Key">Where the key is written.</param>
internal abstract record LazyPart(SourcePlace Key);

/// <summary>Written in a file.</summary>
internal sealed record WrittenPart(SourcePlace Key, SyntaxValue Value) : LazyPart(Key);

/// <summary>The same as another node, which a substitution brought here.</summary>
internal sealed record LinkPart(SourcePlace Key, LazyNode Target) : LazyPart(Key);

/// <summary>What a node is, as far as must be known to merge it.</summary>
internal abstract record Shape;

/// <summary>Nothing written, or only optional substitutions of nothing.</summary>
internal sealed record AbsentShape : Shape
{
    public static AbsentShape Instance { get; } = new();
}

/// <summary>A problem was raised already.</summary>
internal sealed record FailedShape : Shape
{
    public static FailedShape Instance { get; } = new();
}

/// <summary>Text, null or a list, resolved.</summary>
internal sealed record ValueShape(HoconNode Node) : Shape;

/// <summary>A block whose fields are those of its layers, the later ones over the earlier ones.</summary>
/// <param name="Chain">How many substitutions lie between it and the file at most.</param>
internal sealed record BlockShape(SourcePlace Place, IReadOnlyList<Layer> Layers, int Chain = 0) : Shape
{
    /// <summary>One block of several, the later ones over the earlier ones. Neighbours that were written become one
    /// layer, so that the effort is linear in the number of fields.</summary>
    public static BlockShape Merge(IReadOnlyList<BlockShape> blocks)
    {
        if (blocks.Count == 1) return blocks[0];
        var layers = new List<Layer>();
        var written = new List<FieldSyntax>();
        foreach (var layer in blocks.SelectMany(block => block.Layers))
        {
            if (layer is WrittenLayer { Block: var syntax })
            {
                written.AddRange(syntax.Fields);
                continue;
            }
            Flush();
            layers.Add(layer);
        }
        Flush();
        return new BlockShape(blocks[0].Place, layers, blocks.Max(block => block.Chain));

        void Flush()
        {
            if (written.Count == 0) return;
            layers.Add(new WrittenLayer(new BlockSyntax(blocks[0].Place, [.. written])));
            written.Clear();
        }
    }
}

internal abstract record Layer;

internal sealed record WrittenLayer(BlockSyntax Block) : Layer;

internal sealed record NodeLayer(LazyNode Node) : Layer;

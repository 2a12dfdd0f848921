using Microsoft.ML.Trainers.FastTree;

namespace PateSim.Learning.Trees;

/// <summary>Reads trained trees out of ML.NET's models.</summary>
internal static class FlatTrees
{
    /// <param name="weights">What each tree's leaves are multiplied by, shape [trees].</param>
    public static BinaryTrees Of(
        IReadOnlyList<RegressionTreeBase> trees, IReadOnlyList<double> weights, double slope, double offset,
        TreeLink link = TreeLink.Logistic)
    {
        List<int> roots = [], splits = [], left = [], right = [];
        List<float> thresholds = [];
        List<double> leaves = [];
        for (var t = 0; t < trees.Count; t++)
        {
            var tree = trees[t];
            var (firstNode, firstLeaf) = (splits.Count, leaves.Count);
            int Place(int child) => child >= 0 ? child + firstNode : ~(~child + firstLeaf);
            roots.Add(tree.NumberOfNodes > 0 ? firstNode : ~firstLeaf);
            for (var node = 0; node < tree.NumberOfNodes; node++)
            {
                splits.Add(tree.NumericalSplitFeatureIndexes[node]);
                thresholds.Add(tree.NumericalSplitThresholds[node]);
                left.Add(Place(tree.LeftChild[node]));
                right.Add(Place(tree.RightChild[node]));
            }
            foreach (var leaf in tree.LeafValues) leaves.Add(leaf * weights[t]);
        }
        return new BinaryTrees(
            [.. roots], [.. splits], [.. thresholds], [.. left], [.. right], [.. leaves], slope, offset, link);
    }
}

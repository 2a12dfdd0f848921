using Microsoft.ML;
using Microsoft.ML.Data;
using PateSim.Core.Features;

namespace PateSim.Learning.Trees;

/// <summary>Records as ML.NET reads them, with no copy and no reflection over row types.</summary>
internal sealed class MatrixView : IDataView
{
    public const string FeatureColumn = "Features", LabelColumn = "Label", WeightColumn = "Weight";

    private readonly FeatureMatrix _features;
    private readonly bool[] _labels;
    private readonly float[]? _weights;

    /// <param name="weights">What each record counts, shape [n]; without them the column is left out.</param>
    public MatrixView(FeatureMatrix features, bool[] labels, float[]? weights = null)
    {
        (_features, _labels, _weights) = (features, labels, weights);
        var builder = new DataViewSchema.Builder();
        builder.AddColumn(FeatureColumn, new VectorDataViewType(NumberDataViewType.Single, features.Columns));
        builder.AddColumn(LabelColumn, BooleanDataViewType.Instance);
        if (weights is not null) builder.AddColumn(WeightColumn, NumberDataViewType.Single);
        Schema = builder.ToSchema();
    }

    public bool CanShuffle => false;

    public DataViewSchema Schema { get; }

    public long? GetRowCount() => _features.Rows;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(this, columnsNeeded.Select(column => column.Index).ToHashSet());

    public DataViewRowCursor[] GetRowCursorSet(
        IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(MatrixView view, HashSet<int> active) : DataViewRowCursor
    {
        private long _position = -1;

        public override long Position => _position;

        public override long Batch => 0;

        public override DataViewSchema Schema => view.Schema;

        public override bool IsColumnActive(DataViewSchema.Column column) => active.Contains(column.Index);

        public override bool MoveNext()
        {
            if (_position + 1 >= view._features.Rows)
            {
                _position = -1;
                return false;
            }
            _position++;
            return true;
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() =>
            (ref DataViewRowId value) => value = new DataViewRowId((ulong)_position, 0);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            Delegate getter = column.Index switch
            {
                0 => (ValueGetter<VBuffer<float>>)ReadFeatures,
                1 => (ValueGetter<bool>)((ref bool value) => value = view._labels[_position]),
                _ => (ValueGetter<float>)((ref float value) => value = view._weights![_position]),
            };
            return getter as ValueGetter<TValue> ?? throw new InvalidOperationException(
                $"The column '{column.Name}' does not hold {typeof(TValue)}.");
        }

        private void ReadFeatures(ref VBuffer<float> value)
        {
            var editor = VBufferEditor.Create(ref value, view._features.Columns);
            view._features.Row((int)_position).CopyTo(editor.Values);
            value = editor.Commit();
        }
    }
}

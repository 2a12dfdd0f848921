using System.Collections.Immutable;

namespace PateSim.Scenarios.Hocon;

/// <summary>Fields and includes.</summary>
internal sealed partial class Parser
{
    private FieldSyntax? ReadField()
    {
        var start = _at;
        var first = Current;
        if (!first.IsText)
        {
            if (first.Kind is TokenKind.Assign or TokenKind.Append)
                Report(first, ProblemCodes.BadKey, $"No key stands before this {first.Text}.");
            else if (first.Kind == TokenKind.Substitution)
                Report(first, ProblemCodes.BadKey, "A substitution cannot be a key; write key = ${path}.");
            else if (first.Kind is TokenKind.OpenBrace or TokenKind.OpenBracket)
                Report(first, ProblemCodes.BadKey, $"No key stands before this {first.Text}.");
            else ReportUnexpected(first);
            return null;
        }
        var pieces = new List<(string, bool)>();
        do
        {
            pieces.Add((Current.Text, Current.Kind == TokenKind.Quoted));
            _at++;
        }
        while (Current.IsText && Current.Space.Length == 0);

        var (path, error) = HoconPath.Parse(pieces);
        if (error is not null)
        {
            Report(first, ProblemCodes.BadKey, $"This key is not well formed: {error}.");
            return null;
        }
        if (!StartsValue())
        {
            ReportStrayKey(start, path);
            return null;
        }
        if (_path.Count + path.Count > Limits.Depth)
        {
            Report(first, ProblemCodes.TooDeep, $"Blocks and lists are nested deeper than {Limits.Depth} levels.");
            return null;
        }
        return ReadAssigned(first, path);
    }

    /// <summary>Whether a separator or the brace of a block follows; the brace may stand on a later line.</summary>
    private bool StartsValue()
    {
        if (Current.Kind is TokenKind.Assign or TokenKind.Append or TokenKind.OpenBrace) return true;
        return SkipNewlinesBefore(TokenKind.OpenBrace);
    }

    /// <summary>Goes over line ends if a brace (or bracket) stands behind them; else stays.</summary>
    private bool SkipNewlinesBefore(params ReadOnlySpan<TokenKind> kinds)
    {
        var ahead = _at;
        while (_tokens[ahead].Kind == TokenKind.Newline) ahead++;
        if (ahead == _at || !kinds.Contains(_tokens[ahead].Kind)) return false;
        _at = ahead;
        return true;
    }

    private FieldSyntax? ReadAssigned(Token key, List<string> path)
    {
        var append = Current.Kind == TokenKind.Append;
        if (Current.Kind != TokenKind.OpenBrace)
        {
            _at++;
            SkipNewlinesBefore(TokenKind.OpenBrace, TokenKind.OpenBracket);
            if (Current.Kind is TokenKind.Newline or TokenKind.End or TokenKind.Comma || Current.Kind == _close)
            {
                Report(
                    key, ProblemCodes.NoValue,
                    $"The key '{HoconPath.Render(path)}' has no value. "
                    + "Write null to unset it, or \"\" for empty text.");
                return null;
            }
        }
        _path.AddRange(path);
        var value = ReadValue();
        _path.RemoveRange(_path.Count - path.Count, path.Count);
        if (value is null) return null;

        if (append)
        {
            var addition = new ListSyntax(value.Place, [value]);
            value = new JoinSyntax(value.Place, [("", new EarlierSyntax(key.Place)), ("", addition)]);
        }
        var field = new FieldSyntax(path[^1], key.Place, value);
        for (var i = path.Count - 2; i >= 0; i--)
            field = new FieldSyntax(path[i], key.Place, new BlockSyntax(key.Place, [field]));
        return field;
    }

    private void ReportStrayKey(int start, List<string> path)
    {
        var (key, next) = (_tokens[start], Current);
        if (next.Kind is TokenKind.Invalid) return;
        if (next.IsText)
        {
            Report(
                next, ProblemCodes.Unexpected,
                $"After the key '{HoconPath.Render(path)}', one of = : += {{ is due. "
                + "A key that holds a blank takes quotes.");
            return;
        }
        if (IsTailOfDecimalComma(start))
        {
            var whole = _tokens[start - 2].Text;
            Report(
                key, ProblemCodes.StrayKey,
                $"'{key.Text}' is a key without a value: a comma ends the setting before it. "
                + $"The decimal sign is the point: {whole}.{key.Text}. A list takes brackets: [{whole}, {key.Text}].");
            return;
        }
        if (next.Kind is TokenKind.Newline or TokenKind.End or TokenKind.Comma || next.Kind == _close)
            Report(key, ProblemCodes.StrayKey, $"'{HoconPath.Render(path)}' is a key without a value.");
        else ReportUnexpected(next);
    }

    private bool IsTailOfDecimalComma(int start) =>
        start >= 2
        && char.IsAsciiDigit(_tokens[start].Text.FirstOrDefault('x'))
        && _tokens[start - 1].Kind == TokenKind.Comma
        && _tokens[start - 2] is { Kind: TokenKind.Unquoted } before
        && HoconWriter.IsNumber(before.Text);

    private bool IsInclude() => Current is { Kind: TokenKind.Unquoted, Text: "include" };

    /// <summary>include "name", with file(...), required(...) or required(file(...)) around the name.</summary>
    private bool ReadInclude(ImmutableArray<FieldSyntax>.Builder fields)
    {
        var keyword = _tokens[_at++];
        var shape = "";
        string? name = null;
        for (; Current.IsText; _at++)
        {
            if (Current.Kind == TokenKind.Quoted) name = Current.Text;
            shape += Current.Kind == TokenKind.Quoted ? "\"" : Current.Text;
        }
        if (shape is not ("\"" or "file(\")" or "required(\")" or "required(file(\"))"))
        {
            var isNoFile = shape.Contains("url(", StringComparison.Ordinal)
                || shape.Contains("classpath(", StringComparison.Ordinal);
            var why = isNoFile
                ? "Only files can be included."
                : "A key called include takes quotes.";
            Report(
                keyword, ProblemCodes.BadInclude,
                $"An include is written include \"file\", include file(\"file\") or include required(\"file\"). {why}");
            return false;
        }
        var nameless = _path.Contains(null);
        fields.AddRange(_include(name!, _file, keyword.Place, nameless ? [] : [.. _path.OfType<string>()]));
        return true;
    }
}

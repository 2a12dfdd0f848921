using System.Collections.Immutable;

namespace PateSim.Scenarios.Hocon;

/// <summary>Opens an included file and gives its fields; raises the problem itself where it cannot.</summary>
/// <param name="prefix">The path of the block that holds the include.</param>
internal delegate ImmutableArray<FieldSyntax> Include(
    string name, SourceFile includer, SourcePlace place, ImmutableArray<string> prefix);

/// <summary>
/// Tokens to syntax. After a problem it goes on at the next line, so that one reading finds many problems.
/// </summary>
internal sealed partial class Parser
{
    private readonly ImmutableArray<Token> _tokens;
    private readonly SourceFile _file;
    private readonly Include _include;
    private readonly ProblemCollector _problems;

    /// <summary>Keys of the blocks around; null for an element of a list, whose path has no name.</summary>
    private readonly List<string?> _path = [];

    /// <summary>The token that closes the block or list around; End for the file itself.</summary>
    private TokenKind _close = TokenKind.End;

    private Token? _opener;
    private int _at;

    public Parser(ImmutableArray<Token> tokens, SourceFile file, Include include, ProblemCollector problems)
    {
        (_tokens, _file, _include, _problems) = (tokens, file, include, problems);
        _path.AddRange(file.Prefix);
    }

    private Token Current => _tokens[_at];

    /// <summary>The fields of a whole file, with or without braces around them.</summary>
    public ImmutableArray<FieldSyntax> ReadFile()
    {
        SkipNewlines();
        if (Current.Kind == TokenKind.End)
        {
            if (!_problems.Any)
                _problems.Add(SourcePlace.Whole(_file), ProblemCodes.EmptyFile, "", "The file holds no setting.");
            return [];
        }
        if (Current.Kind == TokenKind.OpenBracket)
        {
            Report(Current, ProblemCodes.Unexpected, "A scenario is a block of settings, not a list.");
            return [];
        }
        if (Current.Kind != TokenKind.OpenBrace) return ReadMembers();

        var block = ReadBlock();
        SkipNewlines();
        if (Current.Kind != TokenKind.End)
            Report(Current, ProblemCodes.Unexpected, "The outer block is closed already; nothing may follow it.");
        return block.Fields;
    }

    private ImmutableArray<FieldSyntax> ReadMembers()
    {
        var fields = ImmutableArray.CreateBuilder<FieldSyntax>();
        ReadSeries(() =>
        {
            if (IsInclude()) return ReadInclude(fields);
            var field = ReadField();
            if (field is not null) fields.Add(field);
            return field is not null;
        });
        return fields.ToImmutable();
    }

    /// <summary>Items parted by commas or line ends, up to the closing token, which is not consumed.</summary>
    private void ReadSeries(Func<bool> readItem)
    {
        while (true)
        {
            SkipNewlines();
            if (Current.Kind == _close || Current.Kind == TokenKind.End) return;
            if (Current.Kind == TokenKind.Comma)
            {
                Report(Current, ProblemCodes.Unexpected, "Nothing stands before this comma.");
                _at++;
                continue;
            }
            if (!readItem())
            {
                Recover();
                continue;
            }
            var newline = SkipNewlines();
            if (Current.Kind == TokenKind.Comma) _at++;
            else if (!newline && Current.Kind != _close && Current.Kind != TokenKind.End)
            {
                ReportUnexpected(Current);
                Recover();
            }
        }
    }

    private BlockSyntax ReadBlock()
    {
        var (opener, fields) = (Current, ImmutableArray<FieldSyntax>.Empty);
        Enclosed(TokenKind.CloseBrace, () => fields = ReadMembers());
        return new BlockSyntax(opener.Place, fields);
    }

    private ListSyntax ReadList()
    {
        var (opener, items) = (Current, ImmutableArray.CreateBuilder<SyntaxValue>());
        _path.Add(null);
        Enclosed(TokenKind.CloseBracket, () => ReadSeries(() =>
        {
            var value = ReadValue();
            if (value is not null) items.Add(value);
            return value is not null;
        }));
        _path.RemoveAt(_path.Count - 1);
        return new ListSyntax(opener.Place, items.ToImmutable());
    }

    /// <summary>Reads from an opening brace or bracket to behind the closing one.</summary>
    private void Enclosed(TokenKind close, Action read)
    {
        var (outerClose, outerOpener, opener) = (_close, _opener, Current);
        (_close, _opener) = (close, opener);
        _at++;
        var tooDeep = _path.Count >= Limits.Depth;
        if (tooDeep)
        {
            Report(opener, ProblemCodes.TooDeep, $"Blocks and lists are nested deeper than {Limits.Depth} levels.");
            SkipToClose();
        }
        else read();
        if (Current.Kind == close) _at++;
        else if (!tooDeep) Report(opener, ProblemCodes.Unclosed, $"This {opener.Text} is never closed.");
        (_close, _opener) = (outerClose, outerOpener);
    }

    private SyntaxValue? ReadValue()
    {
        var parts = ImmutableArray.CreateBuilder<(string Space, SyntaxValue Value)>();
        while (true)
        {
            var token = Current;
            SyntaxValue? part = token.Kind switch
            {
                TokenKind.Unquoted or TokenKind.Quoted => ReadText(),
                TokenKind.Substitution => ReadSubstitution(),
                TokenKind.OpenBrace => ReadBlock(),
                TokenKind.OpenBracket => ReadList(),
                _ => null,
            };
            if (part is null) break;
            parts.Add((token.Space, part));
        }
        if (parts.Count == 1) return parts[0].Value;
        if (parts.Count > 1) return new JoinSyntax(parts[0].Value.Place, parts.ToImmutable());
        ReportUnexpected(Current);
        return null;
    }

    /// <summary>Neighbouring pieces of text, joined with the blanks between them.</summary>
    private TextSyntax ReadText()
    {
        var (place, text, quoted) = (Current.Place, new System.Text.StringBuilder(), false);
        for (var first = true; Current.IsText; first = false, _at++)
        {
            if (!first) text.Append(Current.Space);
            text.Append(Current.Text);
            quoted |= Current.Kind == TokenKind.Quoted;
        }
        return new TextSyntax(place, text.ToString(), quoted);
    }

    private SubstitutionSyntax ReadSubstitution()
    {
        var token = _tokens[_at++];
        return new SubstitutionSyntax(token.Place, token.Path, token.Optional);
    }

    private bool SkipNewlines()
    {
        var start = _at;
        while (Current.Kind == TokenKind.Newline) _at++;
        return _at > start;
    }

    /// <summary>To the end of the line, or to the token that closes what is around; pairs within are skipped whole.
    /// </summary>
    private void Recover()
    {
        for (var depth = 0; Current.Kind != TokenKind.End; _at++)
        {
            switch (Current.Kind)
            {
                case TokenKind.Newline when depth == 0:
                    return;
                case TokenKind.OpenBrace or TokenKind.OpenBracket:
                    depth++;
                    break;
                case TokenKind.CloseBrace or TokenKind.CloseBracket when depth > 0:
                    depth--;
                    break;
                case var kind when kind == _close:
                    return;
            }
        }
    }

    private void SkipToClose()
    {
        for (var depth = 0; Current.Kind != TokenKind.End; _at++)
        {
            if (Current.Kind is TokenKind.OpenBrace or TokenKind.OpenBracket) depth++;
            else if (Current.Kind is TokenKind.CloseBrace or TokenKind.CloseBracket && depth-- == 0) return;
        }
    }

    private void Report(Token token, string code, string message) => _problems.Add(token.Place, code, "", message);

    private void ReportUnexpected(Token token)
    {
        var message = token.Kind switch
        {
            TokenKind.Invalid => "",
            TokenKind.CloseBrace or TokenKind.CloseBracket when _opener is null => $"This {token.Text} closes nothing.",
            TokenKind.CloseBrace or TokenKind.CloseBracket =>
                $"This {token.Text} does not close the {_opener!.Text} of line {_opener.Place.Line}, "
                + $"column {_opener.Place.Column}.",
            TokenKind.Assign => $"The character {token.Text} cannot stand in a value. Put text that holds it in double "
                + "quotes, or begin the next setting on a line of its own.",
            TokenKind.Append => "+= can only follow a key.",
            TokenKind.Newline or TokenKind.End => "A value is due here, before the end of the line.",
            _ => $"{token.Text} cannot stand here.",
        };
        if (message.Length > 0) Report(token, ProblemCodes.Unexpected, message);
    }
}

using System.Collections.Immutable;
using System.Globalization;

namespace PateSim.Scenarios.Hocon;

/// <summary>Text to tokens. Comments vanish; blanks stay with the token they precede: they count in text.</summary>
internal sealed class Lexer
{
    /// <summary>Characters that end unquoted text, as HOCON has it.</summary>
    private const string Reserved = "$\"{}[]:=,+#`^?!@*&\\";

    private readonly string _text;
    private readonly SourceFile _file;
    private readonly ProblemCollector _problems;
    private readonly ImmutableArray<Token>.Builder _tokens = ImmutableArray.CreateBuilder<Token>();
    private int _at;
    private int _line = 1;
    private int _lineStart;

    private Lexer(string text, SourceFile file, ProblemCollector problems) =>
        (_text, _file, _problems) = (text, file, problems);

    private SourcePlace Here => new(_file, _line, _at - _lineStart + 1);

    private char Current => _at < _text.Length ? _text[_at] : '\0';

    public static ImmutableArray<Token> Read(string text, SourceFile file, ProblemCollector problems)
    {
        var lexer = new Lexer(text, file, problems);
        while (lexer.Step())
        {
        }
        return lexer._tokens.ToImmutable();
    }

    private bool Step()
    {
        var start = _at;
        while (_at < _text.Length && IsBlank(_text[_at])) _at++;
        var space = _text[start.._at];
        if (_at < _text.Length && (Current == '#' || StartsComment(_at)))
        {
            var end = _text.IndexOf('\n', _at);
            _at = end < 0 ? _text.Length : end;
        }
        var place = Here;
        if (_at == _text.Length)
        {
            Emit(TokenKind.End, "", place, space);
            return false;
        }
        switch (Current)
        {
            case '\n':
                _at++;
                NewLine();
                Emit(TokenKind.Newline, "", place, space);
                break;
            case '{': Single(TokenKind.OpenBrace, place, space); break;
            case '}': Single(TokenKind.CloseBrace, place, space); break;
            case '[': Single(TokenKind.OpenBracket, place, space); break;
            case ']': Single(TokenKind.CloseBracket, place, space); break;
            case ',': Single(TokenKind.Comma, place, space); break;
            case '=' or ':': Single(TokenKind.Assign, place, space); break;
            case '+' when Next(1) == '=':
                _at += 2;
                Emit(TokenKind.Append, "+=", place, space);
                break;
            case '"':
                var quoted = ReadQuoted(place);
                Emit(quoted is null ? TokenKind.Invalid : TokenKind.Quoted, quoted ?? "", place, space);
                break;
            case '$' when Next(1) == '{': ReadSubstitution(place, space); break;
            case '\'':
                Stray(place, space, "Single quotes do not quote here; use double quotes.");
                break;
            default:
                var text = ReadUnquoted();
                if (text.Length > 0) Emit(TokenKind.Unquoted, text, place, space);
                else if (char.IsControl(Current)) StrayControl(place, space);
                else Stray(place, space, "Put text that holds it in double quotes.");
                break;
        }
        return true;
    }

    private void Single(TokenKind kind, SourcePlace place, string space) =>
        Emit(kind, _text[_at++].ToString(), place, space);

    private void Stray(SourcePlace place, string space, string hint)
    {
        _problems.Add(
            place, ProblemCodes.Unexpected, "", $"The character {Current} cannot stand outside of quotes. {hint}");
        _at++;
        Emit(TokenKind.Invalid, "", place, space);
    }

    private void StrayControl(SourcePlace place, string space)
    {
        AddControlProblem(place, Current);
        while (_at < _text.Length && char.IsControl(Current) && Current != '\n') _at++;
        Emit(TokenKind.Invalid, "", place, space);
    }

    private void AddControlProblem(SourcePlace place, char c) => _problems.Add(
        place, ProblemCodes.BadCharacter, "",
        string.Create(
            CultureInfo.InvariantCulture, $"The control character U+{(int)c:X4} cannot stand in a scenario."));

    /// <summary>Unquoted text up to a blank, a reserved character or a comment; 1e+5 keeps its plus.</summary>
    private string ReadUnquoted()
    {
        var start = _at;
        while (_at < _text.Length)
        {
            var c = _text[_at];
            var isExponent = c == '+' && char.IsAsciiDigit(Next(1)) && _at > start && _text[_at - 1] is 'e' or 'E'
                && HoconWriter.IsNumber(_text[start..(_at - 1)]);
            if (!isExponent && (Reserved.Contains(c) || char.IsWhiteSpace(c) || IsBlank(c) || char.IsControl(c))) break;
            if (StartsComment(_at)) break;
            _at++;
        }
        return _text[start.._at];
    }

    private string? ReadQuoted(SourcePlace place)
    {
        var reader = new QuotedText(_text, _problems);
        var (value, end) = reader.Read(_at, place);
        for (; _at < end; _at++)
        {
            if (_text[_at] != '\n') continue;
            _line++;
            _lineStart = _at + 1;
        }
        return value;
    }

    private void ReadSubstitution(SourcePlace place, string space)
    {
        _at += 2;
        var optional = Current == '?';
        if (optional) _at++;
        var pieces = new List<(string, bool)>();
        string? error = null;
        while (Current != '}')
        {
            var blanks = _at;
            while (_at < _text.Length && IsBlank(_text[_at])) _at++;
            if (Current == '}') break;
            if (_at > blanks && pieces.Count > 0) error = "it holds a blank outside of quotes";
            if (_at == _text.Length || Current == '\n')
            {
                _problems.Add(place, ProblemCodes.Unclosed, "", "This ${ has no } on its line.");
                Emit(TokenKind.Invalid, "", place, space);
                return;
            }
            if (Current == '"')
            {
                var quoted = ReadQuoted(Here);
                if (quoted is null)
                {
                    Emit(TokenKind.Invalid, "", place, space);
                    return;
                }
                pieces.Add((quoted, true));
                continue;
            }
            var text = ReadUnquoted();
            if (text.Length > 0) pieces.Add((text, false));
            else
            {
                error = $"the character {Current} must be quoted";
                _at++;
            }
        }
        _at++;
        var (path, pathError) = HoconPath.Parse(pieces);
        error ??= pathError;
        if (error is not null)
        {
            _problems.Add(place, ProblemCodes.BadKey, "", $"The path of this substitution is not one: {error}.");
            Emit(TokenKind.Invalid, "", place, space);
            return;
        }
        _tokens.Add(new Token(TokenKind.Substitution, "", place, space, [.. path], optional));
    }

    private void Emit(TokenKind kind, string text, SourcePlace place, string space) =>
        _tokens.Add(new Token(kind, text, place, space, [], false));

    private void NewLine()
    {
        _line++;
        _lineStart = _at;
    }

    private char Next(int ahead) => _at + ahead < _text.Length ? _text[_at + ahead] : '\0';

    private bool StartsComment(int at) => _text[at] == '/' && at + 1 < _text.Length && _text[at + 1] == '/';

    private static bool IsBlank(char c) => c != '\n' && (char.IsWhiteSpace(c) || c == '\uFEFF');
}

using System.Collections.Immutable;

namespace PateSim.Scenarios.Hocon;

internal enum TokenKind
{
    OpenBrace,
    CloseBrace,
    OpenBracket,
    CloseBracket,
    Comma,

    /// <summary>= or :</summary>
    Assign,

    /// <summary>+=</summary>
    Append,
    Newline,

    /// <summary>A run of text without quotes and blanks.</summary>
    Unquoted,

    /// <summary>Text in double or triple double quotes, decoded.</summary>
    Quoted,

    /// <summary>${path} or ${?path}</summary>
    Substitution,

    /// <summary>Something for which a problem has been raised already.</summary>
    Invalid,
    End,
}

/// <param name="Space">The blanks before it on its line.</param>
/// <param name="Path">Of a substitution.</param>
internal sealed record Token(
    TokenKind Kind, string Text, SourcePlace Place, string Space, ImmutableArray<string> Path, bool Optional)
{
    public bool IsText => Kind is TokenKind.Unquoted or TokenKind.Quoted;
}

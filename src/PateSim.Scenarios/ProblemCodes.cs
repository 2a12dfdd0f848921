namespace PateSim.Scenarios;

/// <summary>The codes of all problems that reading and binding a scenario can raise.</summary>
public static class ProblemCodes
{
    /// <summary>The file is missing or cannot be read.</summary>
    public const string FileUnreadable = "PS1001";

    /// <summary>Bytes that are not UTF-8, or a control character.</summary>
    public const string BadCharacter = "PS1002";

    /// <summary>A file without any setting.</summary>
    public const string EmptyFile = "PS1003";

    /// <summary>A brace, bracket, quote or substitution that is never closed.</summary>
    public const string Unclosed = "PS1004";

    /// <summary>Something that cannot stand where it stands.</summary>
    public const string Unexpected = "PS1005";

    /// <summary>A key or path that is not well formed.</summary>
    public const string BadKey = "PS1006";

    /// <summary>A key and a separator without a value.</summary>
    public const string NoValue = "PS1007";

    /// <summary>A key without separator and value; often the tail of a number with a decimal comma.</summary>
    public const string StrayKey = "PS1008";

    /// <summary>A key that is written twice.</summary>
    public const string DuplicateKey = "PS1009";

    /// <summary>An escape sequence that is not known, or half a surrogate pair.</summary>
    public const string BadEscape = "PS1010";

    /// <summary>Blocks or lists nested deeper than <see cref="Hocon.Limits.Depth"/>.</summary>
    public const string TooDeep = "PS1011";

    /// <summary>A file or text larger than <see cref="Hocon.Limits.FileBytes"/>.</summary>
    public const string TooLarge = "PS1012";

    /// <summary>An included file that is missing or cannot be read.</summary>
    public const string IncludeUnreadable = "PS1101";

    /// <summary>Files that include each other.</summary>
    public const string IncludeCycle = "PS1102";

    /// <summary>An include that is not written as one.</summary>
    public const string BadInclude = "PS1103";

    /// <summary>A substitution of a path that nothing defines.</summary>
    public const string Undefined = "PS1104";

    /// <summary>Substitutions that refer to each other.</summary>
    public const string SubstitutionCycle = "PS1105";

    /// <summary>Values of different shapes side by side, such as a list and text.</summary>
    public const string CannotJoin = "PS1106";

    /// <summary>A substitution that means an environment variable, while those are not read.</summary>
    public const string EnvironmentNotRead = "PS1107";

    /// <summary>A <c>--set</c> that is not path=value.</summary>
    public const string BadOverlay = "PS1108";

    /// <summary>Substitutions that unfold beyond <see cref="Hocon.Limits.Expansion"/> or chain too long.</summary>
    public const string ExpansionTooLarge = "PS1109";

    /// <summary>A key that the schema does not know.</summary>
    public const string UnknownKey = "PS2001";

    /// <summary>A setting that must be written and is not.</summary>
    public const string Missing = "PS2002";

    /// <summary>A value of the wrong type or shape.</summary>
    public const string WrongType = "PS2003";

    /// <summary>A number outside its range.</summary>
    public const string OutOfRange = "PS2004";

    /// <summary>A choice or component name that is not known.</summary>
    public const string UnknownName = "PS2005";

    /// <summary>null for a setting that cannot be unset.</summary>
    public const string CannotUnset = "PS2006";

    /// <summary>Settings that are each right and do not fit together.</summary>
    public const string DoNotFit = "PS2007";

    /// <summary>A component that is chosen twice, or too few components.</summary>
    public const string BadSelection = "PS2008";

    /// <summary>A fleet whose shares or named hospitals do not fit its teachers.</summary>
    public const string BadFleet = "PS2300";
}

namespace PateSim.Privacy.Numerics;

/// <summary>Bracketed root finding.</summary>
public static class RootFinding
{
    /// <summary>
    /// The end of the last bracket on the side where <paramref name="holds"/> is true, for a condition that is false at
    /// <paramref name="no"/>, true at <paramref name="yes"/> and changes once between: as near to the change as doubles
    /// allow, and always on the true side, so that a bound stays a bound.
    /// </summary>
    public static double FirstTrue(double no, double yes, Func<double, bool> holds)
    {
        for (var i = 0; i < 2000; i++)
        {
            var middle = no + (yes - no) / 2;
            if (middle == no || middle == yes) break;
            if (holds(middle)) yes = middle;
            else no = middle;
        }
        return yes;
    }
}

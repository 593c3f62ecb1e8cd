namespace Recado.Normalizer.Reading;

/// <summary>
/// What was wrong with a payload. Only the first finding is kept: sources read in a fixed order,
/// so the same payload always gives the same reason.
/// </summary>
internal sealed class Findings
{
    public QuarantineCause? First { get; private set; }

    public void Add(string reason, string field) => First ??= new(reason, field);
}

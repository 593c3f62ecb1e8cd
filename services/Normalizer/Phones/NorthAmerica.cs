namespace Recado.Normalizer.Phones;

/// <summary>The calling code 1, which twenty-five countries share: ten digits, of which the first three tell the country.</summary>
internal static class NorthAmerica
{
    private static readonly string[] Canada =
        ("204 226 236 249 250 257 263 289 306 343 354 365 367 368 382 403 416 418 428 431 437 438 450 468 474 506 514 519 548 579 581 584 587 604 613 639 "
        + "647 672 683 705 709 742 753 778 780 782 807 819 825 867 873 879 902 905 942").Split(' ');

    private static readonly Dictionary<string, string> Islands =
        ("242 BS,246 BB,264 AI,268 AG,284 VG,340 VI,345 KY,441 BM,473 GD,649 TC,658 JM,664 MS,670 MP,671 GU,684 AS,721 SX,758 LC,767 DM,784 VC,787 PR,"
        + "809 DO,829 DO,849 DO,868 TT,869 KN,876 JM,939 PR").Split(',').ToDictionary(area => area[..3], area => area[4..]);

    /// <summary>Whether ten digits can be a number there: area and exchange begin with 2 to 9, and the area does not end in 11 (911).</summary>
    public static bool IsNumber(string tenDigits) =>
        tenDigits[0] >= '2' && tenDigits[3] >= '2' && !tenDigits.AsSpan(1, 2).SequenceEqual("11");

    /// <summary>The country of an area; the United States for all that are no other's.</summary>
    public static string CountryOf(string area) =>
        Islands.TryGetValue(area, out var island) ? island : Canada.Contains(area) ? "CA" : "US";
}

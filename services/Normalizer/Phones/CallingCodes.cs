using System.Collections.Frozen;
using System.Globalization;

namespace Recado.Normalizer.Phones;

/// <summary>A country's part of the world's numbers.</summary>
/// <param name="Digits">The calling code itself, without the plus sign.</param>
/// <param name="Country">ISO 3166-1 alpha-2; null for the codes that belong to none (satellites, freephone).</param>
/// <param name="Shortest">Fewest digits after the calling code.</param>
/// <param name="Longest">Most digits after it.</param>
public sealed record CallingCode(string Digits, string? Country, int Shortest, int Longest);

/// <summary>
/// The calling codes that the ITU has assigned (list of ITU-T Recommendation E.164), each with the lengths that are dialled
/// there. Where several countries share a code, the one with the most people stands for it; <see cref="NorthAmerica"/>
/// and a few prefixes of <see cref="CountryOf"/> tell more.
/// </summary>
public static class CallingCodes
{
    private const string Assigned =
        """
        1 US 10, 7 RU 10, 20 EG 8-10, 27 ZA 9, 30 GR 10, 31 NL 9-11, 32 BE 8-9, 33 FR 9, 34 ES 9, 36 HU 8-9, 39 IT 6-12, 40 RO 9, 41 CH 9, 43 AT 7-13,
        44 GB 9-10, 45 DK 8, 46 SE 7-10, 47 NO 8, 48 PL 9, 49 DE 6-13, 51 PE 8-9, 52 MX 10-11, 53 CU 6-8, 54 AR 10-11, 55 BR 10-11, 56 CL 9, 57 CO 8-10,
        58 VE 10, 60 MY 8-10, 61 AU 9, 62 ID 7-13, 63 PH 8-10, 64 NZ 8-10, 65 SG 8, 66 TH 8-9, 81 JP 9-10, 82 KR 8-11, 84 VN 9-10, 86 CN 9-11, 90 TR 10,
        91 IN 10, 92 PK 9-10, 93 AF 9, 94 LK 9, 95 MM 6-10, 98 IR 10,
        211 SS 9, 212 MA 9, 213 DZ 8-9, 216 TN 8, 218 LY 8-9, 220 GM 7, 221 SN 9, 222 MR 8, 223 ML 8, 224 GN 8-9, 225 CI 10, 226 BF 8, 227 NE 8, 228 TG 8,
        229 BJ 8-10, 230 MU 7-8, 231 LR 7-9, 232 SL 8, 233 GH 9, 234 NG 7-11, 235 TD 8, 236 CF 8, 237 CM 8-9, 238 CV 7, 239 ST 7, 240 GQ 9, 241 GA 7-8,
        242 CG 9, 243 CD 7-10, 244 AO 9, 245 GW 7-9, 246 IO 7, 247 SH 4-6, 248 SC 7, 249 SD 9, 250 RW 8-9, 251 ET 9, 252 SO 6-9, 253 DJ 8, 254 KE 7-10,
        255 TZ 9, 256 UG 9, 257 BI 8, 258 MZ 8-9, 260 ZM 9, 261 MG 9, 262 RE 9, 263 ZW 5-10, 264 NA 8-9, 265 MW 7-9, 266 LS 8, 267 BW 7-8, 268 SZ 8-9,
        269 KM 7, 290 SH 4-5, 291 ER 7, 297 AW 7, 298 FO 6, 299 GL 6,
        350 GI 8, 351 PT 9, 352 LU 6-11, 353 IE 7-10, 354 IS 7-9, 355 AL 6-9, 356 MT 8, 357 CY 8, 358 FI 5-12, 359 BG 6-9, 370 LT 8, 371 LV 8, 372 EE 7-8,
        373 MD 8, 374 AM 8, 375 BY 9, 376 AD 6-9, 377 MC 8-9, 378 SM 6-10, 380 UA 9, 381 RS 6-12, 382 ME 8-9, 383 XK 8-9, 385 HR 8-9, 386 SI 8, 387 BA 8-9,
        389 MK 8, 420 CZ 9, 421 SK 9, 423 LI 7-9,
        500 FK 5, 501 BZ 7, 502 GT 8, 503 SV 8, 504 HN 8, 505 NI 8, 506 CR 8, 507 PA 7-8, 508 PM 6-9, 509 HT 8, 590 GP 9, 591 BO 8, 592 GY 7, 593 EC 8-9,
        594 GF 9, 595 PY 7-9, 596 MQ 9, 597 SR 6-7, 598 UY 8, 599 CW 7-8,
        670 TL 7-8, 672 NF 5-6, 673 BN 7, 674 NR 7, 675 PG 7-8, 676 TO 5-7, 677 SB 5-7, 678 VU 5-7, 679 FJ 7, 680 PW 7, 681 WF 6, 682 CK 5, 683 NU 4-7,
        685 WS 5-7, 686 KI 5-8, 687 NC 6, 688 TV 5-7, 689 PF 6-8, 690 TK 4-7, 691 FM 7, 692 MH 7,
        850 KP 6-10, 852 HK 8, 853 MO 8, 855 KH 8-9, 856 LA 8-10, 880 BD 6-10, 886 TW 7-10, 960 MV 7, 961 LB 7-8, 962 JO 8-9, 963 SY 8-9, 964 IQ 8-10,
        965 KW 8, 966 SA 9, 967 YE 7-9, 968 OM 8, 970 PS 8-9, 971 AE 8-9, 972 IL 8-9, 973 BH 8, 974 QA 7-8, 975 BT 7-8, 976 MN 8-10, 977 NP 8-10, 992 TJ 9,
        993 TM 8, 994 AZ 9, 995 GE 9, 996 KG 9, 998 UZ 9,
        800 - 8, 808 - 8, 870 - 9-12, 878 - 10-12, 881 - 8-12, 882 - 7-12, 883 - 7-12, 979 - 9
        """;

    private static readonly FrozenDictionary<string, CallingCode> ByDigits =
        Assigned.Split(',', StringSplitOptions.TrimEntries).Select(Read).ToFrozenDictionary(code => code.Digits);

    /// <summary>All of them.</summary>
    public static IEnumerable<CallingCode> All => ByDigits.Values;

    /// <summary>The code with which the digits begin; null where the ITU has assigned none. No code begins with another.</summary>
    public static CallingCode? Of(string digits)
    {
        for (var length = 1; length <= 3 && length < digits.Length; length++)
            if (ByDigits.GetValueOrDefault(digits[..length]) is { } code)
                return code;
        return null;
    }

    /// <summary>Whose number it is.</summary>
    public static string? CountryOf(string digits) => Of(digits) switch
    {
        { Digits: "1" } => NorthAmerica.CountryOf(digits[1..4]),
        { Digits: "7" } when digits[1] is '6' or '7' => "KZ",
        { Digits: "599" } when digits[3] is not '9' => "BQ",
        { Digits: "262" } when digits.StartsWith("262269", StringComparison.Ordinal) || digits.StartsWith("262639", StringComparison.Ordinal) => "YT",
        var code => code?.Country,
    };

    private static CallingCode Read(string line)
    {
        var (digits, country, lengths) = line.Split(' ') is [var first, var second, var third] ? (first, second, third) : throw new FormatException(line);
        int[] bounds = [.. lengths.Split('-').Select(length => int.Parse(length, CultureInfo.InvariantCulture))];
        return new(digits, country == "-" ? null : country, bounds[0], bounds[^1]);
    }
}

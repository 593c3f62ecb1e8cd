using System.Collections.Frozen;

namespace Recado.Contracts;

/// <summary>The currencies of ISO 4217 that people pay with, and how many decimals each has: amounts are read and said by it.</summary>
public static class Currencies
{
    /// <summary>Largest amount in minor units: above this (ten million millions of a currency with cents) it is a mistake, not a price.</summary>
    public const long Largest = 1_000_000_000_000_000;

    private const string None = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";
    private const string Three = "BHD IQD JOD KWD LYD OMR TND";

    private const string Two =
        "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC "
        + "CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES "
        + "KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR "
        + "NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT "
        + "TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG";

    private static readonly FrozenDictionary<string, int> ByCode = new[] { (None, 0), (Two, 2), (Three, 3) }
        .SelectMany(group => group.Item1.Split(' '), (group, code) => KeyValuePair.Create(code, group.Item2))
        .ToFrozenDictionary();

    /// <summary>Decimals of the currency; null where the code (upper case) is none.</summary>
    public static int? Decimals(string code) => ByCode.TryGetValue(code, out var decimals) ? decimals : null;
}

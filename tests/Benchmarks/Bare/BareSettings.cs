using System.Globalization;

namespace Recado.Tests.Benchmarks.Bare;

/// <summary>What the process of the bare pipeline is told on its command line.</summary>
/// <param name="Port">Where it takes webhooks and callbacks.</param>
/// <param name="Database">Npgsql's connection string; the tables are there.</param>
/// <param name="Broker">AMQP address.</param>
/// <param name="Gateway">The emulator's address.</param>
public sealed record BareSettings(int Port, string Database, string Broker, string Gateway)
{
    public string[] ToArguments() => [Port.ToString(CultureInfo.InvariantCulture), Database, Broker, Gateway];

    public static BareSettings Of(string[] arguments) =>
        new(int.Parse(arguments[0], CultureInfo.InvariantCulture), arguments[1], arguments[2], arguments[3]);
}

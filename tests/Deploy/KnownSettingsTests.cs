namespace Recado.Tests.Deploy;

/// <summary>The measure by which the deployment files are judged is one that can say no.</summary>
public sealed class KnownSettingsTests
{
    [TestCase("Ingest", "Broker")]
    [TestCase("Ingest", "Ingest__RateLimit__PerSecond")]
    [TestCase("Ingest", "Secrets__KeyFile")]
    [TestCase("Ingest", "Server__TrustedProxies")]
    [TestCase("AutomationMatcher", "TimeScale")]
    [TestCase("WhatsAppDispatcher", "Dispatcher__AllowPrivateGateways")]
    [TestCase("Normalizer", "Normalizer__QuarantineRetention")]
    [TestCase("GatewayEmulator", "Emulator__Callbacks__INSTANCE_1")]
    [TestCase("TemplateRenderer", "OTEL_EXPORTER_OTLP_ENDPOINT")]
    public void A_setting_of_the_service_is_known(string folder, string variable) => Assert.That(KnownSettings.Of(Of(folder)).Has(variable), Is.True);

    [TestCase("Ingest", "Brokers")]
    [TestCase("Ingest", "Ingest")]
    [TestCase("Ingest", "Ingest__MaxBody")]
    [TestCase("Ingest", "Broker__Length")]
    [TestCase("Ingest", "Dispatcher__AllowPrivateGateways")]
    [TestCase("Normalizer", "Secrets__Key")]
    [TestCase("GatewayEmulator", "Database")]
    [TestCase("GatewayEmulator", "Bootstrap")]
    [TestCase("TemplateRenderer", "OTEL_EXPORTER_ENDPOINT")]
    public void A_misspelt_one_and_one_of_another_service_are_not(string folder, string variable) => Assert.That(KnownSettings.Of(Of(folder)).Has(variable), Is.False);

    private static Part Of(string folder) => Part.Five.Append(Part.Emulator).Single(part => part.Folder == folder);
}

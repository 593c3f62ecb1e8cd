using Microsoft.Extensions.Options;
using Recado.GatewayEmulator;
using Recado.GatewayEmulator.Behaviours;
using Recado.GatewayEmulator.Sending;

namespace Recado.Tests.GatewayEmulator;

public sealed class SettingsTests
{
    [TestCase("Emulator:Callbacks:X", "nope", "Emulator:Callbacks:X must be an absolute http or https URL.")]
    [TestCase("Emulator:MaxMessages", "0", "Emulator:MaxMessages must be from 1 to 5000000.")]
    [TestCase("Emulator:MaxKeptBytes", "1", "Emulator:MaxKeptBytes must be at least 1048576.")]
    [TestCase("Emulator:CallbackConcurrency", "0", "Emulator:CallbackConcurrency must be from 1 to 1024.")]
    [TestCase("Emulator:Receipts:0:Type", "GONE", "Emulator: a receipt's type must be one of DELIVERY, SENT, RECEIVED, READ, READ_BY_ME, PLAYED, ERROR.")]
    public void Wrong_settings_stop_the_start_with_one_sentence(string key, string value, string sentence)
    {
        Assert.That(
            async () => await RunningEmulator.StartAsync((key, value)),
            Throws.InstanceOf<OptionsValidationException>().With.Message.EqualTo(sentence));
    }

    [Test]
    public void Without_settings_a_message_is_read_within_a_second()
    {
        Assert.That(new EmulatorOptions().DefaultBehaviour.Receipts, Is.EqualTo((Receipt[])[new("DELIVERY", 100), new("RECEIVED", 300), new("READ", 600)]));
    }

    [Test]
    public void Ids_come_from_the_source_that_is_given()
    {
        var ids = new GatewayIds(bytes => bytes.Fill(0xAB));

        Assert.That(ids.NextMessageId(), Is.EqualTo("3EB0ABABABABABABABABAB"));
        Assert.That(ids.NextZaapId(), Is.EqualTo("ABABABABABABABABABABABABABABABAB"));
    }
}

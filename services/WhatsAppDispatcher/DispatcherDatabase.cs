using Microsoft.Extensions.Options;
using Recado.Platform.Data;

namespace Recado.WhatsAppDispatcher;

/// <summary>Messages on their way to the gateway, and what came back.</summary>
public sealed class DispatcherDatabase(IOptions<DatabaseOptions> options, TimeProvider time) : Database("whatsapp_dispatcher", options, time);

using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Recado.Platform.Bus;
using Recado.Platform.Data;
using Recado.Platform.Hosting;
using Recado.Platform.Telemetry;

namespace Recado.Platform;

/// <summary>Runs one service, or several in one process.</summary>
public static class ServiceHost
{
    /// <summary>The whole of every Program.cs: serves until SIGTERM, or does the verb that comes first and ends.</summary>
    public static async Task RunAsync(string[] args, params IService[] parts)
    {
        try
        {
            if (args is [HealthCheckVerb.Name, .. var settings])
            {
                Environment.ExitCode = await HealthCheckVerb.RunAsync(parts[0].Name, settings);
                return;
            }
            await using var app = Compose(args, _ => { }, parts);
            if (Verbs.Find(args, app.Services) is { } run)
                await run();
            else
            {
                Map(app, parts);
                await PrepareAsync(app);
                await app.RunAsync();
            }
        }
        catch (Exception exception) when (CannotStartException.Sentence(exception) is { } sentence)
        {
            await Console.Error.WriteLineAsync($"{parts[0].Name} cannot start: {sentence}");
            Environment.ExitCode = 1;
        }
    }

    /// <summary>What has to be right before the start: schemas, and what is read from the bundle.</summary>
    public static async Task PrepareAsync(WebApplication app)
    {
        foreach (var preparation in app.Services.GetServices<IPreparation>())
            await preparation.PrepareAsync(app.Lifetime.ApplicationStopping);
    }

    /// <summary>Everything composed and validated, nothing started.</summary>
    public static WebApplication Build(string[] args, params IService[] parts) => Build(args, _ => { }, parts);

    /// <summary>Likewise, with a last word on what is registered (a clock, a client).</summary>
    public static WebApplication Build(string[] args, Action<IServiceCollection> replace, params IService[] parts)
    {
        var app = Compose(args, replace, parts);
        Map(app, parts);
        return app;
    }

    private static WebApplication Compose(string[] args, Action<IServiceCollection> replace, IService[] parts)
    {
        var builder = ProcessDefaults.CreateBuilder(args);
        var consumers = new Consumers();
        foreach (var part in parts)
        {
            part.AddServices(builder.Services, builder.Configuration);
            part.AddConsumers(consumers);
        }
        builder.Services.AddTelemetry(builder.Configuration, parts is [var only] ? only.Name : "standalone");
        if (builder.Services.Any(service => service.ServiceType == typeof(Database)))
            builder.Services.AddBus(consumers, inMemory: builder.Configuration["Broker"] == "memory");
        Health.AddHealth(builder.Services, needsBus: consumers.Registrations.Any(registration => !registration.CanWait));
        replace(builder.Services);

        var app = builder.Build();
        app.Services.GetService<IStartupValidator>()?.Validate();
        return app;
    }

    /// <summary>For serving only: health checks need the bus, that all consumers, and some of them a key; a verb has what it needs itself.</summary>
    private static void Map(WebApplication app, IService[] parts)
    {
        app.UseTrustedProxies();
        app.UseMiddleware<ServerSpans>();
        app.UseExceptionHandler(new ExceptionHandlerOptions { StatusCodeSelector = Problems.StatusOf });
        app.UseProblems();
        Health.MapHealth(app);
        app.MapOpenApi();
        foreach (var part in parts)
            part.MapEndpoints(app);
    }
}

using Microsoft.AspNetCore.Builder;

namespace Recado.Platform;

/// <summary>Runs one service, or several in one process.</summary>
public static class ServiceHost
{
    /// <summary>The whole of every Program.cs.</summary>
    public static async Task RunAsync(string[] args, params IService[] parts)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        foreach (var part in parts)
            part.AddServices(builder.Services, builder.Configuration);
        var app = builder.Build();
        foreach (var part in parts)
            part.MapEndpoints(app);
        await app.RunAsync();
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Recado.Contracts;
using Recado.Normalizer;
using Recado.TemplateRenderer;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Benchmarks.InProcess;

/// <summary>The demo store's automations: for each type of event the templates that it leads to, filled from the payloads of the tests.</summary>
public static class RendererAlone
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { ReadCommentHandling = JsonCommentHandling.Skip };

    public static Task<JsonObject> RunAsync(Effort effort)
    {
        using var bundle = JsonDocument.Parse(File.ReadAllText(Path.Combine(ServiceProcess.RepositoryRoot, "deploy", "bootstrap", "demo.json")), new() { CommentHandling = JsonCommentHandling.Skip });
        var store = bundle.RootElement.GetProperty("stores")[0];
        var templates = store.GetProperty("templates").Deserialize<Template[]>(Json)!.ToDictionary(template => template.Name);
        var events = Sources.All.SelectMany(NormalizerAlone.Payloads).SelectMany(webhook => Normalization.Normalize(webhook).Messages).OfType<CommerceEvent>().ToLookup(happened => happened.Type);
        var works = store.GetProperty("automations").EnumerateArray()
            .SelectMany(automation => Sends(automation).Select(template => (Type: automation.GetProperty("trigger").GetString()!, template)))
            .Where(pair => events[pair.Type].Any()).GroupBy(pair => pair.Type)
            .Select(group => Of(group.Key, [.. group.SelectMany(pair => events[pair.Type].Select(happened => (pair.template, happened)))], templates)).ToList();
        return Task.FromResult(Batches.Measure("One message, with the templates it falls back to, CPU time, one thread. Medians of batches.", works, effort));
    }

    private static IEnumerable<string> Sends(JsonElement automation) =>
        automation.GetProperty("steps").EnumerateArray().Where(step => step.TryGetProperty("send", out _)).Select(step => step.GetProperty("send").GetString()!);

    private static Work Of(string type, (string Template, CommerceEvent Event)[] messages, Dictionary<string, Template> templates)
    {
        var store = new StoreProfile { Id = "demo", Name = "Loja Demo", TimeZone = "America/Sao_Paulo" };
        var now = new DateTimeOffset(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);
        return new($"{type} ({messages.Length} messages)", messages.Length, () =>
        {
            RenderResult? last = null;
            foreach (var (template, happened) in messages)
                last = Rendering.Render(template, templates.GetValueOrDefault, happened, store, now);
            return last;
        });
    }
}

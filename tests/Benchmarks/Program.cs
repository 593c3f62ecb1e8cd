using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Recado.Tests.Benchmarks;
using Recado.Tests.Benchmarks.Bare;
using Recado.Tests.Benchmarks.Machine;
using Recado.Tests.Infrastructure;

if (args is [BareHost.Verb, .. var rest])
{
    await BareHost.RunAsync(BareSettings.Of(rest));
    return 0;
}
if (BenchmarkOptions.Parse(args) is not { } options)
{
    Console.WriteLine("usage: dotnet run -c Release --project tests/Benchmarks -- NAME… | all | --list [--quick] [--json FILE]\n");
    foreach (var yardstick in Yardstick.All)
        Console.WriteLine($"  {yardstick.Name,-12} {yardstick.What}");
    return args.Contains("--list") ? 0 : 2;
}
if (Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration != "Release")
{
    Console.WriteLine("Only release builds are measured: dotnet run -c Release --project tests/Benchmarks -- …");
    return 2;
}
try
{
    var figures = new JsonObject();
    foreach (var name in options.Names)
        figures[name] = await MeasureAsync(Yardstick.All.Single(each => each.Name == name), options);
    if (options.Json is { } file)
        await File.WriteAllTextAsync(file, (figures.Count == 1 ? figures.Single().Value! : figures).ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n");
    return 0;
}
catch (Exception exception) when (exception is InvalidOperationException or TimeoutException or IOException or System.Data.Common.DbException)
{
    // There is nothing to measure: a service that did not start on a machine that does too much else, an answer that was no 2xx.
    Console.Error.WriteLine(exception.Message);
    return 1;
}
finally
{
    RunFolder.Delete();
}

static async Task<JsonObject> MeasureAsync(Yardstick yardstick, BenchmarkOptions options)
{
    var before = Busyness.Average();
    Console.WriteLine($"\n# {yardstick.Name}: {yardstick.What}\n");
    var figures = await yardstick.RunAsync(Effort.Of(options.Quick));
    figures["quick"] = options.Quick;
    figures["machine"] = Busyness.Describe(before);
    return figures;
}

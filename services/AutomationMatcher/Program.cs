using Recado.AutomationMatcher;
using Recado.Platform;

await ServiceHost.RunAsync(args, new AutomationMatcherService());

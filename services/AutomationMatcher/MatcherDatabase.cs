using Microsoft.Extensions.Options;
using Recado.Platform.Data;

namespace Recado.AutomationMatcher;

/// <summary>Contacts, journeys and the timeline.</summary>
public sealed class MatcherDatabase(IOptions<DatabaseOptions> options, TimeProvider time) : Database("automation_matcher", options, time);

using System.Diagnostics;
using Microsoft.Extensions.Options;
using Recado.AutomationMatcher.Automations;
using Recado.Platform.Data;
using Recado.Platform.Faults;
using Recado.Platform.Telemetry;

namespace Recado.AutomationMatcher.Journeys;

/// <summary>The clock of the journeys: takes those that are due, one contact at a time among all replicas, and moves them on.</summary>
public sealed class DueJourneys(MatcherDatabase database, JourneyStore journeys, AutomationBook book, IOptions<MatcherOptions> options,
    TimeProvider time, ILogger<DueJourneys> log) : BackgroundService
{
    private const int BatchSize = 100;
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _due = new(0);

    /// <summary>Something is due sooner than it seemed.</summary>
    public void Wake()
    {
        if (_due.CurrentCount == 0)
            _due.Release();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await MoveSomeAsync(stoppingToken) == BatchSize)
                {
                }
                await SleepAsync(await UntilNextAsync(stoppingToken), stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("Due journeys wait: {Error}", exception.Message);
                await Task.Delay(LongestSleep, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Takes contacts with something due and moves all that is due for them.</summary>
    /// <returns>The number of contacts taken.</returns>
    private Task<int> MoveSomeAsync(CancellationToken cancellation) => database.InTransactionAsync(async transaction =>
    {
        var pace = new Pace(time.GetUtcNow(), options.Value.TimeScale);
        // The inner list is longer than a batch, so that a replica finds others behind those that are taken.
        var locked = await transaction.QueryAsync(
            """
            select contact_id from contacts
            where contact_id in (select contact_id from journeys where state = 'waiting' and due_at <= @now order by due_at limit 500)
            limit 100 for update skip locked
            """,
            row => row.GetGuid(0), cancellation, ("now", pace.Now));
        if (locked.Count == 0)
            return 0;
        CrashPoints.Reach(CrashPoints.TimerClaimed);
        // Read after the lock: whoever held it before may have stopped what was due.
        var asked = journeys.Ask([.. locked], transaction);
        var started = JourneyStore.AskEventsOfDue([.. locked], pace.Now, transaction);
        await transaction.AskAsync(cancellation);
        var states = asked.ToStates();
        var due = states.Values.SelectMany(state => state.Journeys)
            .Where(journey => journey.State == JourneyState.Waiting && journey.DueAt <= pace.Now).OrderBy(journey => journey.DueAt).ToList();
#if FAULTS
        if (PlantedBugs.TimersFromMemory)
            due.RemoveAll(journey => !JourneyStore.SeenByThisProcess.ContainsKey(journey.JourneyId));
#endif
        var events = started.Rows.ToDictionary(happened => (happened.StoreId, happened.EventId));
        var decisions = new List<Decision>();
        foreach (var journey in due)
        {
            var decision = Decide(journey, states[journey.ContactId], events, pace);
            states[journey.ContactId] = decision.State;
            decisions.Add(decision);
        }
        journeys.Save(decisions, transaction);
        if (due.Count > 0)
        {
            CrashPoints.Reach(CrashPoints.TimerFired);
            transaction.OnCommitted(() => CrashPoints.Reach(CrashPoints.TimerCommitted));
            transaction.OnCommitted(() => MatcherMetrics.Fire(due, pace.Now));
        }
        return locked.Count;
    }, cancellation);

    /// <summary>One journey that cannot be decided must not stop the clock of all others, nor spin it: it is put off, loudly.</summary>
    private Decision Decide(Journey journey, ContactState state, Dictionary<(string, Guid), Contracts.CommerceEvent> events, Pace pace)
    {
        using var span = Spans.Start("journey due", journey.Trace);
        span?.SetTag(SpanTags.Store, journey.StoreId).SetTag(SpanTags.Automation, journey.AutomationId).SetTag(SpanTags.Late, (long)(pace.Now - journey.DueAt!.Value).TotalMilliseconds);
        try
        {
            var automation = book.Current.Version(journey.StoreId, journey.AutomationId, journey.AutomationVersion);
            var triggering = events[(journey.StoreId, journey.EventId)];
            var decision = Progress.OnDue(state, journey.JourneyId, automation, triggering, pace) with { TraceId = Spans.FromTraceparent(journey.Trace).Id() };
            return span is null ? decision : Continue(decision, triggering, span);
        }
        catch (Exception exception) when (exception is KeyNotFoundException or TimeoutException or ArgumentOutOfRangeException)
        {
            span.Fail(exception);
            using var trace = span is null ? Spans.Resume(journey.Trace) : null;
            log.LogError("Journey {JourneyId} is due and cannot be decided, again in a minute: {Error}", journey.JourneyId, exception.Message);
            return new(state, [journey with { DueAt = pace.Now.AddMinutes(1) }], [], [], []);
        }
    }

    /// <summary>What is asked for continues from the span of the step.</summary>
    private static Decision Continue(Decision decision, Contracts.CommerceEvent triggering, Activity span)
    {
        span.SetTag(SpanTags.EventType, triggering.Type).SetTag(SpanTags.Reason, SpanTags.Joined(decision.Entries.Select(entry => entry.Reason)))
            .SetTag(SpanTags.MessageId, SpanTags.Joined(decision.Entries.Select(entry => entry.MessageId?.ToString())));
        return decision with { Messages = [.. decision.Messages.Select(each => (each.Message, span.Context.ToTraceparent()))] };
    }

    private async Task SleepAsync(TimeSpan pause, CancellationToken cancellation)
    {
        using var woken = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAny(Task.Delay(pause, time, woken.Token), _due.WaitAsync(woken.Token));
        await woken.CancelAsync();
    }

    private async Task<TimeSpan> UntilNextAsync(CancellationToken cancellation)
    {
        var next = await database.QueryAsync("select min(due_at) from journeys where state = 'waiting'",
            row => row.IsDBNull(0) ? (DateTimeOffset?)null : row.GetTime(0), cancellation);
        var wait = (next[0] ?? DateTimeOffset.MaxValue) - time.GetUtcNow();
        return wait < LongestSleep ? (wait > TimeSpan.Zero ? wait : TimeSpan.FromMilliseconds(20)) : LongestSleep;
    }
}

using Recado.Contracts;
using Recado.Normalizer.Reading;
using Recado.Normalizer.Text;

namespace Recado.Normalizer.EzApi.Content;

/// <summary><c>poll</c>, <c>pollVote</c>.</summary>
internal static class Polls
{
    public static ChatPoll Read(Fields poll) => new()
    {
        Question = poll.Message("question"),
        MaxOptions = poll.Count("pollMaxOptions"),
        Options = Options(poll),
    };

    public static ChatPollVote Vote(Fields vote) => new() { PollMessageId = vote.Word("pollMessageId"), Options = Options(vote) };

    /// <summary>The options of a vote, with commas.</summary>
    public static string? Chosen(Fields vote) => string.Join(", ", vote.Texts("options"));

    // The same cleaning for both, so that a vote names an option letter for letter.
    private static List<string> Options(Fields block) => [.. block.Texts("options").Select(PlainText.Message).OfType<string>()];
}

namespace Recado.Contracts;

/// <summary>A picture; the gateway keeps it for 30 days.</summary>
public sealed record ChatImage
{
    public string? Url { get; init; }
    public string? ThumbnailUrl { get; init; }
    public string? Caption { get; init; }

    /// <summary><c>mimeType</c>; <c>mimetype</c> in a reply to a status.</summary>
    public string? MimeType { get; init; }
    public bool ViewOnce { get; init; }

    /// <summary>Pixels.</summary>
    public int? Width { get; init; }

    /// <summary>Pixels.</summary>
    public int? Height { get; init; }
}

/// <summary>Sound.</summary>
public sealed record ChatAudio
{
    public string? Url { get; init; }
    public string? MimeType { get; init; }

    /// <summary>Spoken into the phone (push to talk), not a file.</summary>
    public bool Ptt { get; init; }
    public int? Seconds { get; init; }
    public bool ViewOnce { get; init; }
}

/// <summary>A moving picture.</summary>
public sealed record ChatVideo
{
    public string? Url { get; init; }
    public string? ThumbnailUrl { get; init; }
    public string? Caption { get; init; }
    public string? MimeType { get; init; }
    public int? Seconds { get; init; }
    public bool ViewOnce { get; init; }

    /// <summary>Pixels.</summary>
    public int? Width { get; init; }

    /// <summary>Pixels.</summary>
    public int? Height { get; init; }
}

/// <summary>A file.</summary>
public sealed record ChatDocument
{
    public string? Url { get; init; }
    public string? ThumbnailUrl { get; init; }
    public string? FileName { get; init; }
    public string? Title { get; init; }
    public string? Caption { get; init; }
    public string? MimeType { get; init; }
    public int? PageCount { get; init; }

    /// <summary>Bytes.</summary>
    public long? FileLength { get; init; }
}

/// <summary>A sticker.</summary>
/// <param name="Url">Where it is to be had.</param>
/// <param name="MimeType">For example <c>image/webp</c>.</param>
public sealed record ChatSticker(string? Url, string? MimeType);

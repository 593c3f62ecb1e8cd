using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Recado.Platform.Data;
using Recado.Platform.Hosting;

namespace Recado.Platform.Secrets;

/// <summary>The keys of this process. A key's id follows from the key, so nobody has to name keys or keep names apart.</summary>
public sealed class SecretKeys
{
    /// <summary>Bytes in a key.</summary>
    public const int Length = 32;

    private const string Advice = "give 32 random bytes in base64, for example by 'openssl rand -base64 32'";

    private static readonly char[] Separators = [',', ' ', '\t', '\r', '\n'];

    private readonly Dictionary<uint, byte[]> _keys = [];

    /// <summary>Reads them from the settings.</summary>
    /// <exception cref="CannotStartException">There is none, or one is no key.</exception>
    public SecretKeys(IOptions<SecretsOptions> secrets, IOptions<DatabaseOptions> database)
    {
        var (text, origin) = Read(secrets.Value, database.Value.Database);
        foreach (var key in text.Split(Separators, StringSplitOptions.RemoveEmptyEntries).Select(part => Parse(part, origin)))
        {
            var id = IdOf(key);
            if (_keys.Count == 0)
                Active = id;
            _keys[id] = key;
        }
        if (_keys.Count == 0)
            throw new CannotStartException($"{origin} holds no key: {Advice}.");
    }

    /// <summary>The id of the key that encrypts.</summary>
    internal uint Active { get; }

    /// <summary>How many keys there are besides that one.</summary>
    internal int Older => _keys.Count - 1;

    /// <summary>The key of that id, or null.</summary>
    internal byte[]? Find(uint id) => _keys.GetValueOrDefault(id);

    private static byte[] Parse(string text, string origin)
    {
        var key = new byte[Length];
        return Convert.TryFromBase64String(text, key, out var length) && length == Length
            ? key
            : throw new CannotStartException($"{origin} holds something that is not a key: {Advice}.");
    }

    private static uint IdOf(byte[] key) => BinaryPrimitives.ReadUInt32BigEndian(HMACSHA256.HashData(key, "recado key id"u8));

    private static (string Text, string Origin) Read(SecretsOptions secrets, string database)
    {
        if (!string.IsNullOrEmpty(secrets.Key))
            return (secrets.Key, "Secrets:Key");
        if (!string.IsNullOrEmpty(secrets.KeyFile))
            return (ReadFile(secrets.KeyFile), "Secrets:KeyFile");
        if (Engine.FileOf(database) is not { } file)
            throw new CannotStartException($"this service keeps secrets and has no key for them: set Secrets:KeyFile or Secrets:Key ({Advice}).");
        var beside = Path.ChangeExtension(Path.GetFullPath(file), ".key");
        return (File.Exists(beside) ? ReadFile(beside) : MakeFile(beside), $"the key file '{beside}'");
    }

    private static string ReadFile(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CannotStartException($"the key file '{path}' cannot be read: {exception.Message}");
        }
    }

    /// <summary>Written whole under another name first: a crash leaves no half a key. Of processes that start at once the first makes it.</summary>
    private static string MakeFile(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var turn = TakeTurn($"{path}.lock");
            if (!File.Exists(path))
            {
                WriteKey($"{path}.draft");
                File.Move($"{path}.draft", path);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CannotStartException($"the key file '{path}' cannot be made: {exception.Message}");
        }
        return ReadFile(path);
    }

    /// <summary>
    /// File.Move looks whether there is a file of that name and then renames, which replaces what came in between: two keys
    /// were made, and what was sealed with the first could not be opened any more.
    /// </summary>
    private static FileStream TakeTurn(string path)
    {
        for (var attempt = 1; ; attempt++)
            try
            {
                return new(path, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.None, Options = FileOptions.DeleteOnClose });
            }
            catch (IOException) when (attempt < 500) // 5 s; the others need milliseconds
            {
                Thread.Sleep(10);
            }
    }

    private static void WriteKey(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, options);
        file.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(Length)) + "\n"));
        file.Flush(flushToDisk: true);
    }
}

using System.Collections.Frozen;
using System.Reflection;
using Recado.Contracts;

namespace Recado.Platform.Bus;

/// <summary>The names of the contracts on the wire.</summary>
internal static class MessageTypes
{
    private static readonly FrozenDictionary<Type, string> Names = typeof(IMessage).Assembly.GetTypes()
        .Where(type => type.IsClass && type.IsAssignableTo(typeof(IMessage)))
        .ToFrozenDictionary(type => type, type => type.GetCustomAttribute<WireNameAttribute>()!.Name);

    public static IEnumerable<string> WireNames => Names.Values;

    public static string WireNameOf(Type message) => Names[message];
}

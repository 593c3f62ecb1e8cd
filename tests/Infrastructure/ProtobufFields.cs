using System.Text;
using Google.Protobuf;

namespace Recado.Tests.Infrastructure;

/// <summary>One protobuf message, read by field number, without generated code.</summary>
public sealed class ProtobufFields
{
    private readonly List<(int Field, byte[] Bytes)> delimited = [];
    private readonly Dictionary<int, ulong> numbers = [];

    private ProtobufFields()
    {
    }

    /// <summary>Reads one level; messages inside stay bytes until asked for.</summary>
    public static ProtobufFields Of(byte[] message)
    {
        var fields = new ProtobufFields();
        var input = new CodedInputStream(message);
        while (input.ReadTag() is var tag and not 0)
        {
            var field = WireFormat.GetTagFieldNumber(tag);
            switch (WireFormat.GetTagWireType(tag))
            {
                case WireFormat.WireType.LengthDelimited:
                    fields.delimited.Add((field, input.ReadBytes().ToByteArray()));
                    break;
                case WireFormat.WireType.Varint:
                    fields.numbers[field] = input.ReadUInt64();
                    break;
                case WireFormat.WireType.Fixed64:
                    fields.numbers[field] = input.ReadFixed64();
                    break;
                case WireFormat.WireType.Fixed32:
                    fields.numbers[field] = input.ReadFixed32();
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }
        return fields;
    }

    /// <summary>Whether a number was written; protobuf leaves out zeros except in a oneof.</summary>
    public bool Has(int field) => numbers.ContainsKey(field);

    /// <summary>An integer, a boolean, an enumeration, or the bits of a double; 0 when absent.</summary>
    public ulong Number(int field) => numbers.GetValueOrDefault(field);

    /// <summary>"" when absent.</summary>
    public string Text(int field) => Encoding.UTF8.GetString(Bytes(field));

    /// <summary>Lower-case hex, "" when absent.</summary>
    public string Hex(int field) => Convert.ToHexStringLower(Bytes(field));

    /// <summary>All messages of a repeated field, or the one of a single field.</summary>
    public IEnumerable<ProtobufFields> Messages(int field) =>
        delimited.Where(each => each.Field == field).Select(each => Of(each.Bytes));

    private byte[] Bytes(int field) => delimited.LastOrDefault(each => each.Field == field).Bytes ?? [];
}

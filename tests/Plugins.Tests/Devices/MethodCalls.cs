using System.Reflection;
using System.Reflection.Emit;

namespace PluginGan.Plugins.Tests.Devices;

/// <summary>Which methods the code of an assembly calls, read from its instructions.</summary>
internal static class MethodCalls
{
    private static readonly Dictionary<short, OpCode> Instructions =
        typeof(OpCodes).GetFields().Select(field => (OpCode)field.GetValue(null)!).ToDictionary(instruction => instruction.Value);

    /// <summary>Every call with the method and the outermost type that it stands in: closures and iterators count to the type that they were written in.</summary>
    public static IEnumerable<(Type From, MethodBase In, MethodBase To)> Of(Assembly assembly) =>
        from type in assembly.GetTypes()
        from method in type.GetMembers(BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic).OfType<MethodBase>()
        from callee in Of(method)
        select (Outermost(type), method, callee);

    private static IEnumerable<MethodBase> Of(MethodBase method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (var at = 0; at < code.Length;)
        {
            var instruction = code[at] == 0xfe ? Instructions[(short)(0xfe00 | code[at + 1])] : Instructions[code[at]];
            at += instruction.Size;
            if (instruction.OperandType == OperandType.InlineMethod)
                yield return method.Module.ResolveMethod(
                    BitConverter.ToInt32(code, at), method.DeclaringType!.GetGenericArguments(), method.IsGenericMethod ? method.GetGenericArguments() : null)!;
            at += instruction.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(code, at),
                _ => 4,
            };
        }
    }

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}

using System.Reflection;
using System.Reflection.Emit;

namespace PluginGan.Host.Tests;

/// <summary>A plugin that a test has made: an assembly in a folder of its name. What it registers can be looked at, not created.</summary>
internal sealed record EmittedPlugin(string Name)
{
    /// <summary>What its metadata says of the contract, or null for nothing.</summary>
    public string? Contract { get; init; }

    /// <summary>The assembly's version.</summary>
    public Version Version { get; init; } = new(1, 0);

    /// <summary>Its informational version, or null for none.</summary>
    public string? InformationalVersion { get; init; }

    public bool IsPublic { get; init; } = true;

    /// <summary>Methods of the registry, such as <c>Loss</c>, and the names registered with them.</summary>
    public IReadOnlyList<(string Kind, string Name)> Components { get; init; } = [];

    /// <summary>Writes it under a root of plugin folders.</summary>
    public void Write(string root)
    {
        // Builds leave metadata of other kinds in an assembly, and none of it counts.
        List<CustomAttributeBuilder> said = [Attribute(typeof(AssemblyMetadataAttribute), "Something.Else", "0.0.1")];
        if (InformationalVersion is not null)
            said.Add(Attribute(typeof(AssemblyInformationalVersionAttribute), InformationalVersion));
        if (Contract is not null)
            said.Add(Attribute(typeof(AssemblyMetadataAttribute), "PluginGan.Contract", Contract));
        var assembly = new PersistedAssemblyBuilder(new AssemblyName(Name) { Version = Version }, typeof(object).Assembly, said);
        var visibility = IsPublic ? TypeAttributes.Public : TypeAttributes.NotPublic;
        var entry = assembly.DefineDynamicModule(Name).DefineType($"{Name}.Entry", visibility | TypeAttributes.Class, typeof(object), [typeof(IGanPlugin)]);
        entry.DefineDefaultConstructor(MethodAttributes.Public);
        const MethodAttributes Implements = MethodAttributes.Public | MethodAttributes.Virtual | MethodAttributes.Final | MethodAttributes.HideBySig | MethodAttributes.NewSlot;
        var code = entry.DefineMethod(nameof(IGanPlugin.Register), Implements, typeof(void), [typeof(IComponentRegistry)]).GetILGenerator();
        foreach (var (kind, name) in Components)
        {
            // components.Kind<object>(new ComponentInfo(name, "Emitted."), null)
            code.Emit(OpCodes.Ldarg_1);
            code.Emit(OpCodes.Ldstr, name);
            code.Emit(OpCodes.Ldstr, "Emitted.");
            code.Emit(OpCodes.Newobj, typeof(ComponentInfo).GetConstructor([typeof(string), typeof(string)])!);
            code.Emit(OpCodes.Ldnull);
            code.Emit(OpCodes.Callvirt, typeof(IComponentRegistry).GetMethod(kind)!.MakeGenericMethod(typeof(object)));
        }
        code.Emit(OpCodes.Ret);
        entry.CreateType();
        assembly.Save(Path.Combine(Directory.CreateDirectory(Path.Combine(root, Name)).FullName, $"{Name}.dll"));
    }

    private static CustomAttributeBuilder Attribute(Type type, params string[] values) =>
        new(type.GetConstructor([.. values.Select(_ => typeof(string))])!, values);
}

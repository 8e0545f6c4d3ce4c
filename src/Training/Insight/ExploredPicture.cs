namespace PluginGan.Training;

/// <summary>What an exploration has to show: a picture, or for samples that are no images a text file.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Title">A heading.</param>
/// <param name="Text">What is where in it, and the figures that belong to it.</param>
/// <param name="Content">The file.</param>
public sealed record ExploredPicture(string File, string Title, string Text, byte[] Content);

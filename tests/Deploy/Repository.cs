using System.Xml.Linq;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Deploy;

/// <summary>Files of the repository, by their path from its root.</summary>
internal static class Repository
{
    public static string PathOf(string path) => Path.Combine(ServiceProcess.RepositoryRoot, path);

    public static string Text(string path) => File.ReadAllText(PathOf(path));

    /// <summary>The version in <c>Directory.Build.props</c>, which images carry.</summary>
    public static string Version => XDocument.Load(PathOf("Directory.Build.props")).Descendants("Version").Single().Value;
}

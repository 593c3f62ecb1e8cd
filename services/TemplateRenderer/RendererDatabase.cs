using Microsoft.Extensions.Options;
using Recado.Platform.Data;

namespace Recado.TemplateRenderer;

/// <summary>Stores' names and templates.</summary>
public sealed class RendererDatabase(IOptions<DatabaseOptions> options, TimeProvider time) : Database("template_renderer", options, time);

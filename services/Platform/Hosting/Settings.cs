using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Recado.Platform.Hosting;

/// <summary>Options that are bound and checked before anything starts.</summary>
public static class Settings
{
    /// <summary>Binds a section (empty: the root) to options; what their annotations refuse stops the start with their sentences.</summary>
    public static void AddSettings<T>(this IServiceCollection services, string section = "")
        where T : class
    {
        services.AddOptions<T>().BindConfiguration(section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<T>, Annotations<T>>();
    }

    private sealed class Annotations<T> : IValidateOptions<T>
        where T : class
    {
        public ValidateOptionsResult Validate(string? name, T options)
        {
            var failures = new List<ValidationResult>();
            return Validator.TryValidateObject(options, new ValidationContext(options), failures, validateAllProperties: true)
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail(failures.Select(failure => failure.ErrorMessage ?? "A setting is wrong."));
        }
    }
}

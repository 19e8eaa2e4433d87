package io.elacsym.distribution.plugins;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Sees the classes of the JDK and nothing else: the parent of every plugin's private class path.
 * The platform class loader cannot be that parent, because the built-in loaders share one package
 * map, and so it would hand out the core's own libraries.
 */
final class JdkOnlyLoader extends ClassLoader {
  static final JdkOnlyLoader INSTANCE = new JdkOnlyLoader(ModuleLayer.boot());

  /** By package; empty is the bootstrap loader. */
  private final Map<String, Optional<ClassLoader>> loaders = new HashMap<>();

  private JdkOnlyLoader(ModuleLayer boot) {
    super("jdk-only", null);
    for (Module module : boot.modules()) {
      if (isJdk(module.getName())) {
        Optional<ClassLoader> loader = Optional.ofNullable(module.getClassLoader());
        module.getPackages().forEach(name -> loaders.put(name, loader));
      }
    }
  }

  /** Whether the JDK has a package, exported or not. */
  boolean hasPackage(String name) {
    return loaders.containsKey(name);
  }

  static boolean isJdk(String module) {
    return module.startsWith("java.") || module.startsWith("jdk.");
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    Optional<ClassLoader> loader =
        loaders.get(name.substring(0, Math.max(name.lastIndexOf('.'), 0)));
    if (loader == null) {
      throw new ClassNotFoundException(name);
    }
    return Class.forName(name, false, loader.orElse(null));
  }
}

package io.elacsym.distribution.plugins;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.Provider;
import io.elacsym.engine.border.Border;
import io.elacsym.engine.border.MissingClass;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Stands before a provider and before everything that it opens or makes, so that all code of a
 * plugin runs with the plugin's class loader as the thread's context class loader. Libraries look
 * up their services and resources there, at any time; with the host's loader they would find the
 * host's libraries.
 *
 * <p>This is for a program that asks a plugin itself, as one that tries its contract does: what the
 * plugin throws and may throw passes as it is. The engine has a border of its own, which contains
 * it, and gets providers without this one.
 *
 * <p>A proxy, and not a delegate per interface, so that no method the SPI gains later can be
 * forgotten. It costs tens of nanoseconds a call, and the SPI has no call that is made for a single
 * row: the places of vectors are values, which are handed through as they are.
 */
final class PluginCalls implements InvocationHandler {
  private final Object target;
  private final ClassLoader loader;
  private final Path jar;

  private PluginCalls(Object target, ClassLoader loader, Path jar) {
    this.target = target;
    this.loader = loader;
    this.jar = jar;
  }

  /**
   * The same provider.
   *
   * @param jar where it is from, for messages
   */
  static Provider around(Provider provider, Class<? extends Provider> spi, Path jar) {
    return spi.cast(
        proxy(spi, new PluginCalls(provider, provider.getClass().getClassLoader(), jar)));
  }

  /** The provider that stands behind this, or else the same. */
  static Provider bare(Provider provider) {
    return Proxy.isProxyClass(provider.getClass())
            && Proxy.getInvocationHandler(provider) instanceof PluginCalls calls
        ? (Provider) calls.target
        : provider;
  }

  private static Object proxy(Class<?> type, PluginCalls calls) {
    return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, calls);
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] given)
      throws Throwable {
    if (method.getName().equals("equals") && method.getDeclaringClass() == Object.class) {
      return given != null && target.equals(behind(given[0]));
    }
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return opened(method.getReturnType(), method.invoke(target, given));
    } catch (InvocationTargetException e) {
      throw failure(method, e.getCause() == null ? e : e.getCause());
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static @Nullable Object behind(@Nullable Object other) {
    return other != null
            && Proxy.isProxyClass(other.getClass())
            && Proxy.getInvocationHandler(other) instanceof PluginCalls calls
        ? calls.target
        : other;
  }

  private @Nullable Object opened(Class<?> type, @Nullable Object result) {
    return result != null && Border.isPart(type)
        ? proxy(type, new PluginCalls(result, loader, jar))
        : result;
  }

  private Throwable failure(Method method, Throwable thrown) {
    String call = method.getDeclaringClass().getSimpleName() + "." + method.getName();
    return switch (thrown) {
      case LinkageError e ->
          ElacsymException.withDetail(
              ErrorKind.INTERNAL,
              "a plugin failed in " + call + ": it has not all classes that it needs",
              MissingClass.message(jar, e),
              e);
      case RuntimeException e -> e;
      case Error e -> e;
      // Other languages than Java throw these from anywhere, and no caller is prepared for them.
      default ->
          ElacsymException.withDetail(
              ErrorKind.INTERNAL, "a plugin failed in " + call, jar + " threw " + thrown, thrown);
    };
  }
}

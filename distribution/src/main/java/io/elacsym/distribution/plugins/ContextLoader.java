package io.elacsym.distribution.plugins;

import io.elacsym.api.Provider;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * Sets the thread's context class loader to the plugin's while one of its provider's methods runs:
 * that is when libraries look up their own services and configuration. What a provider opened is
 * then called directly, because those calls are many and hot; a plugin whose library needs the
 * context loader later too sets it itself.
 *
 * <p>A proxy, and not a delegate per interface, so that a default method the SPI gains later can
 * never be forgotten.
 */
final class ContextLoader {
  private ContextLoader() {}

  static Provider around(Provider provider, Class<? extends Provider> spi) {
    ClassLoader loader = provider.getClass().getClassLoader();
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          Thread thread = Thread.currentThread();
          ClassLoader before = thread.getContextClassLoader();
          thread.setContextClassLoader(loader);
          try {
            return method.invoke(provider, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
          } finally {
            thread.setContextClassLoader(before);
          }
        };
    return spi.cast(Proxy.newProxyInstance(spi.getClassLoader(), new Class<?>[] {spi}, handler));
  }
}

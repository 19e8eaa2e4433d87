package io.elacsym.engine.border;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.Provider;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stands before a part of a plugin: a provider, or what it has opened. A call runs with the
 * plugin's context class loader, because libraries look for their own services and configuration
 * there, and is known to the {@link PluginWatch} while it runs. What comes back is never {@code
 * null}, and what is thrown is an {@link ElacsymException}, or says that the virtual machine is
 * broken: other code need not expect what a plugin throws without declaring it, checked exceptions
 * and errors among them. Safe for use by as many threads as the part.
 *
 * <p>A proxy, and not a delegate for each interface, so that a method which an interface gains
 * later is never forgotten. The places of vectors are not wrapped: they are asked for single rows
 * within one search.
 */
public final class Border implements InvocationHandler {
  private static final Module API = Provider.class.getModule();

  /** Causes looked through: a chain of causes may be a circle. */
  private static final int MOST_CAUSES = 16;

  private final Object part;
  private final PluginName plugin;
  private final ClassLoader loader;
  private final PluginWatch watch;

  private Border(Object part, PluginName plugin, ClassLoader loader, PluginWatch watch) {
    this.part = part;
    this.plugin = plugin;
    this.loader = loader;
    this.watch = watch;
  }

  /** A provider behind its border; one that is behind it already stays as it is. */
  public static <P extends Provider> P around(Class<P> spi, P provider, PluginWatch watch) {
    if (Proxy.isProxyClass(provider.getClass())
        && Proxy.getInvocationHandler(provider) instanceof Border) {
      return provider;
    }
    PluginName plugin = PluginName.of(provider);
    watch.know(plugin);
    return spi.cast(
        proxy(spi, new Border(provider, plugin, provider.getClass().getClassLoader(), watch)));
  }

  private static Object proxy(Class<?> type, Border border) {
    return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, border);
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (method.getDeclaringClass() == Object.class) {
      return ofObject(proxy, method, arguments);
    }
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    RunningCalls.Call call = watch.calls().begin(plugin, method.getName());
    thread.setContextClassLoader(loader);
    try {
      return checked(method, method.invoke(part, arguments));
    } catch (InvocationTargetException e) {
      Throwable thrown = e.getCause() == null ? e : e.getCause();
      throw isTheEnd(thrown) ? thrown : contained(method, thrown);
    } finally {
      thread.setContextClassLoader(before);
      watch.calls().end(call);
    }
  }

  /** What every object has: the part is known by the object that stands before it. */
  @SuppressWarnings("ReferenceEquality")
  private @Nullable Object ofObject(Object proxy, Method method, Object @Nullable [] arguments)
      throws IllegalAccessException, InvocationTargetException {
    return switch (method.getName()) {
      case "equals" -> arguments != null && proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default -> method.invoke(part, arguments);
    };
  }

  private @Nullable Object checked(Method method, @Nullable Object answer) {
    Class<?> type = method.getReturnType();
    if (type == void.class) {
      return null;
    }
    if (answer == null) {
      watch.broke(plugin, method.getName() + " gave null");
      throw new ElacsymException(ErrorKind.INTERNAL, plugin + " gave null in " + method.getName());
    }
    return isPart(type) ? proxy(type, new Border(answer, plugin, loader, watch)) : answer;
  }

  /** Whether a method returns something whose methods are the plugin's code. */
  public static boolean isPart(Class<?> type) {
    return type.isInterface() && !type.isSealed() && type.getModule().equals(API);
  }

  /** Whether the virtual machine itself is broken, so that nothing may go on. */
  private static boolean isTheEnd(Throwable thrown) {
    return thrown instanceof VirtualMachineError
        && !(thrown instanceof OutOfMemoryError || thrown instanceof StackOverflowError);
  }

  /** What the host throws in the place of what the plugin has thrown. */
  private ElacsymException contained(Method method, Throwable thrown) {
    Throwable cause = thrown;
    for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
      switch (cause) {
        case ElacsymException known when known.kind() == ErrorKind.INTERNAL -> {
          return failed(method, thrown, ": " + known.getMessage());
        }
        case ElacsymException known -> {
          // Mostly the host's own, from what the plugin has asked of it.
          return known == thrown
              ? known
              : new ElacsymException(known.kind(), String.valueOf(known.getMessage()), thrown);
        }
        case InterruptedException interrupted -> {
          Thread.currentThread().interrupt();
          return new ElacsymException(ErrorKind.UNAVAILABLE, "the server is stopping", thrown);
        }
        default -> cause = cause.getCause();
      }
    }
    return failed(method, thrown, "");
  }

  private ElacsymException failed(Method method, Throwable thrown, String how) {
    watch.threw(plugin);
    return ElacsymException.withDetail(
        ErrorKind.INTERNAL,
        plugin + " failed in " + method.getName() + how,
        detail(thrown),
        thrown);
  }

  /** What an operator should know, with the file that the plugin is from. */
  private String detail(Throwable thrown) {
    Optional<Path> jar = jar();
    return thrown instanceof LinkageError missing && jar.isPresent()
        ? MissingClass.message(jar.get(), missing)
        : jar.map(file -> file + " threw ").orElse("") + thrown;
  }

  /** The file of the part's module; none on the class path. */
  private Optional<Path> jar() {
    Module module = part.getClass().getModule();
    return Optional.ofNullable(module.getLayer())
        .flatMap(layer -> layer.configuration().findModule(module.getName()))
        .flatMap(resolved -> resolved.reference().location())
        .map(Path::of);
  }
}

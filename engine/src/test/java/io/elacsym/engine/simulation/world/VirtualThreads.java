package io.elacsym.engine.simulation.world;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Executor;

/**
 * Virtual threads whose scheduler is ours: the executor gets a continuation each time the thread
 * can go on, and running it takes the thread to its next wait. A virtual thread that such a thread
 * starts has the same scheduler. The JDK can do this and does not publish it, so this is the one
 * place that needs {@code --add-opens java.base/java.lang}.
 */
final class VirtualThreads {
  private static final MethodHandle NEW = find();

  private VirtualThreads() {}

  private static MethodHandle find() {
    try {
      Class<?> builders = Class.forName("java.lang.ThreadBuilders");
      return MethodHandles.privateLookupIn(builders, MethodHandles.lookup())
          .findStatic(
              builders,
              "newVirtualThread",
              MethodType.methodType(
                  Thread.class, Executor.class, String.class, int.class, Runnable.class));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(
          "this JDK makes virtual threads in another way; the simulation has to be adapted", e);
    }
  }

  static Thread unstarted(Executor scheduler, String name, Runnable task) {
    try {
      return (Thread) NEW.invokeExact(scheduler, name, 0, task);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new LinkageError("cannot make a virtual thread", e);
    }
  }
}

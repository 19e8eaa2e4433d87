package io.elacsym.engine.simulation.mutant;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/** Loads the engine and its simulation a second time, with some classes changed. */
final class MutantLoader extends ClassLoader {
  private static final List<String> OWN = List.of("io.elacsym.engine.", "io.elacsym.cluster.");

  private final Map<String, byte[]> changed;

  MutantLoader(Map<String, byte[]> changed) {
    super("mutant", MutantLoader.class.getClassLoader());
    this.changed = changed;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (OWN.stream().noneMatch(name::startsWith)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      return known == null ? define(name) : known;
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    byte[] bytes = changed.get(name);
    if (bytes == null) {
      bytes = original(name);
    }
    return defineClass(name, bytes, 0, bytes.length);
  }

  private byte[] original(String name) throws ClassNotFoundException {
    try (InputStream file = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (file == null) {
        throw new ClassNotFoundException(name);
      }
      return file.readAllBytes();
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }
}

package io.elacsym.api;

import java.util.Set;
import java.util.TreeSet;

/**
 * How a blob is encoded, as recorded in the manifest beside it.
 *
 * @param name the provider's name
 * @param version of the provider's format, from 1
 * @param features what a reader must understand beyond the version; usually empty
 */
public record Encoding(String name, int version, Set<String> features) {
  public Encoding {
    features = Set.copyOf(features);
  }

  public static Encoding of(String name, int version) {
    return new Encoding(name, version, Set.of());
  }

  /** Whether a reader of {@code this} encoding can read what was written as {@code other}. */
  public boolean reads(Encoding other) {
    return name.equals(other.name)
        && other.version >= 1
        && other.version <= version
        && features.containsAll(other.features);
  }

  @Override
  public String toString() {
    return name + " v" + version + (features.isEmpty() ? "" : " " + new TreeSet<>(features));
  }
}

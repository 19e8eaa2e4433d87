package io.elacsym.engine.writer;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.Storage;
import io.elacsym.engine.cas.ObjectList;
import io.elacsym.engine.cas.Puts;
import io.elacsym.engine.manifest.Manifest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Empty objects in a folder of their own, which say: of this namespace the manifest must be asked.
 * A life is marked before the commit that ends it, and before it begins in a state in which nobody
 * may open it. They decide nothing but what to look at.
 */
public final class EndMarkers {
  /** The folder; no namespace can have its name. */
  public static final String FOLDER = "elacsym-ended";

  /** What no namespace's name may begin with. */
  public static final String RESERVED = "elacsym-";

  /** Stands for a life of which nothing is known but what it has left. */
  public static final String UNKNOWN = "unknown";

  private static final String PREFIX = FOLDER + "/";

  /** 18 digits always fit a long. */
  private static final Pattern NAME = Pattern.compile(PREFIX + "([^/]+)/(00\\d{18})-([^/]+)");

  private final Storage storage;

  public EndMarkers(Storage storage) {
    this.storage = storage;
  }

  /**
   * One of them.
   *
   * @param version of a manifest of the life. Once a manifest that is active has a greater one,
   *     what the marker announces is over, or has not happened and cannot any more
   */
  public record Marker(String namespace, long version, String incarnation) {
    public static Marker of(String namespace, Manifest manifest) {
      return new Marker(namespace, manifest.version(), manifest.incarnation());
    }

    /** Whether what it announces has happened, or never will, given the manifest as it is now. */
    public boolean isSettledBy(Manifest now) {
      return !now.incarnation().equals(incarnation) || (now.isActive() && now.version() > version);
    }

    String object() {
      return PREFIX
          + namespace
          + "/"
          + String.format(Locale.ROOT, "%020d-%s", version, incarnation);
    }
  }

  /**
   * Marks a life.
   *
   * @throws ElacsymException {@code UNAVAILABLE} when storage did not take it for certain
   */
  public void put(Marker marker) {
    Puts.certain(storage, marker.object(), () -> Payload.of(new byte[0]));
  }

  /**
   * A time that the storage's clock has reached: the marker is put once more, and the storage tells
   * when it was changed.
   */
  public Instant storageTime(Marker marker) {
    put(marker);
    return storage.head(marker.object()).map(ObjectInfo::lastModified).orElse(Instant.MIN);
  }

  /** Those of one namespace. */
  public List<Marker> of(String namespace) {
    List<Marker> found = new ArrayList<>();
    each(PREFIX + namespace + "/", "", "", found::add);
    return found;
  }

  /**
   * Those of namespaces in the order of their folders.
   *
   * @param prefix what the names of the namespaces start with
   * @param after only of namespaces behind this one; may be empty
   * @param last of none behind this one; empty for all
   */
  public List<Marker> list(String prefix, String after, String last) {
    List<Marker> found = new ArrayList<>();
    each(
        PREFIX + prefix,
        after.isEmpty() ? "" : PREFIX + after + "0",
        last.isEmpty() ? "" : PREFIX + last + "0",
        found::add);
    return found;
  }

  private void each(String prefix, String after, String end, Consumer<Marker> found) {
    ObjectList.pages(
        storage,
        prefix,
        after,
        page -> {
          for (ObjectInfo object : page) {
            if (!end.isEmpty() && object.name().compareTo(end) > 0) {
              return false;
            }
            marker(object.name()).ifPresent(found);
          }
          return true;
        });
  }

  private static Optional<Marker> marker(String object) {
    Matcher name = NAME.matcher(object);
    return name.matches()
        ? Optional.of(new Marker(name.group(1), Long.parseLong(name.group(2)), name.group(3)))
        : Optional.empty();
  }

  /** Removes some that are settled. */
  public void delete(List<Marker> settled) {
    if (!settled.isEmpty()) {
      storage.delete(settled.stream().map(Marker::object).toList());
    }
  }
}

package io.elacsym.engine.manifest;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The names of objects in a manifest. They are relative to the folder of their namespace, {@code
 * segments/a.parquet}, so that a namespace can be copied to another name. An object that a branch
 * shares with its source lies in the source's folder: {@code ../docs/segments/a.parquet}.
 */
public final class ObjectNames {
  private static final String ELSEWHERE = "../";
  private static final String WAL = "wal/";

  private static final Pattern OF_NAMESPACE =
      Pattern.compile(
          "manifest\\.json"
              + "|wal/\\d{20}-[^/]+\\.wal"
              + "|history/\\d{20}-[^/]+\\.json"
              + "|(segments|tombstones)/\\d{13}-[^/]+"
              + "|indexes/\\d{13}-[^/]+/[^/]+");

  private ObjectNames() {}

  /** Where the manifest of a namespace lies on storage. */
  public static String manifest(String namespace) {
    return namespace + "/manifest.json";
  }

  /** Where an object lies on storage. */
  public static String absolute(String namespace, String name) {
    return isElsewhere(name) ? name.substring(ELSEWHERE.length()) : namespace + "/" + name;
  }

  /** Whether an object lies in the folder of another namespace, which alone may delete it. */
  public static boolean isElsewhere(String name) {
    return name.startsWith(ELSEWHERE);
  }

  /**
   * The name in the manifest of another namespace of what {@code namespace} knows as {@code name}.
   */
  public static String fromElsewhere(String namespace, String name) {
    return isElsewhere(name) ? name : ELSEWHERE + namespace + "/" + name;
  }

  /** The garbage that stands for all entries of a life's WAL up to one. */
  public static String walUpTo(long sequence, String incarnation) {
    return WAL + String.format(Locale.ROOT, "%020d-%s.wal", sequence, incarnation);
  }

  /** Whether a name is that of an entry of the WAL. */
  public static boolean isWal(String name) {
    return name.startsWith(WAL);
  }

  /** The number of the entry of the WAL that {@link #walUpTo} has named. */
  public static long walSequence(String name) {
    return Long.parseLong(name.substring(WAL.length(), WAL.length() + 20));
  }

  /** Whether the engine would give this name to an object in the folder of a namespace. */
  public static boolean isOfNamespace(String name) {
    return OF_NAMESPACE.matcher(name).matches();
  }

  /** The name an object would have in a folder of its own. */
  public static String below(String name) {
    return isElsewhere(name) ? name.substring(name.indexOf('/', ELSEWHERE.length()) + 1) : name;
  }
}

package io.elacsym.distribution.install;

import io.elacsym.api.ElacsymException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a published plugin in a Maven repository.
 *
 * @param group such as {@code com.example}
 * @param artifact such as {@code elacsym-index-flat}
 * @param version such as {@code 1.0.0}
 */
public record Coordinates(String group, String artifact, String version) {
  private static final String PART = "([A-Za-z0-9_-][A-Za-z0-9_.-]*)";
  private static final Pattern TEXT = Pattern.compile(PART + ":" + PART + ":" + PART);

  /** What the file of a packed plugin is called in its place: it ends with the classifier. */
  private static final String ENDING = "-plugin.zip";

  /** Whether a text looks like coordinates and not like a file. */
  public static boolean isOne(String text) {
    return TEXT.matcher(text).matches();
  }

  /**
   * Reads {@code group:artifact:version}.
   *
   * @throws ElacsymException {@code INVALID_REQUEST} for any other text, and for a snapshot, whose
   *     bytes change under one name
   */
  public static Coordinates of(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw ElacsymException.invalid(
          "'" + text + "' is no plugin, expected a file or group:artifact:version");
    }
    if (parts.group(3).endsWith("-SNAPSHOT")) {
      throw ElacsymException.invalid(
          text + " is a snapshot, expected a release; build it and install the file");
    }
    return new Coordinates(parts.group(1), parts.group(2), parts.group(3));
  }

  /** Where the packed plugin lies, from the root of a repository. */
  String path() {
    return group.replace('.', '/')
        + "/"
        + artifact
        + "/"
        + version
        + "/"
        + artifact
        + "-"
        + version
        + ENDING;
  }

  @Override
  public String toString() {
    return group + ":" + artifact + ":" + version;
  }
}

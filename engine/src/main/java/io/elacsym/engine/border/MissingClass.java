package io.elacsym.engine.border;

import java.nio.file.Path;

/** What to do when a class of a plugin cannot be loaded or linked. */
public final class MissingClass {
  private MissingClass() {}

  /**
   * One line that names the file and the cure.
   *
   * @param jar of the plugin
   */
  public static String message(Path jar, LinkageError error) {
    String reason = String.valueOf(error.getMessage()).lines().findFirst().orElse("");
    return switch (error) {
      case UnsupportedClassVersionError e ->
          jar
              + ": "
              + reason
              + "; build the plugin and take its libraries for Java "
              + Runtime.version().feature()
              + ", or run Elacsym with a newer one";
      case NoClassDefFoundError e ->
          jar
              + ": the class "
              + reason.replace('/', '.')
              + " is missing or did not start; put the library's jar into "
              + jar.getParent();
      case ExceptionInInitializerError e ->
          jar + ": a class did not start (" + root(e) + "); report it to its authors";
      default ->
          jar
              + ": its classes do not fit each other ("
              + error.getClass().getSimpleName()
              + ": "
              + reason
              + "); put the library versions that it was built with into "
              + jar.getParent();
    };
  }

  private static Throwable root(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}

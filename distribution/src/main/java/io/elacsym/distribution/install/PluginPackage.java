package io.elacsym.distribution.install;

import io.elacsym.api.ElacsymException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * What a plugin is handed around as: a zip that holds its directory ({@code flat/*.jar}), or its
 * jars without one; the directory itself; or its only jar.
 *
 * @param source a file or directory
 */
record PluginPackage(Path source) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final Pattern VERSION = Pattern.compile("-\\d.*$");
  private static final long MOST_BYTES = 2L << 30;

  /**
   * Puts its files into an empty directory.
   *
   * @return the name of the directory that it holds, if it holds one
   * @throws ElacsymException {@code INVALID_REQUEST} when it is no packed plugin
   */
  Optional<String> unpackInto(Path directory) throws IOException {
    if (Files.isDirectory(source)) {
      try (Stream<Path> files = Files.list(source)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Files.copy(file, directory.resolve(file.getFileName().toString()));
        }
      }
      return Optional.empty();
    }
    if (!Files.isRegularFile(source)) {
      throw ElacsymException.notFound(source + " is not there");
    }
    if (source.getFileName().toString().endsWith(".jar")) {
      Files.copy(source, directory.resolve(source.getFileName().toString()));
      return Optional.empty();
    }
    try (ZipFile zip = new ZipFile(source.toFile())) {
      return unzip(zip, directory);
    } catch (ZipException e) {
      throw ElacsymException.invalid(
          source
              + " is no zip, jar or directory of a plugin, or a damaged one ("
              + e.getMessage()
              + ")");
    }
  }

  private Optional<String> unzip(ZipFile zip, Path directory) throws IOException {
    List<? extends ZipEntry> files = zip.stream().filter(each -> !each.isDirectory()).toList();
    Optional<String> folder = folder(files);
    long bytes = 0;
    for (ZipEntry entry : files) {
      String name = entry.getName().substring(entry.getName().indexOf('/') + 1);
      try (InputStream in = zip.getInputStream(entry)) {
        bytes += Files.copy(new Bounded(in, MOST_BYTES - bytes), directory.resolve(name));
      } catch (FileAlreadyExistsException e) {
        throw ElacsymException.invalid(source + " has two entries '" + entry.getName() + "'");
      } catch (EOFException e) {
        throw ElacsymException.invalid(
            source + " is damaged: its entry '" + entry.getName() + "' is cut off");
      }
    }
    return folder;
  }

  /** The only folder of its files, if they are in one. */
  private Optional<String> folder(List<? extends ZipEntry> files) {
    Set<String> folders = new TreeSet<>();
    for (ZipEntry entry : files) {
      List<String> parts = List.of(entry.getName().split("/", -1));
      if (parts.size() > 2 || parts.stream().anyMatch(part -> !NAME.matcher(part).matches())) {
        throw ElacsymException.invalid(
            source
                + " has the entry '"
                + entry.getName()
                + "', expected the jars of one plugin, in one folder or in none");
      }
      folders.add(parts.size() == 2 ? parts.getFirst() : "");
    }
    if (folders.size() > 1) {
      throw ElacsymException.invalid(
          source + " has files in several folders " + folders + ", expected those of one plugin");
    }
    return folders.stream().findFirst().filter(name -> !name.isEmpty());
  }

  /** A name for the directory, from the file's without version and ending. */
  String nameOfFile() {
    String file =
        Optional.ofNullable(source.toAbsolutePath().normalize().getFileName())
            .map(Path::toString)
            .orElse("");
    if (Files.isDirectory(source)) {
      return file;
    }
    return VERSION
        .matcher(file.replaceFirst("(?i)(-plugin)?\\.(zip|jar)$", ""))
        .replaceFirst("")
        .toLowerCase(Locale.ROOT);
  }

  static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /** A zip of a few bytes may unpack to a whole disk. */
  private static final class Bounded extends InputStream {
    private final InputStream in;
    private long left;

    Bounded(InputStream in, long left) {
      this.in = in;
      this.left = left;
    }

    @Override
    public int read() throws IOException {
      take(1);
      return in.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = in.read(bytes, offset, length);
      take(Math.max(read, 0));
      return read;
    }

    private void take(long bytes) {
      left -= bytes;
      if (left < 0) {
        throw ElacsymException.invalid("the plugin unpacks to more than " + MOST_BYTES + " bytes");
      }
    }
  }
}

package io.elacsym.distribution.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A place for data that runs out of space. */
sealed interface SmallDisk extends AutoCloseable {
  /** Where to keep data. */
  Path folder();

  /** What to put before the command of the server that is to use it. */
  List<String> launcher(List<String> command);

  /** Ends the shortage for a running server. */
  void grow(long serverPid) throws IOException;

  @Override
  void close() throws IOException;

  /**
   * A file system of its own in memory. Only root can make one.
   *
   * @param folder where it is mounted
   */
  record MemoryFileSystem(Path folder) implements SmallDisk {
    static boolean possible(Path folder) throws IOException {
      if (!run("mount", "-t", "tmpfs", "-o", "size=1m", "elacsym-test", folder.toString())) {
        return false;
      }
      return run("umount", folder.toString());
    }

    static MemoryFileSystem mount(Path folder, String size) throws IOException {
      Files.createDirectories(folder);
      succeed("mount", "-t", "tmpfs", "-o", "size=" + size, "elacsym-test", folder.toString());
      return new MemoryFileSystem(folder);
    }

    @Override
    public List<String> launcher(List<String> command) {
      return command;
    }

    @Override
    public void grow(long serverPid) throws IOException {
      succeed("mount", "-o", "remount,size=64m", folder.toString());
    }

    @Override
    public void close() throws IOException {
      succeed("umount", "--lazy", folder.toString());
    }
  }

  /**
   * A limit of the size of each file a process may write: the system then refuses bytes in the
   * middle of a write, as it does on a full disk. Anyone can set one.
   */
  record FileSizeLimit(Path folder, int kilobytes) implements SmallDisk {
    static boolean possible() throws IOException {
      return run("bash", "-c", "ulimit -S -f 64") && run("prlimit", "--version");
    }

    @Override
    public List<String> launcher(List<String> command) {
      String limited = "ulimit -S -f " + kilobytes + " && exec \"$0\" \"$@\"";
      return java.util.stream.Stream.concat(
              java.util.stream.Stream.of("bash", "-c", limited), command.stream())
          .toList();
    }

    @Override
    public void grow(long serverPid) throws IOException {
      succeed("prlimit", "--pid", Long.toString(serverPid), "--fsize=unlimited");
    }

    @Override
    public void close() {}
  }

  private static boolean run(String... command) throws IOException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0;
    } catch (IOException e) {
      return false; // there is no such program here
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static void succeed(String... command) throws IOException {
    assertThat(run(command)).as(String.join(" ", command)).isTrue();
  }
}

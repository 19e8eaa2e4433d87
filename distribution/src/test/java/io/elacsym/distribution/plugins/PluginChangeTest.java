package io.elacsym.distribution.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that ends between any two steps of a change leaves the old plugin or the new one. */
class PluginChangeTest {
  private static final String NAME = "mine";

  /** More steps than any change has. */
  private static final int MANY = 10;

  @TempDir private Path temp;

  /** The process has ended. */
  private static final class Ended extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** Lets some renames happen, and then fails once. */
  private static final class Failing implements PluginChange.Move {
    private final Throwable failure;
    private int left;

    Failing(int left, Throwable failure) {
      this.left = left;
      this.failure = failure;
    }

    @Override
    public void move(Path from, Path to, CopyOption... options) throws IOException {
      if (left-- == 0) {
        switch (failure) {
          case Error e -> throw e;
          default -> throw new IOException(failure);
        }
      }
      Files.move(from, to, options);
    }

    boolean hasFailed() {
      return left < 0;
    }
  }

  private Path jar(String version) {
    return new PluginJars(temp.resolve("work"))
        .jar(
            temp.resolve("built-" + version),
            "one.jar",
            PluginJars.storage("test.one", "one"),
            "--module-version",
            version);
  }

  private static Path newPlugins(Path plugins) throws IOException {
    return Files.createDirectories(plugins);
  }

  private void copy(String version, Path directory) throws IOException {
    Files.createDirectories(directory);
    Files.copy(jar(version), directory.resolve("one-" + version + ".jar"));
  }

  private static Path workIn(Path plugins) throws IOException {
    return Files.createTempDirectory(plugins, ".work-");
  }

  private static List<String> versions(Path plugins) {
    InstalledPlugins loaded = InstalledPlugins.load(List.of(plugins));
    assertThat(loaded.problems()).isEmpty();
    return loaded.plugins().stream().map(InstalledPlugin::version).toList();
  }

  private static List<String> files(Path plugins) throws IOException {
    try (Stream<Path> all = Files.walk(plugins)) {
      return all.filter(Files::isRegularFile)
          .map(file -> plugins.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  /** Prepares the exchange of version 1 by version 2, or the first installation of version 2. */
  private Path prepared(Path plugins, boolean isThere) throws IOException {
    newPlugins(plugins);
    if (isThere) {
      copy("1", plugins.resolve(NAME));
      PluginLock.none(plugins).withAll().write();
    }
    Path work = workIn(plugins);
    copy("2", PluginChange.filesIn(work));
    PluginLock.of(plugins).with(NAME, PluginChange.filesIn(work)).writeInto(work);
    return work;
  }

  private static PluginChange install(Path plugins) throws IOException {
    // As the store finds one that is decided.
    Path decided = Files.createDirectory(plugins.resolve(".install-" + NAME));
    PluginChange change = PluginChange.pending(plugins).getFirst();
    Files.delete(decided);
    return change;
  }

  private static PluginChange removal(Path plugins) throws IOException {
    Path decided = Files.createDirectory(plugins.resolve(".remove-" + NAME));
    PluginChange change = PluginChange.pending(plugins).getFirst();
    Files.delete(decided);
    return change;
  }

  private int endedAtEachStep(boolean isThere) throws IOException {
    for (int step = 0; step < MANY; step++) {
      Path plugins = temp.resolve("install-" + isThere + step);
      Path work = prepared(plugins, isThere);
      Failing move = new Failing(step, new Ended());
      PluginChange change = install(plugins);
      if (!endsIn(() -> change.make(work, move))) {
        assertThat(move.hasFailed()).isFalse();
        assertThat(versions(plugins)).containsExactly("2");
        return step;
      }
      List<String> before = isThere ? List.of("1") : List.of();
      List<String> expected = step == 0 ? before : List.of("2");
      assertThat(versions(plugins)).as("ended at step %s", step).isEqualTo(expected);
      PluginChange.finishAll(plugins);
      assertThat(versions(plugins)).as("ended at step %s, finished", step).isEqualTo(expected);
      if (step > 0) {
        assertThat(plugins.resolve(NAME)).isDirectory();
        assertThat(files(plugins)).contains("mine/one-2.jar", "plugins.lock");
      }
    }
    throw new AssertionError("a change has more than " + MANY + " steps");
  }

  @FunctionalInterface
  private interface Work {
    void run() throws IOException;
  }

  private static boolean endsIn(Work work) throws IOException {
    try {
      work.run();
      return false;
    } catch (Ended e) {
      return true;
    }
  }

  @Test
  void anExchangeThatEndsHalfWayLeavesTheOldOneOrTheNewOne() throws IOException {
    assertThat(endedAtEachStep(true)).isEqualTo(5);
  }

  @Test
  void aFirstInstallationThatEndsHalfWayLeavesNothingOrAllOfIt() throws IOException {
    assertThat(endedAtEachStep(false)).isEqualTo(4);
  }

  @Test
  void anExchangeThatFailsHalfWayLeavesTheOldOneOrTheNewOneAndNothingBeside() throws IOException {
    for (int step = 0; step < 3; step++) {
      Path plugins = temp.resolve("failing-" + step);
      Path work = prepared(plugins, true);
      Failing move = new Failing(step, new IOException("no"));
      PluginChange change = install(plugins);
      assertThatThrownBy(() -> change.make(work, move)).isInstanceOf(IOException.class);
      assertThat(versions(plugins)).as("failed at step %s", step).containsExactly("1");
      assertThat(PluginChange.pending(plugins)).isEmpty();
      assertThat(files(plugins)).contains("mine/one-1.jar", "plugins.lock");
    }
    Path plugins = temp.resolve("failing-late");
    Path work = prepared(plugins, true);
    PluginChange change = install(plugins);
    assertThatThrownBy(() -> change.make(work, new Failing(3, new IOException("no"))))
        .isInstanceOf(IOException.class);
    assertThat(versions(plugins)).containsExactly("2");
  }

  @Test
  void aRemovalThatEndsHalfWayLeavesAllOfItOrNothing() throws IOException {
    for (boolean locked : List.of(true, false)) {
      int steps = locked ? 4 : 3;
      for (int step = 0; step < steps; step++) {
        Path plugins = newPlugins(temp.resolve("remove-" + locked + step));
        copy("1", plugins.resolve(NAME));
        Path work = workIn(plugins);
        if (locked) {
          PluginLock.none(plugins).withAll().write();
          PluginLock.of(plugins).without(NAME).writeInto(work);
        }
        PluginChange change = removal(plugins);
        int at = step;
        assertThat(endsIn(() -> change.make(work, new Failing(at, new Ended())))).isTrue();
        List<String> expected = step == 0 ? List.of("1") : List.of();
        assertThat(versions(plugins)).as("ended at step %s", step).isEqualTo(expected);
        PluginChange.finishAll(plugins);
        assertThat(versions(plugins)).as("ended at step %s, finished", step).isEqualTo(expected);
        assertThat(Files.exists(plugins.resolve(NAME))).isEqualTo(step == 0);
      }
    }
  }
}

package io.elacsym.storage.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.storage.Storage;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootLockTest {
  @TempDir Path root;

  @Test
  void aRootServedByAnotherProcessIsRefusedNamingThatProcessUntilItEnds() throws Exception {
    Process holder = ChildJvm.start(Opener.class, root);
    try (BufferedReader output = holder.inputReader()) {
      assertThat(output.readLine()).isEqualTo("open");
      assertThatThrownBy(this::open)
          .isInstanceOfSatisfying(
              ElacsymException.class,
              e -> {
                assertThat(e.kind()).isEqualTo(ErrorKind.CONFLICT);
                assertThat(e).hasMessageContaining(root.getFileName().toString());
                assertThat(e).hasMessageContaining("pid " + holder.pid() + " on host ");
              });
      holder.destroyForcibly().onExit().join();
      open().close();
    } finally {
      holder.destroyForcibly();
    }
  }

  @Test
  void aSecondOpenInOneProcessIsRefusedAndDoesNotLoosenTheLock() throws Exception {
    Storage first = open();
    Path sameRoot = root.resolve("..").resolve(root.getFileName());
    assertThatThrownBy(() -> LocalStorage.open(sameRoot, Clock.systemUTC()))
        .isInstanceOfSatisfying(
            ElacsymException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.CONFLICT);
              assertThat(e).hasMessageContaining("already open in this process");
            });
    assertThat(openElsewhere()).startsWith("CONFLICT");
    first.close();
    assertThat(openElsewhere()).isEqualTo("open");
  }

  @Test
  void closingTwiceDoesNotCloseWhatWasOpenedAfterTheFirst() throws Exception {
    Storage first = open();
    first.close();
    try (Storage second = open()) {
      first.close();
      assertThat(second.head("absent")).isEmpty();
      assertThatThrownBy(this::open).isInstanceOf(ElacsymException.class);
      assertThat(openElsewhere()).startsWith("CONFLICT");
    }
  }

  @Test
  void theLockFileSaysWhoHoldsTheRoot() throws Exception {
    open().close();
    assertThat(Files.readString(root.resolve(".elacsym.lock")))
        .startsWith("pid " + ProcessHandle.current().pid() + " on host ");
  }

  private Storage open() {
    return LocalStorage.open(root, Clock.systemUTC());
  }

  private String openElsewhere() throws IOException {
    Process other = ChildJvm.start(Opener.class, root);
    try (BufferedReader output = other.inputReader()) {
      return output.readLine();
    } finally {
      other.destroyForcibly().onExit().join();
    }
  }
}

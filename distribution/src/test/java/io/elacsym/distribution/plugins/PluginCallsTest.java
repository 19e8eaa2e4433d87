package io.elacsym.distribution.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.segment.VectorPlaces;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.Storage;
import io.elacsym.engine.border.Border;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginCallsTest {
  @TempDir Path temp;

  private Path jar;
  private InstalledPlugins installed;

  /** A storage whose every failure tells in which class loader's context it happened. */
  @BeforeEach
  void install() {
    Map<String, String> sources = new HashMap<>(PluginJars.storage("test.one", "one"));
    sources.replaceAll((file, text) ->
        text.replace(
                "public TestStorage() {",
                "private final boolean own = Opened.own(); public TestStorage() {")
            .replace("\"A storage of the test\"", "\"made in its context: \" + own")
            .replaceFirst("throw ElacsymException.invalid\\((?s:.*?)\\);", "return new Opened();"));
    sources.put(
        "test/one/Opened.java",
        """
        package test.one;
        import io.elacsym.api.blob.*;
        import io.elacsym.api.storage.*;
        import java.time.Instant;
        import java.util.*;
        final class Opened implements Storage {
          static boolean own() {
            return Thread.currentThread().getContextClassLoader() == Opened.class.getClassLoader();
          }
          @Override public Optional<StoredObject> get(String name, ByteRange range) {
            throw new NoClassDefFoundError("library/Client");
          }
          @Override public Optional<ObjectInfo> head(String name) {
            throw new IllegalStateException("own context: " + own());
          }
          @Override public PutResult put(String name, Payload payload, PutMode mode) {
            throw sneaky(new java.io.IOException("/secret/path"));
          }
          @SuppressWarnings("unchecked")
          private static <X extends Throwable> RuntimeException sneaky(Throwable t) throws X {
            throw (X) t;
          }
          @Override public List<ObjectInfo> list(String prefix, String after, int limit) {
            return List.of();
          }
          @Override public List<String> listFolders(String prefix, String after, int limit) {
            return List.of();
          }
          @Override public void delete(List<String> names) {
            throw new StackOverflowError();
          }
          @Override public void deleteBefore(String name, Instant deadline) {}
          @Override public void close() {}
        }
        """);
    jar = new PluginJars(temp.resolve("work")).jar(temp.resolve("plugins/one"), "one.jar", sources);
    installed = InstalledPlugins.load(List.of(temp.resolve("plugins")));
    assertThat(installed.problems()).isEmpty();
  }

  private Storage open() {
    return installed.providers().storage("one").open(new NoContext());
  }

  @Test
  void aProviderIsMadeInTheContextOfItsOwnLoader() {
    assertThat(installed.plugins().getFirst().description()).isEqualTo("made in its context: true");
  }

  @Test
  void whatAProviderOpenedRunsInTheContextOfItsOwnLoader() {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    Storage storage = open();
    assertThatThrownBy(() -> storage.head("x"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("own context: true");
    assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
  }

  @Test
  void aMissingClassNamesTheJarAndTheCureForOperatorsOnly() {
    Storage storage = open();
    assertThatThrownBy(() -> storage.head("x")).isNotInstanceOf(ElacsymException.class);
    assertThatThrownBy(() -> storage.get("x", ByteRange.ALL))
        .isInstanceOfSatisfying(
            ElacsymException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.INTERNAL);
              assertThat(e.getMessage()).contains("Storage.get").doesNotContain(jar.toString());
              assertThat(e.forOperators())
                  .contains(jar + ": the class library.Client is missing")
                  .contains("put the library's jar into " + jar.getParent());
            });
  }

  @Test
  void aCheckedExceptionThatNoMethodDeclaresIsAFailureOfThePlugin() {
    Storage storage = open();
    assertThatThrownBy(() -> storage.put("x", Payload.of(new byte[0]), PutMode.IF_ABSENT))
        .isInstanceOfSatisfying(
            ElacsymException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.INTERNAL);
              assertThat(e.getMessage()).doesNotContain("/secret/path");
              assertThat(e.forOperators()).contains(jar.toString(), "/secret/path");
              assertThat(e).hasCauseInstanceOf(IOException.class);
            });
  }

  @Test
  void otherErrorsPassAsTheyAre() {
    Storage storage = open();
    assertThatThrownBy(() -> storage.delete(List.of())).isInstanceOf(StackOverflowError.class);
  }

  @Test
  void whatWasOpenedIsItselfAndNothingElse() {
    Storage storage = open();
    assertThat(new HashSet<>(List.of(storage))).contains(storage).doesNotContain(open());
  }

  /** Of all that methods of the SPI return, only values are handed through as they are. */
  @Test
  void everyInterfaceThatPluginsImplementIsCalledInTheirContext() {
    Deque<Class<?>> open = new ArrayDeque<>();
    Arrays.stream(PluginKind.values()).map(PluginKind::spi).forEach(open::add);
    Set<Class<?>> seen = new HashSet<>(open);
    Set<Class<?>> inside = new HashSet<>();
    while (!open.isEmpty()) {
      for (Method method : open.remove().getMethods()) {
        Class<?> type = method.getReturnType();
        if (Border.isPart(type) && seen.add(type)) {
          open.add(type);
        }
        if (method.getGenericReturnType() instanceof ParameterizedType generic) {
          Arrays.stream(generic.getActualTypeArguments())
              .filter(argument -> argument instanceof Class<?> c && Border.isPart(c))
              .forEach(argument -> inside.add((Class<?>) argument));
        }
      }
    }
    assertThat(seen)
        .extracting(Class::getSimpleName)
        .containsExactlyInAnyOrder(
            "StorageProvider",
            "SegmentFormatProvider",
            "VectorIndexProvider",
            "TextIndexProvider",
            "Storage",
            "SegmentWriter",
            "SegmentReader",
            "BatchCursor",
            "VectorIndexBuild",
            "VectorIndexReader",
            "TextIndexWriter",
            "TextIndexReader",
            "LiveTextIndex",
            "TextAnalyzer");
    assertThat(inside).containsExactly(VectorPlaces.class);
  }
}

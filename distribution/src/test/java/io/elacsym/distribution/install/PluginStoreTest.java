package io.elacsym.distribution.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.distribution.plugins.InstalledPlugin;
import io.elacsym.distribution.plugins.InstalledPlugins;
import io.elacsym.distribution.plugins.PluginJars;
import io.elacsym.distribution.plugins.PluginLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginStoreTest {
  @TempDir Path temp;

  private PluginJars jars;
  private PluginStore store;

  @BeforeEach
  void makeStore() {
    jars = new PluginJars(temp.resolve("work"));
    store = new PluginStore(temp.resolve("plugins"));
  }

  private Path jar(String name, String version) {
    return jars.jar(
        temp.resolve("built-" + version),
        name + ".jar",
        PluginJars.storage("test." + name, name),
        "--module-version",
        version);
  }

  private PluginStore.Added add(Path source) {
    return store.add(source, Optional.empty(), plugin -> {});
  }

  private InstalledPlugins load() {
    return InstalledPlugins.load(List.of(store.plugins()));
  }

  private List<String> filesOfTheStore() throws IOException {
    try (Stream<Path> files = Files.walk(store.plugins())) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> store.plugins().relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  /** Also what is hidden. */
  private List<String> below() throws IOException {
    try (Stream<Path> files = Files.list(store.plugins())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aPackedPluginIsUnpackedUnderTheNameItHasInside() throws IOException {
    Path zip = Packed.zip(temp.resolve("x-plugin.zip"), "mine/one.jar", jar("one", "1"));
    PluginStore.Added added = add(zip);
    assertThat(added.directory()).isEqualTo(store.plugins().resolve("mine"));
    assertThat(added.replaced()).isFalse();
    assertThat(added.provides()).extracting(InstalledPlugin::name).containsExactly("one");
    assertThat(filesOfTheStore()).containsExactly("mine/one.jar", "plugins.lock");
    assertThat(load().problems()).isEmpty();
  }

  @Test
  void aJarAndADirectoryAreInstalledUnderTheirOwnNames() throws IOException {
    Path one = Files.copy(jar("one", "1"), temp.resolve("elacsym-one-1.2.3.jar"));
    assertThat(add(one).directory()).isEqualTo(store.plugins().resolve("elacsym-one"));
    jar("two", "2");
    assertThat(add(temp.resolve("built-2")).directory())
        .isEqualTo(store.plugins().resolve("built-2"));
    assertThat(store.names()).containsExactly("built-2", "elacsym-one");
  }

  @Test
  void anotherVersionTakesThePlaceOfTheOneBefore() throws IOException {
    add(Packed.zip(temp.resolve("1.zip"), "mine/one-1.jar", jar("one", "1")));
    PluginStore.Added added =
        add(Packed.zip(temp.resolve("2.zip"), "mine/one-2.jar", jar("one", "2")));
    assertThat(added.replaced()).isTrue();
    assertThat(filesOfTheStore()).containsExactly("mine/one-2.jar", "plugins.lock");
    assertThat(load().plugins()).extracting(InstalledPlugin::version).containsExactly("2");
  }

  @Test
  void whatCannotBeLoadedOrFailsItsTrialChangesNothing() throws IOException {
    add(Packed.zip(temp.resolve("1.zip"), "mine/one.jar", jar("one", "1")));
    List<String> before = filesOfTheStore();
    Map<String, String> bad = new HashMap<>(PluginJars.storage("test.one", "Bad_Name"));
    Path broken = jars.jar(temp.resolve("broken"), "one.jar", bad);
    assertThatThrownBy(() -> add(Packed.zip(temp.resolve("2.zip"), "mine/one.jar", broken)))
        .hasMessageContaining(store.plugins().resolve("mine") + "/one.jar")
        .hasMessageContaining("'Bad_Name'")
        .hasMessageNotContaining(".install-");
    Path fresh = Packed.zip(temp.resolve("3.zip"), "mine/one.jar", jar("one", "3"));
    assertThatThrownBy(() ->
            store.add(
                fresh,
                Optional.empty(),
                plugin -> {
                  throw ElacsymException.invalid("not good enough");
                }))
        .hasMessage("not good enough");
    assertThat(filesOfTheStore()).isEqualTo(before);
    assertThat(load().plugins()).extracting(InstalledPlugin::version).containsExactly("1");
  }

  @Test
  void aPluginThatIsThereUnderAnotherNameIsAConflictWithTheCure() {
    add(Packed.zip(temp.resolve("1.zip"), "mine/one.jar", jar("one", "1")));
    Path zip = Packed.zip(temp.resolve("2.zip"), "yours/one.jar", jar("one", "2"));
    assertThatThrownBy(() -> add(zip))
        .hasMessageContaining("two storage plugins are called 'one'")
        .hasMessageContaining("the other is in " + store.plugins().resolve("mine"))
        .hasMessageContaining("--name mine");
    store.add(zip, Optional.of("mine"), plugin -> {});
    assertThat(load().plugins()).extracting(InstalledPlugin::version).containsExactly("2");
  }

  @Test
  void aZipThatWouldWriteElsewhereIsRefused() throws IOException {
    Path jar = jar("one", "1");
    for (String name : List.of("../one.jar", "/one.jar", "a/b/one.jar", "a\\..\\one.jar", "..")) {
      Path zip = Packed.zip(temp.resolve("evil.zip"), name, jar);
      assertThatThrownBy(() -> add(zip)).hasMessageContaining("has the entry '" + name + "'");
    }
    Path two = Packed.zip(temp.resolve("two.zip"), "a/one.jar", jar, "b/two.jar", jar);
    assertThatThrownBy(() -> add(two)).hasMessageContaining("several folders [a, b]");
    assertThatThrownBy(() -> add(Files.writeString(temp.resolve("no.zip"), "no zip")))
        .hasMessageContaining("is no zip, jar or directory");
    assertThatThrownBy(() -> add(temp.resolve("nowhere.zip"))).hasMessageContaining("is not there");
    assertThat(filesOfTheStore()).isEmpty();
  }

  @Test
  void aRemovedPluginIsGoneFromTheLockToo() throws IOException {
    add(Packed.zip(temp.resolve("1.zip"), "mine/one.jar", jar("one", "1")));
    add(Packed.zip(temp.resolve("2.zip"), "yours/two.jar", jar("two", "1")));
    store.remove("mine");
    assertThat(filesOfTheStore()).containsExactly("plugins.lock", "yours/two.jar");
    assertThat(load().problems()).isEmpty();
    assertThatThrownBy(() -> store.remove("mine"))
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.NOT_FOUND))
        .hasMessageContaining("there are [yours]");
    assertThatThrownBy(() -> store.remove("../work")).hasMessageContaining("'../work'");
  }

  @Test
  void noCodeIsRunOfAJarThatIsNotAsItWasTakenDown() throws IOException {
    Path marker = temp.resolve("was-here");
    add(Packed.zip(temp.resolve("1.zip"), "mine/one.jar", jar("one", "1")));
    Path jar = store.plugins().resolve("mine/one.jar");
    Path evil =
        jars.jar(
            temp.resolve("evil"),
            "one.jar",
            PluginJars.storage(
                "test.one",
                "one",
                "return SpiLevel.CURRENT;",
                "return List.of();",
                "try { java.nio.file.Files.createFile(java.nio.file.Path.of(\""
                    + marker
                    + "\")); } catch (java.io.IOException e) { throw new IllegalStateException(e); }"));
    Files.delete(jar);
    Files.copy(evil, jar);
    InstalledPlugins loaded = load();
    assertThat(loaded.plugins()).isEmpty();
    assertThat(loaded.problems())
        .singleElement()
        .asString()
        .startsWith(jar + " is not what was installed")
        .contains(store.plugins().resolve("plugins.lock").toString(), "elacsym plugins lock");
    assertThat(marker).doesNotExist();
  }

  @Test
  void whatWasAddedOrTakenAwayBesidesTheLockIsNamed() throws IOException {
    add(Packed.zip(temp.resolve("1.zip"), "mine/one.jar", jar("one", "1")));
    Path more = Files.copy(jar("two", "2"), store.plugins().resolve("mine/more.jar"));
    assertThat(load().problems()).singleElement().asString().startsWith(more + " is not in ");
    Files.delete(more);
    Files.delete(store.plugins().resolve("mine/one.jar"));
    assertThat(load().problems()).anyMatch(line -> line.contains("one.jar is missing"));
    Files.delete(store.plugins().resolve("mine"));
    assertThat(load().problems())
        .containsExactly(
            store.plugins().resolve("mine")
                + " is missing and stands in "
                + store.plugins().resolve("plugins.lock")
                + "; install the plugin again, or if you have removed it, `elacsym plugins lock`");
  }

  @Test
  void aCutOffZipIsNamedAndNothingIsLeft() throws IOException {
    Path whole = Packed.zip(temp.resolve("1.zip"), "mine/one.jar", jar("one", "1"));
    byte[] bytes = Files.readAllBytes(whole);
    Path cut = Files.write(temp.resolve("cut.zip"), Arrays.copyOf(bytes, bytes.length / 2));
    assertThatThrownBy(() -> add(cut)).hasMessageContaining(cut + " is no zip");
    // Its directory is whole, and what it names is not.
    byte[] torn = bytes.clone();
    Arrays.fill(torn, 60, 400, (byte) 0xff);
    Path damaged = Files.write(temp.resolve("torn.zip"), torn);
    assertThatThrownBy(() -> add(damaged))
        .isInstanceOf(ElacsymException.class)
        .hasMessageContaining(damaged.toString());
    assertThat(below()).isEmpty();
  }

  @Test
  void aPluginsLockThatCannotBeReadKeepsTheOldPlugin() throws IOException {
    add(Packed.zip(temp.resolve("1.zip"), "mine/one-1.jar", jar("one", "1")));
    Files.writeString(store.plugins().resolve("plugins.lock"), "nonsense\n");
    Path fresh = Packed.zip(temp.resolve("2.zip"), "mine/one-2.jar", jar("one", "2"));
    assertThatThrownBy(() -> add(fresh)).hasMessageContaining("plugins.lock:1: no line");
    assertThat(filesOfTheStore()).containsExactly("mine/one-1.jar", "plugins.lock");
    assertThat(below()).containsExactly("mine", "plugins.lock");
  }

  @Test
  void whatAnEarlierCommandHasBegunTheNextOneFinishes() throws IOException {
    add(Packed.zip(temp.resolve("1.zip"), "mine/one-1.jar", jar("one", "1")));
    PluginStore other = new PluginStore(temp.resolve("other"));
    other.add(
        Packed.zip(temp.resolve("2.zip"), "mine/one-2.jar", jar("one", "2")),
        Optional.empty(),
        plugin -> {});
    Path decided = Files.createDirectory(store.plugins().resolve(".install-mine"));
    Files.move(other.plugins().resolve("mine"), decided.resolve("new"));
    Files.move(other.plugins().resolve("plugins.lock"), decided.resolve("plugins.lock"));
    assertThat(load().problems()).isEmpty();
    assertThat(load().plugins()).extracting(InstalledPlugin::version).containsExactly("2");
    assertThat(store.lock()).isEqualTo(1);
    assertThat(filesOfTheStore()).containsExactly("mine/one-2.jar", "plugins.lock");
    assertThat(below()).containsExactly("mine", "plugins.lock");
  }

  @Test
  void removingMakesNoLockWhereThereIsNone() throws IOException {
    Files.createDirectories(store.plugins().resolve("before"));
    Files.copy(jar("two", "1"), store.plugins().resolve("before/two.jar"));
    store.remove("before");
    assertThat(below()).isEmpty();
    assertThatThrownBy(() -> store.remove("before")).hasMessageContaining("there are []");
    assertThat(below()).isEmpty();
  }

  @Test
  void ofALinkedDirectoryTheLinkIsReplacedOrRemovedAndNeverWhatItNames() throws IOException {
    Path mine = jar("one", "1");
    Files.createDirectories(store.plugins());
    Path link = Files.createSymbolicLink(store.plugins().resolve("mine"), mine.getParent());
    assertThat(load().plugins()).extracting(InstalledPlugin::version).containsExactly("1");
    store.remove("mine");
    assertThat(Files.isSymbolicLink(link)).isFalse();
    assertThat(mine).exists();

    Files.createSymbolicLink(link, mine.getParent());
    PluginStore.Added added =
        add(Packed.zip(temp.resolve("2.zip"), "mine/one-2.jar", jar("one", "2")));
    assertThat(added.replaced()).isTrue();
    assertThat(Files.isSymbolicLink(link)).isFalse();
    assertThat(mine).exists();
    assertThat(load().plugins()).extracting(InstalledPlugin::version).containsExactly("2");
  }

  @Test
  void aLinkThatLeadsNowhereCanBeReplacedAndRemoved() throws IOException {
    Files.createDirectories(store.plugins());
    Path link = store.plugins().resolve("mine");
    Files.createSymbolicLink(link, temp.resolve("gone"));
    assertThat(store.has("mine")).isTrue();
    store.remove("mine");
    assertThat(below()).isEmpty();
    Files.createSymbolicLink(link, temp.resolve("gone"));
    add(Packed.zip(temp.resolve("1.zip"), "mine/one.jar", jar("one", "1")));
    assertThat(filesOfTheStore()).containsExactly("mine/one.jar", "plugins.lock");
  }

  @Test
  void aFileInThePlaceOfAPluginStays() throws IOException {
    Files.createDirectories(store.plugins());
    Path file = Files.writeString(store.plugins().resolve("mine"), "precious");
    Path zip = Packed.zip(temp.resolve("1.zip"), "mine/one.jar", jar("one", "1"));
    assertThatThrownBy(() -> add(zip)).hasMessageContaining(file + " is a file");
    assertThat(file).hasContent("precious");
  }

  @Test
  void aJarThatCannotBeReadIsALineThatNamesIt() throws IOException {
    add(Packed.zip(temp.resolve("1.zip"), "mine/one.jar", jar("one", "1")));
    Path directory = Files.createDirectory(store.plugins().resolve("mine/more.jar"));
    assertThat(load().problems())
        .singleElement()
        .asString()
        .startsWith(directory + ": no readable jar");
    assertThatThrownBy(store::lock).hasMessageStartingWith(directory + ": no readable jar");
    Files.delete(directory);
    Path jar = store.plugins().resolve("mine/one.jar");
    byte[] bytes = Files.readAllBytes(jar);
    Files.write(jar, Arrays.copyOf(bytes, bytes.length / 2));
    store.lock();
    assertThat(load().problems()).singleElement().asString().startsWith(jar + ": no readable jar");
  }

  @Test
  void oneThatIsNamedByItselfIsHeldToTheLockAroundIt() throws IOException {
    add(Packed.zip(temp.resolve("1.zip"), "mine/one.jar", jar("one", "1")));
    Path mine = store.plugins().resolve("mine");
    assertThat(InstalledPlugins.load(List.of(mine)).problems()).isEmpty();
    Path more = Files.copy(jar("two", "2"), mine.resolve("more.jar"));
    assertThat(InstalledPlugins.load(List.of(mine)).problems())
        .singleElement()
        .asString()
        .startsWith(more + " is not in ");
  }

  @Test
  void theFirstInstallationTakesDownWhatWasCopiedBefore() throws IOException {
    Files.createDirectories(store.plugins().resolve("before"));
    Files.copy(jar("two", "1"), store.plugins().resolve("before/two.jar"));
    add(Packed.zip(temp.resolve("1.zip"), "mine/one.jar", jar("one", "1")));
    assertThat(load().problems()).isEmpty();
    assertThat(PluginLock.of(store.plugins()).size()).isEqualTo(2);
    Files.writeString(store.plugins().resolve("plugins.lock"), "nonsense\n");
    assertThat(load().problems()).singleElement().asString().contains("plugins.lock:1: no line");
  }
}

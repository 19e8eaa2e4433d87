package io.elacsym.storage.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.PutResult;
import io.elacsym.api.storage.Storage;
import io.elacsym.tck.TestContext;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStorageTest {
  private static final Clock STOPPED =
      Clock.fixed(Instant.parse("2030-01-01T00:00:00Z"), ZoneOffset.UTC);

  @TempDir Path root;

  @Test
  void anObjectIsTheFileOfItsNameSoThatAnyToolCanBackItUp() throws Exception {
    try (Storage storage = open()) {
      put(storage, "products/manifest.json", "{}");
      put(storage, "products/segments/1.parquet", "PAR1");
    }
    assertThat(root.resolve("products/manifest.json")).hasContent("{}");
    assertThat(root.resolve("products/segments/1.parquet")).hasContent("PAR1");
  }

  @Test
  void aMissingRootIsCreatedFromTheOption() {
    Path deep = root.resolve("var/lib/elacsym");
    LocalStorageProvider provider = new LocalStorageProvider();
    try (Storage storage =
        provider.open(TestContext.of(provider, Map.of("root_path", deep.toString())))) {
      put(storage, "o", "x");
      assertThat(storage.capabilities().shared()).isFalse();
    }
    assertThat(deep.resolve("o")).hasContent("x");
  }

  @Test
  void aRootThatIsNoFolderIsRefusedNamingPathAndUser() throws Exception {
    Path file = Files.createFile(root.resolve("file"));
    assertThatThrownBy(() -> LocalStorage.open(file, Clock.systemUTC()))
        .isInstanceOfSatisfying(
            ElacsymException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
              assertThat(e).hasMessageContaining(file.toString());
              assertThat(e).hasMessageContaining(System.getProperty("user.name"));
            });
  }

  @Test
  void ourOwnFilesAreNoObjects() {
    try (Storage storage = open()) {
      for (String name : List.of(".tmp", ".tmp/x", ".elacsym.lock", ".elacsym.lock/x")) {
        assertThatThrownBy(() -> put(storage, name, "x"))
            .isInstanceOfSatisfying(
                ElacsymException.class,
                e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_REQUEST));
      }
      put(storage, "a/.tmp", "x");
      assertThat(names(storage, "", "")).containsExactly("a/.tmp");
      assertThat(names(storage, ".tmp/", "")).isEmpty();
    }
  }

  @Test
  void aPrefixCannotLeaveTheRoot() throws Exception {
    Path inner = Files.createDirectory(root.resolve("inner"));
    Files.writeString(root.resolve("secret"), "x");
    try (Storage storage = LocalStorage.open(inner, Clock.systemUTC())) {
      assertThat(storage.list("../", "", 10)).isEmpty();
      assertThat(storage.list("/", "", 10)).isEmpty();
      assertThat(storage.list("..", "", 10)).isEmpty();
    }
  }

  @Test
  void filesThatCannotBeObjectsAreNotListed() throws Exception {
    try (Storage storage = open()) {
      put(storage, "a/o", "x");
      Files.createDirectory(root.resolve("lost+found"));
      Files.writeString(root.resolve("a/note to self.txt"), "x");
      Files.writeString(root.resolve("a/#backup#"), "x");
      assertThat(names(storage, "", "")).containsExactly("a/o");
    }
  }

  @Test
  void leftoversOfACrashedProcessAreRemovedAtOpen() throws Exception {
    Path temporary = Files.createDirectories(root.resolve(".tmp"));
    Files.writeString(temporary.resolve("half"), "written");
    try (Storage storage = open()) {
      assertThat(storage.list("", "", 10)).isEmpty();
      assertThat(temporary).isEmptyDirectory();
    }
  }

  @Test
  void whereALinkLeadsNothingIsDeleted() throws Exception {
    Path other = Files.createDirectory(root.resolve("other"));
    Files.writeString(other.resolve("photo"), "x");
    Path data = Files.createDirectory(root.resolve("data"));
    Path link = Files.createSymbolicLink(data.resolve(".tmp"), other);
    assertThatThrownBy(() -> LocalStorage.open(data, Clock.systemUTC()))
        .hasMessageContaining("'.tmp' in it is a link");
    Files.delete(link);
    Files.createDirectory(data.resolve(".tmp"));
    Files.createSymbolicLink(data.resolve(".tmp/link"), other);
    LocalStorage.open(data, Clock.systemUTC()).close();
    Files.delete(data.resolve(".elacsym.lock"));
    Files.createSymbolicLink(data.resolve(".elacsym.lock"), other.resolve("photo"));
    assertThatThrownBy(() -> LocalStorage.open(data, Clock.systemUTC()))
        .hasMessageContaining("its lock file cannot be written");
    assertThat(other.resolve("photo")).hasContent("x");
  }

  @Test
  void whatIsStoredIsForItsOwnerOnly() throws Exception {
    Path data = root.resolve("data");
    try (Storage storage = LocalStorage.open(data, Clock.systemUTC())) {
      put(storage, "ns/wal/1", "x");
      put(storage, "o", "x");
    }
    for (String folder : List.of("", "ns", "ns/wal", ".tmp")) {
      assertThat(permissions(data.resolve(folder))).as(folder).isEqualTo("rwx------");
    }
    for (String file : List.of("ns/wal/1", "o", ".elacsym.lock")) {
      assertThat(permissions(data.resolve(file))).as(file).isEqualTo("rw-------");
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void aFolderThatDisappearsIsMissedByEveryCallUntilItComesBack() throws Exception {
    Path data = root.resolve("data");
    Path away = root.resolve("away");
    try (Storage storage = LocalStorage.open(data, Clock.systemUTC())) {
      put(storage, "ns/a", "x");
      Files.move(data, away);
      expectMissed(storage);
      Files.createDirectory(data); // what an unmounted volume leaves behind
      expectMissed(storage);
      Files.createDirectory(data.resolve(".tmp"));
      Files.createFile(data.resolve(".elacsym.lock"));
      expectMissed(storage);
      assertThat(names(data)).containsExactlyInAnyOrder(".tmp", ".elacsym.lock");
      Files.delete(data.resolve(".tmp"));
      Files.delete(data.resolve(".elacsym.lock"));
      Files.delete(data);
      Files.move(away, data);
      assertThat(content(storage, "ns/a")).isEqualTo("x");
      put(storage, "ns/b", "y");
    }
  }

  @Test
  void aLostLockFileIsMissedBecauseAnotherProcessCouldOpenTheFolder() throws Exception {
    try (Storage storage = open()) {
      put(storage, "ns/a", "x");
      Files.delete(root.resolve(".elacsym.lock"));
      expectUnavailable(() -> put(storage, "ns/b", "x"));
    }
  }

  private static void expectMissed(Storage storage) {
    PutMode ifMatches = PutMode.ifMatches("x");
    for (PutMode mode : List.of(PutMode.OVERWRITE, PutMode.IF_ABSENT, ifMatches)) {
      expectUnavailable(() -> storage.put("ns/b", payload("x"), mode));
    }
    expectUnavailable(() -> put(storage, "new/b", "x"));
    expectUnavailable(() -> storage.get("ns/a", ByteRange.ALL));
    expectUnavailable(() -> storage.head("ns/a"));
    expectUnavailable(() -> storage.list("", "", 10));
    expectUnavailable(() -> storage.listFolders("", "", 10));
    expectUnavailable(() -> storage.delete(List.of("ns/a")));
    expectUnavailable(storage::temporaryFolder);
  }

  @Test
  void theFolderOfTemporaryFilesIsMadeAnewForWhoAsksForIt() throws Exception {
    try (Storage storage = open()) {
      Path folder = storage.temporaryFolder().orElseThrow();
      Files.delete(folder);
      assertThat(storage.temporaryFolder()).hasValue(folder);
      assertThat(folder).isEmptyDirectory();
      assertThat(permissions(folder)).isEqualTo("rwx------");
    }
  }

  private static void expectUnavailable(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ElacsymException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
              assertThat(e.getMessage()).doesNotContain("/data", ".lock"); // clients read it
              assertThat(e.forOperators()).contains(".elacsym.lock");
            });
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void foldersGoWithTheirLastObjectAndTheRootStays() {
    try (Storage storage = open()) {
      put(storage, "ns/wal/1", "x");
      put(storage, "ns/wal/2", "x");
      storage.delete(List.of("ns/wal/1"));
      assertThat(root.resolve("ns/wal")).isDirectory();
      storage.delete(List.of("ns/wal/2"));
      assertThat(root.resolve("ns")).doesNotExist();
      put(storage, "ns/wal/3", "x");
      assertThat(names(storage, "", "")).containsExactly("ns/wal/3");
    }
  }

  @Test
  void anObjectAndObjectsBelowItLiveSideBySideWhateverTheOrderOfPutsAndDeletes() {
    try (Storage storage = open()) {
      put(storage, "a", "1");
      put(storage, "a/b", "2");
      put(storage, "a/b/c", "3");
      storage.delete(List.of("a"));
      put(storage, "a/d", "4");
      assertThat(names(storage, "", "")).containsExactly("a/b", "a/b/c", "a/d");
      put(storage, "a", "5");
      storage.delete(List.of("a/b", "a/d"));
      assertThat(names(storage, "", "")).containsExactly("a", "a/b/c");
      assertThat(names(storage, "a/b/", "")).containsExactly("a/b/c");
      storage.delete(List.of("a/b/c"));
      put(storage, "a/b", "6");
      assertThat(content(storage, "a")).isEqualTo("5");
      assertThat(content(storage, "a/b")).isEqualTo("6");
      storage.delete(List.of("a", "a/b"));
      assertThat(names(storage, "", "")).isEmpty();
    }
    assertThat(root.toFile().list()).containsExactlyInAnyOrder(".tmp", ".elacsym.lock");
  }

  @Test
  void namesWithPartsTooLongForAFileNameWithItsMarksAreListedInOrder() {
    String part = "z".repeat(200);
    List<String> names =
        List.of(
            part, part + "-", part + "-/x", part + "." + "z".repeat(54), part + "/x", part + "0");
    try (Storage storage = open()) {
      names.reversed().forEach(name -> put(storage, name, name));
      assertThat(names(storage, "", "")).isEqualTo(names);
      assertThat(names(storage, part + "-", "")).isEqualTo(names.subList(1, 3));
      assertThat(names(storage, "", names.get(2))).isEqualTo(names.subList(3, 6));
      names.forEach(name -> assertThat(content(storage, name)).isEqualTo(name));
    }
  }

  @Test
  void versionsDifferEvenIfTheClockStandsStillOrTheObjectWasDeletedBetween() {
    Set<String> tags = new HashSet<>();
    try (Storage storage = LocalStorage.open(root, STOPPED)) {
      for (int i = 0; i < 20; i++) {
        assertThat(tags.add(put(storage, "o", "same size"))).isTrue();
        storage.delete(List.of("o"));
        assertThat(tags.add(put(storage, "o", "same size"))).isTrue();
      }
    }
  }

  @Test
  void versionsDifferEvenIfTheClockWasSetBackBetweenTwoProcesses() {
    Clock later = Clock.fixed(STOPPED.instant().plusSeconds(3600), ZoneOffset.UTC);
    String first;
    try (Storage storage = LocalStorage.open(root, later)) {
      first = put(storage, "o", "1");
    }
    try (Storage storage = LocalStorage.open(root, STOPPED)) {
      assertThat(storage.head("o").orElseThrow().tag()).isEqualTo(first);
      String second = put(storage, "o", "2");
      assertThat(second).isNotEqualTo(first);
      assertThat(storage.head("o").orElseThrow().lastModified()).isAfter(later.instant());
      put(storage, "other", "x");
      assertThat(storage.head("other").orElseThrow().lastModified())
          .isBefore(later.instant()); // one date in the future does not spread
    }
  }

  @Test
  void aRestoredBackupIsAnotherVersion() throws Exception {
    try (Storage storage = open()) {
      put(storage, "manifest.json", "old");
      Path backup = root.resolveSibling(root.getFileName() + "-backup");
      Files.copy(root.resolve("manifest.json"), backup);
      String current = put(storage, "manifest.json", "new");
      Files.move(
          backup, root.resolve("manifest.json"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      assertThat(storage.put("manifest.json", payload("x"), PutMode.ifMatches(current)))
          .isEqualTo(PutResult.LOST);
    }
  }

  @Test
  void aFileSystemThatKeepsSecondsOnlyIsRefused() {
    assertThatThrownBy(() ->
            FileSystemProbe.tick(
                root, time -> FileTime.from(Instant.ofEpochSecond(time.toMillis() / 1000))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("less exactly than 1 ms");
  }

  @Test
  void coarserTicksAreFound() throws Exception {
    assertThat(FileSystemProbe.tick(root, time -> FileTime.fromMillis(time.toMillis())))
        .isEqualTo(1_000_000);
    assertThat(FileSystemProbe.tick(root, time -> time)).isEqualTo(1);
  }

  @Test
  void aRangeThatNoArrayCanHoldIsRefused() throws Exception {
    try (Storage storage = open();
        RandomAccessFile sparse = new RandomAccessFile(root.resolve("huge").toFile(), "rw")) {
      sparse.setLength(3L << 30);
      assertThatThrownBy(() -> storage.get("huge", ByteRange.ALL))
          .isInstanceOfSatisfying(
              ElacsymException.class,
              e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_REQUEST));
      byte[] tail = storage.get("huge", new ByteRange((3L << 30) - 5, 100)).orElseThrow().bytes();
      assertThat(tail).hasSize(5);
    }
  }

  @Test
  void anOperatorWhoTidiesUpFoldersDoesNoHarm() throws Exception {
    try (Storage storage = open()) {
      put(storage, "a/b/1", "x");
      storage.delete(List.of("a/b/1"));
      put(storage, "a/b/2", "x");
      Files.delete(root.resolve("a/b/2"));
      Files.delete(root.resolve("a/b"));
      Files.delete(root.resolve("a"));
      Files.delete(root.resolve(".tmp"));
      put(storage, "a/b/3", "x");
      assertThat(names(storage, "", "")).containsExactly("a/b/3");
    }
  }

  @Test
  void aFolderBehindASymbolicLinkIsServedAndTheLinkIsKept() throws Exception {
    Path elsewhere = Files.createDirectory(root.resolve("elsewhere"));
    Path data = Files.createDirectory(root.resolve("data"));
    Files.createSymbolicLink(data.resolve("ns"), elsewhere);
    try (Storage storage = LocalStorage.open(data, Clock.systemUTC())) {
      put(storage, "ns/o", "x");
      assertThat(elsewhere.resolve("o")).hasContent("x");
      storage.delete(List.of("ns/o"));
      assertThat(data.resolve("ns")).isSymbolicLink();
    }
  }

  private Storage open() {
    return LocalStorage.open(root, Clock.systemUTC());
  }

  private static String put(Storage storage, String name, String content) {
    return storage.put(name, payload(content), PutMode.OVERWRITE).tag().orElseThrow();
  }

  private static Payload payload(String content) {
    return Payload.of(content.getBytes(StandardCharsets.UTF_8));
  }

  private static String content(Storage storage, String name) {
    return new String(
        storage.get(name, ByteRange.ALL).orElseThrow().bytes(), StandardCharsets.UTF_8);
  }

  private static List<String> names(Storage storage, String prefix, String after) {
    return storage.list(prefix, after, 1000).stream().map(ObjectInfo::name).toList();
  }
}

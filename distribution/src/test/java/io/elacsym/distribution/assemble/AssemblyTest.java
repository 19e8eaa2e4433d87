package io.elacsym.distribution.assemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.distribution.plugins.InstalledPlugins;
import io.elacsym.distribution.plugins.PluginJars;
import io.elacsym.distribution.plugins.PluginLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssemblyTest {
  @TempDir private Path temp;

  private Path home;
  private Path plugins;
  private Path out;

  @BeforeEach
  void makeHome() throws IOException {
    home = temp.resolve("home");
    for (String part : List.of("bin", "lib", "conf", "share")) {
      Files.createDirectories(home.resolve(part));
      Files.writeString(home.resolve(part).resolve("file"), part);
    }
    Files.writeString(home.resolve("LICENSE"), "free");
    plugins = Files.createDirectory(home.resolve("plugins"));
    out = temp.resolve("out");
  }

  private Path jar(Path directory, String name) {
    return new PluginJars(temp.resolve("work-" + name))
        .jar(directory, name + ".jar", PluginJars.storage("test." + name, name));
  }

  private void assemble() {
    new Assembly(home, Assembly.choices(List.of(plugins)), false).writeTo(out);
  }

  private static void lock(Path plugins) {
    PluginLock.none(plugins).withAll().write();
  }

  @Test
  void whatIsHeldToALockIsHeldToOneInTheCopy() throws IOException {
    jar(plugins.resolve("mine"), "one");
    lock(plugins);
    assemble();
    Path copies = out.resolve("plugins");
    assertThat(copies.resolve("plugins.lock"))
        .hasSameTextualContentAs(plugins.resolve("plugins.lock"));
    assertThat(InstalledPlugins.load(List.of(copies)).problems()).isEmpty();
    Files.writeString(copies.resolve("mine/more.jar"), "");
    assertThat(InstalledPlugins.load(List.of(copies)).problems()).isNotEmpty();
  }

  @Test
  void withoutALockThereIsNoneInTheCopy() {
    jar(plugins.resolve("mine"), "one");
    assemble();
    assertThat(out.resolve("plugins/mine/one.jar")).exists();
    assertThat(out.resolve("plugins/plugins.lock")).doesNotExist();
    assertThat(out.resolve("bin/file")).hasContent("bin");
  }

  @Test
  void aPluginThatIsNotAsItsLockHasItIsNotCopied() throws IOException {
    Path jar = jar(plugins.resolve("mine"), "one");
    lock(plugins);
    Files.delete(jar);
    Files.copy(jar(temp.resolve("other"), "two"), jar);
    assertThatThrownBy(this::assemble)
        .hasMessageContaining("one.jar is not what was installed")
        .hasMessageContaining(plugins.resolve("plugins.lock").toString());
    assertThat(out).doesNotExist();
  }

  @Test
  void aLinkedPluginIsCopiedWithItsFiles() throws IOException {
    jar(temp.resolve("elsewhere"), "one");
    Files.createSymbolicLink(plugins.resolve("mine"), temp.resolve("elsewhere"));
    assemble();
    assertThat(Files.isSymbolicLink(out.resolve("plugins/mine"))).isFalse();
    assertThat(InstalledPlugins.load(List.of(out.resolve("plugins"))).plugins()).hasSize(1);
  }

  @Test
  void aChangeThatIsNotFinishedIsNamed() throws IOException {
    jar(plugins.resolve(".install-mine/new"), "one");
    assertThatThrownBy(this::assemble)
        .hasMessageContaining("a change of the plugin 'mine'")
        .hasMessageContaining("elacsym plugins lock");
  }
}

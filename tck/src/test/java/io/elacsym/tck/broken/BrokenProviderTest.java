package io.elacsym.tck.broken;

import io.elacsym.api.Encoding;
import io.elacsym.api.EncodingProvider;
import io.elacsym.api.Option;
import io.elacsym.api.OptionType;
import io.elacsym.api.SpiLevel;
import io.elacsym.tck.ProviderContract;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class BrokenProviderTest {
  private static final String NAME = "the name is a-z first, then a-z 0-9 -, at most 32";
  private static final String DESCRIPTION = "the description is one line";
  private static final String KEYS = "options have distinct keys of a-z 0-9 _";
  private static final String DOCS = "options are documented";

  /** A provider whose every answer can be chosen. */
  private record Told(
      String name,
      int spiLevel,
      String description,
      List<Option> options,
      Encoding encoding,
      Set<String> features)
      implements EncodingProvider {
    static final Told GOOD =
        new Told(
            "good",
            SpiLevel.CURRENT,
            "A provider.",
            List.of(Option.of("size", OptionType.BYTES, "1KB", "How much of it, in bytes.")),
            Encoding.of("good", 2),
            Set.of());

    Told named(String newName) {
      return new Told(newName, spiLevel, description, options, encoding, features);
    }

    Told level(int level) {
      return new Told(name, level, description, options, encoding, features);
    }

    Told described(String text) {
      return new Told(name, spiLevel, text, options, encoding, features);
    }

    Told with(Option... declared) {
      return new Told(name, spiLevel, description, List.of(declared), encoding, features);
    }

    Told writing(Encoding written) {
      return new Told(name, spiLevel, description, options, written, features);
    }
  }

  private record ReadsAll(Told told) implements EncodingProvider {
    @Override
    public String name() {
      return told.name();
    }

    @Override
    public int spiLevel() {
      return told.spiLevel();
    }

    @Override
    public String description() {
      return told.description();
    }

    @Override
    public Encoding encoding() {
      return told.encoding();
    }

    @Override
    public boolean canRead(Encoding stored) {
      return true;
    }
  }

  private record ReadsNothing(Told told) implements EncodingProvider {
    @Override
    public String name() {
      return told.name();
    }

    @Override
    public int spiLevel() {
      return told.spiLevel();
    }

    @Override
    public String description() {
      return told.description();
    }

    @Override
    public Encoding encoding() {
      return told.encoding();
    }

    @Override
    public boolean canRead(Encoding stored) {
      return false;
    }
  }

  @TestFactory
  Stream<DynamicTest> checksFindBrokenProviders() {
    Option good = Told.GOOD.options().getFirst();
    return BrokenPart.tests(
        BrokenPart.promises(ProviderContract.checks(Told.GOOD)),
        List.of(
            broken("upper case", Told.GOOD.named("Good"), NAME),
            broken("33 characters", Told.GOOD.named("a".repeat(33)), NAME),
            broken("a digit first", Told.GOOD.named("3d"), NAME),
            broken("another level", Told.GOOD.level(99), "the SPI level is the current one"),
            broken("no description", Told.GOOD.described(" "), DESCRIPTION),
            broken("two lines", Told.GOOD.described("one\ntwo"), DESCRIPTION),
            broken("one key twice", Told.GOOD.with(good, good), KEYS),
            broken(
                "a key with a dot",
                Told.GOOD.with(Option.of("a.b", OptionType.TEXT, "x", "What it is for.")),
                KEYS),
            broken(
                "an option without a doc",
                Told.GOOD.with(Option.of("size", OptionType.TEXT, "x", "")),
                DOCS),
            broken(
                "an encoding of another name",
                Told.GOOD.writing(Encoding.of("other", 1)),
                "the encoding has the provider's name"),
            broken(
                "reads nothing", new ReadsNothing(Told.GOOD), "the provider reads what it writes"),
            broken(
                "reads everything",
                new ReadsAll(Told.GOOD),
                "unknown names, versions and features are refused")));
  }

  private static BrokenPart broken(String what, EncodingProvider provider, String... guards) {
    return BrokenPart.of(what, () -> ProviderContract.checks(provider), guards);
  }
}

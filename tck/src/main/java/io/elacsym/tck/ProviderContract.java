package io.elacsym.tck;

import io.elacsym.api.Encoding;
import io.elacsym.api.EncodingProvider;
import io.elacsym.api.Option;
import io.elacsym.api.Provider;
import io.elacsym.api.SpiLevel;
import io.elacsym.tck.expect.Expect;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What every {@link Provider} promises. */
public final class ProviderContract {
  private ProviderContract() {}

  /** The checks; more of them for an {@link EncodingProvider}. */
  public static List<Check> checks(Provider provider) {
    List<Check> checks = new ArrayList<>();
    checks.add(Check.of("the name is a-z first, then a-z 0-9 -, at most 32", () -> name(provider)));
    checks.add(Check.of("the SPI level is the current one", () -> level(provider)));
    checks.add(Check.of("the description is one line", () -> description(provider)));
    checks.add(Check.of("options have distinct keys of a-z 0-9 _", () -> keys(provider)));
    checks.add(Check.of("options are documented", () -> docs(provider)));
    if (provider instanceof EncodingProvider encoding) {
      checks.add(Check.of("the encoding has the provider's name", () -> encoding(encoding)));
      checks.add(Check.of("the provider reads what it writes", () -> readsOwn(encoding)));
      checks.add(
          Check.of("unknown names, versions and features are refused", () -> refuses(encoding)));
    }
    return checks;
  }

  private static void name(Provider provider) {
    Expect.that(
        provider.name().matches("[a-z][a-z0-9-]{0,31}"),
        () -> "name is '" + provider.name() + "', expected [a-z][a-z0-9-]*, at most 32");
    Expect.equal("name, asked again", provider.name(), provider.name());
  }

  private static void level(Provider provider) {
    Expect.equal("spiLevel", SpiLevel.CURRENT, provider.spiLevel());
  }

  private static void description(Provider provider) {
    String line = provider.description();
    Expect.that(
        !line.isBlank() && line.lines().count() == 1,
        () -> "description is '" + line + "', expected one line");
  }

  private static void keys(Provider provider) {
    Set<String> seen = new HashSet<>();
    for (Option option : provider.options()) {
      Expect.that(
          option.key().matches("[a-z][a-z0-9_]*"),
          () -> "option key is '" + option.key() + "', expected [a-z][a-z0-9_]*");
      Expect.that(seen.add(option.key()), () -> "option " + option.key() + " is declared twice");
      Expect.that(
          !option.required() || option.defaultValue().isEmpty(),
          () -> "option " + option.key() + " is required and has a default");
    }
  }

  private static void docs(Provider provider) {
    for (Option option : provider.options()) {
      Expect.that(
          option.doc().length() >= 10 && option.doc().contains(" "),
          () ->
              "doc of option " + option.key() + " is '" + option.doc() + "', expected a sentence");
    }
  }

  private static void encoding(EncodingProvider provider) {
    Expect.equal("name of the encoding", provider.name(), provider.encoding().name());
    Expect.that(
        provider.encoding().version() >= 1,
        () -> "version of the encoding is " + provider.encoding().version() + ", expected from 1");
  }

  private static void readsOwn(EncodingProvider provider) {
    Encoding own = provider.encoding();
    Expect.that(provider.canRead(own), () -> "cannot read " + own + ", which it writes");
  }

  private static void refuses(EncodingProvider provider) {
    Encoding own = provider.encoding();
    for (Encoding foreign :
        List.of(
            new Encoding(own.name(), own.version() + 1, own.features()),
            new Encoding(own.name(), 0, Set.of()),
            new Encoding("x-" + own.name(), own.version(), own.features()),
            new Encoding(own.name(), own.version(), Set.of("feature-of-the-future")))) {
      Expect.that(!provider.canRead(foreign), () -> "says it can read " + foreign);
    }
  }
}

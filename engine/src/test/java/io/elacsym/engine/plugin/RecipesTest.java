package io.elacsym.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.Encoding;
import io.elacsym.api.EncodingProvider;
import io.elacsym.api.Option;
import io.elacsym.api.OptionType;
import io.elacsym.api.Options;
import io.elacsym.api.SpiLevel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The text by which it is told how an index was built. */
final class RecipesTest {
  private static final List<Option> DECLARED =
      List.of(
          Option.of("zeta", OptionType.TEXT, "sq8", "A word."),
          Option.of("block", OptionType.BYTES, "64KB", "Bytes."),
          Option.of("age", OptionType.DURATION, "1m", "A time."),
          Option.of("share", OptionType.NUMBER, "1", "A number."),
          Option.of("rows", OptionType.INTEGER, "256", "A whole number."),
          Option.of("fast", OptionType.FLAG, "true", "Whether."),
          Option.optional("more", OptionType.TEXT, "Perhaps."),
          Option.optional("key", OptionType.TEXT, "Hidden.").asSecret());

  private record Provider(Encoding encoding) implements EncodingProvider {
    @Override
    public String name() {
      return encoding.name();
    }

    @Override
    public int spiLevel() {
      return SpiLevel.CURRENT;
    }

    @Override
    public String description() {
      return "For a test.";
    }

    @Override
    public List<Option> options() {
      return DECLARED;
    }
  }

  private static String recipe(Map<String, String> given) {
    return recipe(Encoding.of("x", 1), given);
  }

  private static String recipe(Encoding encoding, Map<String, String> given) {
    Provider provider = new Provider(encoding);
    return Recipes.of(provider, Options.of("index.x.", provider.options(), given)).text();
  }

  @Test
  void itHasThePluginAndEveryOptionInOneOrder() {
    assertThat(recipe(Map.of()))
        .isEqualTo("x v1 age=60000ms block=65536 fast=true rows=256 share=1.0 zeta=sq8");
    assertThat(recipe(new Encoding("x", 2, Set.of("b", "a")), Map.of()))
        .startsWith("x v2 [a, b] age=");
  }

  @Test
  void valuesThatMeanTheSameAreOneRecipe() {
    assertThat(
            recipe(
                Map.of(
                    "block", "65536", "age", "60", "share", "1.00", "rows", "0256", "zeta", "sq8")))
        .isEqualTo(recipe(Map.of()));
  }

  @Test
  void eachOptionMakesADifferenceButASecretWhichIsNotStored() {
    Map<String, String> others =
        Map.of(
            "zeta", "flat",
            "block", "1KB",
            "age", "2m",
            "share", "2",
            "rows", "1",
            "fast", "false",
            "more", "it");
    others.forEach((key, value) ->
        assertThat(recipe(Map.of(key, value))).as(key).isNotEqualTo(recipe(Map.of())));
    assertThat(recipe(Map.of("key", "sekrit"))).isEqualTo(recipe(Map.of()));
  }

  @Test
  void aTextIsNoOtherOption() {
    assertThat(recipe(Map.of("zeta", "a b=c"))).endsWith(" zeta='a b=c'");
  }

  @Test
  void aLongOneIsCutAndStillTellsWhatIsBehindTheCut() {
    Map<String, String> one = new HashMap<>(Map.of("zeta", "y".repeat(5_000) + "1"));
    String first = recipe(one);
    assertThat(first).hasSizeLessThan(450);
    one.put("zeta", "y".repeat(5_000) + "2");
    assertThat(recipe(one)).hasSameSizeAs(first).isNotEqualTo(first);
  }
}

package io.elacsym.server.helidon.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ResultJsonTest {
  private static String score(double score) {
    return new String(Json.bytes(out -> ResultJson.writeScore(score, out)), StandardCharsets.UTF_8);
  }

  @Test
  void scoresAreTheShortestDecimals() {
    assertThat(score(0.95f)).isEqualTo("0.95");
    assertThat(score(0.95)).isEqualTo("0.95");
    assertThat(score(1.0)).isEqualTo("1.0");
    assertThat(score(1 / 61.0 + 1 / 62.0)).isEqualTo("0.03252247488101534");
  }

  @Test
  void vectorsAreTheShortestDecimalsOfFloats() {
    String text =
        new String(
            Json.bytes(out -> VectorJson.write(new float[] {0.7f, 1e-10f, -3f, 16777216f}, out)),
            StandardCharsets.UTF_8);
    assertThat(text).isEqualTo("[0.7,1.0E-10,-3.0,1.6777216E7]");
  }
}

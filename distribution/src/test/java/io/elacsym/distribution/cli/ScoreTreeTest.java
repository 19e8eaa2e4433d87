package io.elacsym.distribution.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoreTreeTest {
  private static List<String> lines(String results) throws IOException {
    return ScoreTree.of(new ObjectMapper().readTree(results)).lines(Integer.MAX_VALUE);
  }

  @Test
  void whatAScoreIsMadeOfHangsBelowIt() throws IOException {
    assertThat(
            lines(
                """
                [{"id":7,"score":2.5,"explanation":{"kind":"sum","score":2.5,"parts":[
                  {"kind":"field","score":2,"field":"title","weight":2,"of":
                    {"kind":"term","score":1,"terms":[{"term":"reef","documents":9,"documents_with_term":2,"idf":1.4}],
                     "idf":1.4,"frequency":1,"length":5,"average_length":4.5,"k1":1.2,"b":0.75}},
                  {"kind":"boost","score":0.5,"boost":0.5,"of":{"kind":"vector","score":1,"field":"v","metric":"l2"}}]}}]
                """))
        .anySatisfy(line -> assertThat(line).startsWith("id 7").endsWith("2.5000"))
        .anySatisfy(line -> assertThat(line).startsWith("└─ sum"))
        .anySatisfy(line -> assertThat(line).startsWith("   ├─ field title, weight 2"))
        .anySatisfy(line ->
            assertThat(line)
                .startsWith(
                    "   │  └─ term reef (in 2 of 9): idf 1.4000, 1 times, length 5 of 4.5000"))
        .anySatisfy(line -> assertThat(line).startsWith("   └─ boost 0.5"))
        .anySatisfy(line -> assertThat(line).startsWith("      └─ v is near by l2"));
  }

  @Test
  void aFusionShowsItsClauses() throws IOException {
    assertThat(
            lines(
                """
                [{"id":"a","score":0.016,"explanation":{"kind":"fusion","score":0.016,"clauses":[
                  {"clause":1,"rank":1,"weight":1,"share":0.016,"of":{"kind":"untold","score":3,"plugin":"x"}},
                  {"clause":2,"rank":4,"weight":1,"share":0,"of":{"kind":"order","score":1999,"field":"year"}}]}}]
                """))
        .anySatisfy(line -> assertThat(line).startsWith("   clause 1: rank 1, weight 1 * 0.0160"))
        .anySatisfy(line -> assertThat(line).contains("└─ untold x"))
        .anySatisfy(line -> assertThat(line).contains("└─ its year"));
  }

  @Test
  void resultsWithoutAnExplanationAreLeftOut() throws IOException {
    assertThat(ScoreTree.of(new ObjectMapper().readTree("[{\"id\":1,\"score\":1}]")).isEmpty())
        .isTrue();
  }
}

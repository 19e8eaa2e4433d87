package io.elacsym.distribution.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class PlanTreeTest {
  @Test
  void whatAStepIsMadeOfHangsBelowIt() throws IOException {
    String plan =
        """
        {"operation":"fetch","what":"documents","rows":10,"estimated":10,"waves":1,"requests":2,
         "bytes":4096,"took_us":1234,
         "inputs":[{"operation":"fuse","what":"by rank","rows":10,"estimated":10,
           "inputs":[{"operation":"part","where":"s1","what":"ivf index on vector","rows":10},
                     {"operation":"filter","what":"which rows are accepted","rows":42}]}]}
        """;
    assertThat(PlanTree.of(new ObjectMapper().readTree(plan)).lines(Integer.MAX_VALUE))
        .anySatisfy(line -> assertThat(line).startsWith("fetch: documents").contains("1.2"))
        .anySatisfy(line -> assertThat(line).startsWith("└─ fuse: by rank"))
        .anySatisfy(line -> assertThat(line).startsWith("   ├─ s1: ivf index on vector"))
        .anySatisfy(line -> assertThat(line).startsWith("   └─ filter: which rows").contains("42"));
  }
}

package io.elacsym.storage.bucket.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PageTest {
  @Test
  void aPageThatIsNotTheLastSaysWhereTheNextStarts() throws Exception {
    assertThat(Page.of(List.of(), List.of("a/"), true, Optional.of("t")).next()).contains("t");
    assertThat(Page.of(List.of(), List.of("a/"), false, Optional.of("t")).next()).isEmpty();
    assertThatThrownBy(() -> Page.of(List.of(), List.of(), true, Optional.empty()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("there is more, but not where");
  }
}

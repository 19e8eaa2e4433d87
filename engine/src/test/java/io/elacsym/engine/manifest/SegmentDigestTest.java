package io.elacsym.engine.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SegmentDigestTest {
  private static final SegmentEntry SEGMENT = Manifests.golden().segments().getFirst();

  /** Nodes of several releases compare it. */
  @Test
  void theDigestOfASegmentStaysWhatItIs() {
    assertThat(SegmentDigest.of(SEGMENT))
        .isEqualTo("a23513862208123aabee65fd6f749a886a51f0a2b358a78ae6ab1b01cb43eff3");
  }

  @Test
  void itIsTheSameWhateverIsDeletedAndAnotherOneForOtherIndexes() {
    assertThat(SegmentDigest.of(SEGMENT.withTombstones(Optional.empty())))
        .isEqualTo(SegmentDigest.of(SEGMENT));
    assertThat(SegmentDigest.of(SEGMENT.withIndexes(List.of())))
        .isNotEqualTo(SegmentDigest.of(SEGMENT));
    assertThat(SegmentDigest.of(SEGMENT.renamed(name -> name + "x")))
        .isNotEqualTo(SegmentDigest.of(SEGMENT));
  }
}

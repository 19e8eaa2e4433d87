package io.elacsym.engine.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.engine.manifest.SegmentEntry.BlobRef;
import io.elacsym.engine.manifest.SegmentEntry.Tombstones;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a commit makes garbage, whoever makes it. */
final class SuccessorTest {
  private final Manifest before = Manifests.golden();
  private final Instant now = before.commit().at().plus(Duration.ofHours(1));
  private final SegmentEntry first = before.segments().getFirst();

  private Manifest committed(Manifest changed) {
    return changed.committed(before, "next", now);
  }

  private Manifest with(List<SegmentEntry> segments) {
    return before.withContent(before.content().withSegments(segments));
  }

  private List<Garbage> added(Manifest after) {
    return after.garbage().stream().filter(item -> !before.garbage().contains(item)).toList();
  }

  private static Set<String> names(List<Garbage> garbage) {
    return garbage.stream().map(Garbage::name).collect(Collectors.toSet());
  }

  @Test
  void whatIsNoLongerNamedIsGarbageFromThatVersionOn() {
    List<Garbage> added = added(committed(with(List.of())));
    assertThat(names(added)).isEqualTo(before.content().names());
    assertThat(added)
        .allSatisfy(item -> {
          assertThat(item.version()).isEqualTo(before.version() + 1);
          assertThat(item.droppedAt()).isEqualTo(now);
        });
  }

  @Test
  void whatIsStillNamedIsNot() {
    assertThat(committed(before).garbage()).isEqualTo(before.garbage());
    assertThat(committed(before.withEpoch(before.epoch() + 1)).garbage())
        .isEqualTo(before.garbage());
  }

  @Test
  void newTombstonesMakeTheOldOnesGarbage() {
    BlobRef fresh = new BlobRef("tombstones/0000000000001-fresh", 1);
    Manifest after =
        committed(with(List.of(first.withTombstones(Optional.of(new Tombstones(fresh, 1))))));
    Set<String> expected =
        first.tombstones().stream()
            .map(tombstones -> tombstones.blob().name())
            .collect(Collectors.toSet());
    assertThat(expected).isNotEmpty();
    assertThat(names(added(after))).containsAll(expected).doesNotContain(fresh.name());
  }

  @Test
  void theWalBelowAFloorThatRisesIsGarbage() {
    long floor = before.walFloor() + 3;
    assertThat(names(added(committed(before.withFloor(floor)))))
        .containsExactly(ObjectNames.walUpTo(floor - 1, before.incarnation()));
  }

  @Test
  void whatIsUsedAgainIsGarbageNoMore() {
    Manifest without = committed(with(List.of()));
    Manifest back = without.withContent(before.content()).restored(without, "back", now, 1);
    assertThat(back.garbage()).isEqualTo(before.garbage());
  }

  @Test
  void aLifeThatIsOverListsNothing() {
    assertThat(committed(before.asDropped(before.walFloor() + 1)).garbage()).isEmpty();
  }
}

package io.elacsym.cluster.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.cluster.settings.Role;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PeerTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private Instant now = START;
  private final Peer peer =
      new Peer(new Seed("a", URI.create("http://a:3000"), Role.INDEXER), START);

  private static NodeReport report(boolean leaving) {
    return new NodeReport("a", "run", Role.BOTH, "1", START, START, leaving, 3, 4, "s");
  }

  private void after(Duration time) {
    now = now.plus(time);
  }

  @Test
  void oneThatWasNeverAskedHasTheBenefitOfDoubt() {
    assertThat(peer.state()).isEqualTo(PeerState.UNSEEN);
    assertThat(peer.state().takesRequests()).isTrue();
    assertThat(peer.member().role()).isEqualTo(Role.INDEXER);
  }

  @Test
  void itIsAskedOnceAtATimeAndOnceASecond() {
    assertThat(peer.beginAsking(now)).isTrue();
    assertThat(peer.beginAsking(now)).isFalse();
    peer.answered(report(false), now);
    assertThat(peer.member().role()).as("as it says itself").isEqualTo(Role.BOTH);
    assertThat(peer.beginAsking(now)).isFalse();
    after(Peer.PERIOD);
    assertThat(peer.beginAsking(now)).isTrue();
  }

  @Test
  void oneFailureIsAnAccidentAndTwoAreNot() {
    peer.silent("slow", now);
    assertThat(peer.state()).isEqualTo(PeerState.UNSEEN);
    after(Duration.ofMillis(300));
    assertThat(peer.beginAsking(now)).as("soon again").isTrue();
    peer.silent("slow", now);
    assertThat(peer.state()).isEqualTo(PeerState.SUSPECT);
    assertThat(peer.view().since()).isEqualTo(now);
    assertThat(peer.view().failure()).contains("slow");
    peer.answered(report(false), now);
    assertThat(peer.state()).isEqualTo(PeerState.LIVE);
  }

  @Test
  void aRequestThatCouldNotBeBroughtToItIsEnough() {
    peer.answered(report(false), now);
    peer.unreachable("refused", now);
    assertThat(peer.state()).isEqualTo(PeerState.SUSPECT);
  }

  @Test
  void aSuspectIsAskedMoreAndMoreRarelyButNeverForgotten() {
    Duration longest = Duration.ZERO;
    for (int failure = 0; failure < 20; failure++) {
      Instant before = now;
      while (!peer.beginAsking(now)) {
        after(Duration.ofMillis(100));
      }
      longest = Duration.between(before, now);
      peer.silent("down", now);
    }
    assertThat(longest).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void oneThatLeavesGetsNothingNew() {
    peer.answered(report(true), now);
    assertThat(peer.state()).isEqualTo(PeerState.LEAVING);
    assertThat(peer.state().takesRequests()).isFalse();
  }
}

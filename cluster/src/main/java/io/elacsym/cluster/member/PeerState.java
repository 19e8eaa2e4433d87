package io.elacsym.cluster.member;

import java.util.Locale;

/** What a node is believed to be. */
public enum PeerState {
  /** It was not asked yet; it has the benefit of doubt. */
  UNSEEN,
  /** It answers. */
  LIVE,
  /** It answers, and says that it is about to stop. */
  LEAVING,
  /** It does not answer, and is skipped. */
  SUSPECT;

  /** Its name in reports and metrics. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether new requests are sent to such a node. */
  public boolean takesRequests() {
    return this == UNSEEN || this == LIVE;
  }
}

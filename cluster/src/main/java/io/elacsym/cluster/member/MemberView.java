package io.elacsym.cluster.member;

import java.time.Instant;
import java.util.Optional;

/**
 * A node with what is known of it.
 *
 * @param report what it said last; empty for one that never answered
 * @param failure why it does not answer
 * @param since when its state has become what it is
 */
public record MemberView(
    Member member,
    PeerState state,
    Optional<NodeReport> report,
    Optional<String> failure,
    Instant since) {}

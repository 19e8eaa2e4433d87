package io.elacsym.cluster.member;

import io.elacsym.cluster.settings.Role;
import java.time.Instant;

/**
 * What a node says of itself when it is asked.
 *
 * @param id its {@code node_id}
 * @param run differs at each start of the process: two of one id are two nodes by mistake
 * @param version of the program
 * @param startedAt by its own clock
 * @param now by its own clock, when it answered
 * @param leaving whether it is about to stop, so that nothing new should be sent to it
 * @param inFlight how many requests it works at
 * @param writing how many namespaces it writes
 * @param storage which storage it works on: nodes of one cluster say the same
 */
public record NodeReport(
    String id,
    String run,
    Role role,
    String version,
    Instant startedAt,
    Instant now,
    boolean leaving,
    int inFlight,
    int writing,
    String storage) {}

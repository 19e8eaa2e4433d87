package io.elacsym.cluster.route;

import io.elacsym.cluster.member.Member;
import java.util.Optional;

/**
 * A request on its way through the cluster. The router decides who serves it; this does what the
 * router has decided.
 *
 * @param <A> an answer
 */
public interface Errand<A> {
  /**
   * Serves the request in this process.
   *
   * @throws io.elacsym.api.ElacsymException with a {@link io.elacsym.engine.model.WrittenElsewhere}
   *     when another node should serve it; then nothing was done
   */
  A here();

  /** Sends the request to another node, as {@link Arrival#FORWARDED} or insisted. */
  Outcome<A> send(Member node, boolean insist);

  /**
   * The node that writes the namespace now, by the manifest. Empty when there is none, or no such
   * namespace.
   */
  Optional<String> recordedWriter();

  /** Whether all of the request is still there, so that it can be sent once more. */
  boolean canSendAgain();
}

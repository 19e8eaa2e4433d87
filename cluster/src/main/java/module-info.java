/**
 * Several nodes over one storage: which are there ({@code member}), and where a request goes
 * ({@code route}). Everything here is a hint. It keeps nodes from taking namespaces from each other
 * and brings queries to warm caches; the protocol of the engine is what keeps data whole, whatever
 * this module believes.
 *
 * <p>It knows no HTTP: {@link io.elacsym.cluster.member.Peers} asks other nodes how they are, and
 * an {@link io.elacsym.cluster.route.Errand} takes a request to one of them. So the simulation
 * drives the very code that the server runs.
 */
@SuppressWarnings("module") // the modules it is exported to are built after this one
module io.elacsym.cluster {
  requires transitive io.elacsym.engine;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires com.github.benmanes.caffeine;
  requires static org.jspecify;

  exports io.elacsym.cluster;
  exports io.elacsym.cluster.member;
  exports io.elacsym.cluster.route;
  exports io.elacsym.cluster.settings;
}

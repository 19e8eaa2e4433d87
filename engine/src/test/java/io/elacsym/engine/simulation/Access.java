package io.elacsym.engine.simulation;

import io.elacsym.engine.Engine;
import io.elacsym.engine.model.Consistency;
import io.elacsym.engine.simulation.model.Session;
import java.util.function.Function;

/** How the requests of a client reach an engine. */
public interface Access {
  /** Has a request that changes a namespace done. */
  <T> T change(String namespace, Function<Engine, T> request);

  /** Has a request that only reads a namespace answered. */
  <T> T read(String namespace, Function<Engine, T> request);

  /** What reads of a kind never go back behind. */
  Session session(Consistency consistency);

  /** Straight to the engine of one process. */
  record Direct(Engine engine, Session session) implements Access {
    @Override
    public <T> T change(String namespace, Function<Engine, T> request) {
      return request.apply(engine);
    }

    @Override
    public <T> T read(String namespace, Function<Engine, T> request) {
      return request.apply(engine);
    }

    @Override
    public Session session(Consistency consistency) {
      return session;
    }
  }
}

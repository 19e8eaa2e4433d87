package io.elacsym.engine.simulation;

import io.elacsym.engine.Engine;
import io.elacsym.engine.settings.Seams;

/** What joins the processes of a run: nothing but the bucket, or a cluster of nodes. */
public interface Fabric {
  /** Processes that know nothing of each other. */
  Fabric NONE =
      new Fabric() {
        @Override
        public Seams seams(Node node, Seams seams) {
          return seams;
        }

        @Override
        public Access join(Node node, Engine engine) {
          return new Access.Direct(engine, node.session());
        }

        @Override
        public boolean routes() {
          return false;
        }

        @Override
        public void disturb(Node node) {}

        @Override
        public void leave(Node node) {}

        @Override
        public boolean isIdle() {
          return true;
        }
      };

  /** The seams that the engine of a process is opened with. */
  Seams seams(Node node, Seams seams);

  /** A process has opened its engine. */
  Access join(Node node, Engine engine);

  /** Whether requests find their way, so that clients need not choose a process. */
  boolean routes();

  /** Does some harm to what joins a process to the others, for a while. */
  void disturb(Node node);

  /** A process is told to stop, by a thread of its own; its engine is closed then. */
  void leave(Node node);

  /** Whether no process works at what another one has sent to it. */
  boolean isIdle();

  /** What the processes of a world are joined by. */
  interface Maker {
    Fabric of(Cluster cluster);
  }
}

package io.elacsym.engine.simulation;

import io.elacsym.engine.simulation.world.Host;
import io.elacsym.engine.simulation.world.World;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * What engines log during a run becomes a part of its timeline. An error is a failure: the engine
 * logs one only for what should never happen.
 */
final class EngineLog implements AutoCloseable {
  private static final Logger ENGINE = Logger.getLogger("io.elacsym.engine");

  private final Handler handler;

  EngineLog(World world) {
    this.handler = new ToTimeline(world);
    ENGINE.setUseParentHandlers(false);
    ENGINE.addHandler(handler);
  }

  @Override
  public void close() {
    ENGINE.removeHandler(handler);
    ENGINE.setUseParentHandlers(true);
  }

  private static final class ToTimeline extends Handler {
    private final World world;
    private final SimpleFormatter formatter = new SimpleFormatter();

    ToTimeline(World world) {
      this.world = world;
      setLevel(Level.INFO);
    }

    @Override
    public void publish(LogRecord record) {
      // What an earlier test has left running logs here, too, whenever it likes.
      if (!isLoggable(record) || !world.isOurs()) {
        return;
      }
      String text = Thread.currentThread().getName() + "  logs " + formatter.formatMessage(record);
      world.log(text);
      if (record.getLevel().intValue() >= Level.SEVERE.intValue()) {
        Throwable thrown = record.getThrown();
        world.fail(thrown == null ? text : text + "\n" + Host.trace(thrown));
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}

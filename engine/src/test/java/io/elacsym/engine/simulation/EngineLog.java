package io.elacsym.engine.simulation;

import io.elacsym.engine.simulation.world.Host;
import io.elacsym.engine.simulation.world.World;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * What engines and nodes log during a run becomes a part of its timeline. An error is a failure:
 * the engine logs one only for what should never happen.
 */
final class EngineLog implements AutoCloseable {
  private static final Logger OURS = Logger.getLogger("io.elacsym");

  private final Handler handler;

  EngineLog(World world) {
    this.handler = new ToTimeline(world);
    OURS.setUseParentHandlers(false);
    OURS.addHandler(handler);
  }

  @Override
  public void close() {
    OURS.removeHandler(handler);
    OURS.setUseParentHandlers(true);
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

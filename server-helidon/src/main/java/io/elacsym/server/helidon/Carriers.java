package io.elacsym.server.helidon;

import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import jdk.management.VirtualThreadSchedulerMXBean;

/**
 * Keeps virtual threads running when others compute without a pause. A virtual thread holds one of
 * the few threads that carry them until it blocks, and a plugin may compute for ever; then nothing
 * else would run, not even what answers {@code /health}. A thread of the operating system looks
 * every moment whether a virtual thread still gets its turn, and lets there be one more carrier
 * while none does: the operating system shares the processors among carriers, whatever they do.
 */
final class Carriers implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Carriers.class.getName());

  private static final Duration LOOK = Duration.ofMillis(100);

  private static final int LOOKS_OF_A_SECOND = 10;

  /** A JVM has at most 256 carriers by itself. */
  private static final int MOST = 200;

  /** After so many looks at which all went well, carriers that are not needed are taken away. */
  private static final int CALM_LOOKS = 100;

  private final VirtualThreadSchedulerMXBean scheduler;
  private final Runnable eachSecond;
  private final int usual;
  private final ScheduledExecutorService looking =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("elacsym-watchdog").daemon().factory());
  private int calm;
  private int looks;

  private Carriers(VirtualThreadSchedulerMXBean scheduler, Runnable eachSecond) {
    this.scheduler = scheduler;
    this.eachSecond = eachSecond;
    this.usual = scheduler.getParallelism();
  }

  /**
   * Begins to look; it goes on until closed.
   *
   * @param eachSecond something else to look at now and then, which returns soon
   */
  static Carriers start(Runnable eachSecond) {
    Carriers carriers =
        new Carriers(
            ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class), eachSecond);
    var _ =
        carriers.looking.scheduleWithFixedDelay(
            carriers::lookOnce, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    return carriers;
  }

  private void lookOnce() {
    try {
      look();
      if (looks++ % LOOKS_OF_A_SECOND == 0) {
        eachSecond.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // it is closed
    } catch (RuntimeException e) {
      // What is thrown here would end all looking.
      LOG.log(Level.WARNING, "the watchdog failed, and goes on", e);
    }
  }

  private void look() throws InterruptedException {
    CountDownLatch turn = new CountDownLatch(1);
    Thread.ofVirtual().name("elacsym-heartbeat").start(turn::countDown);
    int now = scheduler.getParallelism();
    if (!turn.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
      calm = 0;
      if (now < MOST) {
        LOG.log(
            now == usual ? Level.WARNING : Level.DEBUG,
            "virtual threads wait for ones that compute without a pause; there are {0} carriers now",
            now + 1);
        scheduler.setParallelism(now + 1);
      }
    } else if (now > usual && ++calm >= CALM_LOOKS) {
      calm = 0;
      fewer(now);
    }
  }

  /** One carrier less, unless all others might be held. */
  private void fewer(int now) {
    if (scheduler.getMountedVirtualThreadCount() < now - 1) {
      scheduler.setParallelism(now - 1);
    }
  }

  @Override
  public void close() {
    looking.shutdownNow();
  }
}

package io.elacsym.server.helidon;

import com.sun.management.UnixOperatingSystemMXBean;
import io.elacsym.api.Option;
import io.elacsym.api.OptionType;
import io.elacsym.api.Options;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;

/**
 * What clients may do with connections.
 *
 * @param max how many there may be at a time
 * @param head how long the head of a request may take
 * @param idle how long a connection may wait for the next request
 * @param bodyIdle how long a body may stand still
 * @param body how long a body may take
 * @param answerIdle how long a client may take nothing of its answer
 * @param answer how long it may take for all of it
 */
public record ConnectionSettings(
    int max,
    Duration head,
    Duration idle,
    Duration bodyIdle,
    Duration body,
    Duration answerIdle,
    Duration answer) {
  private static final int LARGEST_DEFAULT = 10_000;

  /** Heap that a connection may use before its request is charged for anything. */
  private static final long HEAP_OF_ONE = 64 << 10;

  static final List<Option> OPTIONS =
      List.of(
          Option.of(
                  "max_connections",
                  OptionType.INTEGER,
                  "0",
                  "Most connections at a time. Beyond it the one that has waited longest for a request"
                      + " is closed, and if none waits, the new one gets 503. 0 is half of the process'"
                      + " limit of open files, at most 10000, fewer with a small heap.")
              .between("0", "1000000"),
          Option.of(
                  "head_timeout",
                  OptionType.DURATION,
                  "10s",
                  "How long the first line and the headers of a request may take.")
              .atLeast("1ms"),
          Option.of(
                  "idle_timeout",
                  OptionType.DURATION,
                  "2m",
                  "How long a connection may wait for its next request.")
              .atLeast("1ms"),
          Option.of(
                  "body_idle_timeout",
                  OptionType.DURATION,
                  "30s",
                  "How long a request body may stand still, beyond which the request gets 408.")
              .atLeast("1ms"),
          Option.of(
                  "body_timeout",
                  OptionType.DURATION,
                  "10m",
                  "How long a request body may take, beyond which the request gets 408.")
              .atLeast("1ms"),
          Option.of(
                  "answer_idle_timeout",
                  OptionType.DURATION,
                  "30s",
                  "How long a client may take nothing of its answer before it is cut off.")
              .atLeast("1ms"),
          Option.of(
                  "answer_timeout",
                  OptionType.DURATION,
                  "10m",
                  "How long a client may take for its whole answer before it is cut off.")
              .atLeast("1ms"));

  static ConnectionSettings of(Options options) {
    int max = options.smallInteger("max_connections");
    return new ConnectionSettings(
        max == 0 ? usual() : max,
        options.duration("head_timeout"),
        options.duration("idle_timeout"),
        options.duration("body_idle_timeout"),
        options.duration("body_timeout"),
        options.duration("answer_idle_timeout"),
        options.duration("answer_timeout"));
  }

  /** The other half of the files is for the storage and its caches. */
  private static int usual() {
    long files =
        ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
            ? system.getMaxFileDescriptorCount()
            : Long.MAX_VALUE;
    long heap = Runtime.getRuntime().maxMemory() / HEAP_OF_ONE;
    return Math.clamp(Math.min(files / 2, heap), 16, LARGEST_DEFAULT);
  }
}

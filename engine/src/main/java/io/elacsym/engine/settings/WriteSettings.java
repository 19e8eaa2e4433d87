package io.elacsym.engine.settings;

import io.elacsym.api.Option;
import io.elacsym.api.OptionType;
import io.elacsym.api.Options;
import java.time.Duration;
import java.util.List;

/**
 * When writes are committed and flushed.
 *
 * @param linger how long a group commit waits for company
 * @param maxCommitBytes largest group commit
 * @param flushBytes live bytes that start a flush
 * @param flushRows live rows that start a flush
 * @param flushAge age of the oldest unflushed write that starts a flush
 * @param maxUnflushedBytes most unflushed bytes of one namespace; beyond them writes are refused as
 *     overloaded
 * @param maxUnflushedTotal most unflushed bytes of all namespaces that this process has open,
 *     likewise
 * @param maxChangedBytes most memory of documents that the writes of one group may make of stored
 *     ones, by patches and filters
 */
public record WriteSettings(
    Duration linger,
    long maxCommitBytes,
    long flushBytes,
    int flushRows,
    Duration flushAge,
    long maxUnflushedBytes,
    long maxUnflushedTotal,
    long maxChangedBytes) {
  /** So much a write may always change, however small the heap is. */
  private static final long SMALLEST_BOUND = 32L << 20;

  private static final Option LINGER =
      Option.of(
          "linger",
          OptionType.DURATION,
          "2ms",
          "How long a group commit waits for more writes when others are under way.");

  private static final Option MAX_COMMIT_BYTES =
      Option.of(
          "max_commit_bytes",
          OptionType.BYTES,
          "16MB",
          "Most bytes of one group commit, that is, of one WAL object.");

  private static final Option FLUSH_BYTES =
      Option.of(
          "flush_bytes",
          OptionType.BYTES,
          "128MB",
          "Unflushed bytes of a namespace that start a flush; of memory, where documents take"
              + " more of it than they have bytes.");

  private static final Option FLUSH_ROWS =
      Option.of(
              "flush_rows",
              OptionType.INTEGER,
              "32768",
              "Unflushed rows of a namespace that start a flush.")
          .between("1", "1000000");

  private static final Option FLUSH_AGE =
      Option.of(
          "flush_age",
          OptionType.DURATION,
          "60s",
          "Age of the oldest unflushed write that starts a flush.");

  private static final Option MAX_UNFLUSHED_BYTES =
      Option.of(
          "max_unflushed_bytes",
          OptionType.BYTES,
          "512MB",
          "Unflushed bytes of a namespace beyond which writes get 429.");

  private static final Option MAX_UNFLUSHED_TOTAL =
      Option.of(
              "max_unflushed_total",
              OptionType.BYTES,
              "8GB",
              "Unflushed bytes of all namespaces together beyond which writes get 429;"
                  + " never more than a fifth of the Java heap.")
          .withinHeap(5);

  private static final Option MAX_CHANGED_BYTES =
      Option.of(
          "max_changed_bytes",
          OptionType.BYTES,
          "512MB",
          "Memory of what patches and filters of the writes that are stored together may make of"
              + " stored documents; an id takes 200 bytes. Never more than an eighth of the Java heap, or 32 MiB if that is"
              + " more.");

  static final SettingsSection SECTION =
      new SettingsSection(
          "write",
          "When writes become durable and when they become segments.",
          List.of(
              LINGER,
              MAX_COMMIT_BYTES,
              FLUSH_BYTES,
              FLUSH_ROWS,
              FLUSH_AGE,
              MAX_UNFLUSHED_BYTES,
              MAX_UNFLUSHED_TOTAL,
              MAX_CHANGED_BYTES));

  static WriteSettings of(Options given) {
    return new WriteSettings(
        given.duration(LINGER.key()),
        given.bytes(MAX_COMMIT_BYTES.key()),
        given.bytes(FLUSH_BYTES.key()),
        given.smallInteger(FLUSH_ROWS.key()),
        given.duration(FLUSH_AGE.key()),
        given.bytes(MAX_UNFLUSHED_BYTES.key()),
        given.bytesWithinHeap(MAX_UNFLUSHED_TOTAL.key()),
        Math.min(
            given.bytes(MAX_CHANGED_BYTES.key()),
            Math.max(Runtime.getRuntime().maxMemory() / 8, SMALLEST_BOUND)));
  }
}
